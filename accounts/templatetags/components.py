"""The parts that pages are made of: an icon, a field with its error, the chosen look."""

from collections.abc import Iterable
from typing import Any

from django import template
from django.forms import BoundField, CheckboxInput, Textarea
from django.template import Context
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from accounts import profile
from accounts.look import chosen_theme
from accounts.roles import Role

register = template.Library()

ROLE_WORDS = {
    Role.COUNSELOR: _("相談員"),
    Role.TRAINEE: _("研修中の相談員"),
    Role.SUPERVISOR: _("スーパーバイザー"),
    Role.COORDINATOR: _("つなぎ支援員"),
    Role.ADMINISTRATOR: _("システム管理者"),
    Role.OFFICER: _("委託元担当者"),
}


@register.filter
def role_words(roles: Iterable[str]) -> str:
    """Roles as people call them, each once, in the order of `Role`."""
    held = set(roles)
    return gettext("、").join(str(ROLE_WORDS[role]) for role in Role if role in held)


@register.filter
def profile_words(codes: Iterable[str], field: str) -> str:
    """What a person's profile holds in `field`, as words."""
    return gettext("、").join(profile.words_of(field, codes))


@register.simple_tag
def icon(name: str, label: str = "") -> SafeString:
    """One icon of the sprite. A label names it for those who listen; without one it is ornament beside a word."""
    name_it = format_html('role="img" aria-label="{}"', label) if label else SafeString('aria-hidden="true"')
    sprite = static("dist/icons.svg")
    return format_html('<svg class="icon" {}><use href="{}#{}"></use></svg>', name_it, sprite, name)


@register.simple_tag
def script(name: str) -> str:
    """The address of a program staff open, with the words of the page's language alone."""
    language = "en" if (get_language() or "ja").startswith("en") else "ja"
    return static(f"dist/{name}.{language}.js")


@register.simple_tag(takes_context=True)
def theme(context: Context) -> str:
    """The look the person chose: light, dark, or auto."""
    request = context.get("request")
    return chosen_theme(request) if request else "auto"


@register.inclusion_tag("components/field.html")
def field(bound: BoundField, note: str = "") -> dict[str, Any]:
    """A label, its control, its help and its error, tied together by ids."""
    is_choice = isinstance(bound.field.widget, CheckboxInput)
    attributes: dict[str, str | bool] = (
        {"placeholder": False} if is_choice else {"class": "input", "placeholder": False}
    )
    if isinstance(bound.field.widget, Textarea):
        attributes["rows"] = "4"
    return {"field": bound, "control": bound.as_widget(attrs=attributes), "is_choice": is_choice, "note": note}
