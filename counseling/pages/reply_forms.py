"""The form of a canned reply, and what is wrong with one, in words."""

from typing import Any, Self

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from counseling import replies
from counseling.actions.replies import Words, fingerprint
from counseling.models import CannedReply
from counseling.pages.text_words import VARIABLES


class ReplyForm(forms.Form):
    """A reply's shortcut, title and body."""

    shortcut = forms.CharField(
        label=_("ショートカット"),
        required=False,
        help_text=_(
            "相談の画面でCtrl+K(Macは⌘K)を押して、これを打つと出ます。全角と半角、大文字と小文字は区別しません。"
        ),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "off", "spellcheck": "false"}),
    )
    title = forms.CharField(label=_("タイトル"), required=False, widget=forms.TextInput(attrs={"autocomplete": "off"}))
    body = forms.CharField(label=_("本文"), required=False, widget=forms.Textarea(attrs={"data-takes": True}))
    shown = forms.CharField(required=False, widget=forms.HiddenInput)

    @classmethod
    def of(cls, reply: CannedReply | None) -> Self:
        """The form with what the reply says now; empty for a new one."""
        if reply is None:
            return cls()
        words = {"shortcut": reply.shortcut, "title": reply.title, "body": reply.body}
        return cls(initial=words | {"shown": fingerprint(reply)})

    def clean(self) -> dict[str, Any]:
        """By the rules of replies."""
        words = self.words()
        self.tell(replies.problems(words.shortcut, words.title, words.body))
        return self.cleaned_data

    def words(self) -> Words:
        """What was typed, as it is kept."""
        return Words.typed(*(self.cleaned_data.get(name) or "" for name in ("shortcut", "title", "body")))

    def tell(self, problems: list[replies.Problem]) -> None:
        """Say what is wrong beside the fields."""
        for field, code, what in problems:
            self.add_error(field or None, told(field, code, what))

    def beside(self, reply: CannedReply) -> Self:
        """What was typed, beside what somebody else made of it meanwhile; saved at the next press."""
        again = type(self)({**self.data, "shown": fingerprint(reply)})
        again.add_error(
            None, gettext("開いているあいだに、ほかの人が書き直しました。これでよければ、もう一度保存してください。")
        )
        typed = vars(again.words()) if again.is_bound else {}
        for name in ("shortcut", "title", "body"):
            now = getattr(reply, name)
            if typed.get(name) != now:
                again.add_error(name, gettext("いまの文:%(text)s") % {"text": f"\n{now}"})
        return again


def told(field: str, code: str, what: str) -> str:
    """What is wrong, and what to do."""
    if code == "unknown_variable":
        usable = "、".join(f"{{{name}}}({VARIABLES[name]})" for name in replies.VARIABLES)
        said = gettext("{%(name)s}という差し込みはありません。使えるのは、%(names)sです。")
        return said % {"name": what, "names": usable}
    if code == "missing":
        return {
            "shortcut": gettext("ショートカットを書いてください。"),
            "title": gettext("タイトルを書いてください。"),
            "body": gettext("本文を書いてください。"),
        }[field]
    return {
        "too_long": gettext("長すぎます。%(what)s文字までにしてください。"),
        "bad_character": gettext("保存できない文字が入っています。書きなおしてください。"),
        "taken": gettext("ショートカット「%(what)s」は、もう使われています。ほかのものにしてください。"),
        "too_many": gettext("定型文は%(what)s件までです。使わないものを消してください。"),
    }[code] % {"what": what}
