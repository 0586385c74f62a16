"""The forms of the team's pages: whom to invite, and which roles a person has."""

import re
from typing import Any

from django import forms
from django.utils.functional import lazy
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.roles import Role
from accounts.templatetags.components import ROLE_WORDS
from counseling.actions.joining import Code

AT_ONCE = 30
# Enough for the longest name and address; on a line without end the pattern below would search without end.
LONGEST_LINE = 400
# 「名前 <address>」「名前, address」「名前 address」: the address is the last thing on the line.
LINE = re.compile(r"^(?P<name>.*?)[\s,、,\t<＜]+(?P<email>[^\s,、<>＜＞]*@[^\s,、<>＜＞]*)\s*[>＞]?\s*$")
TOLD: dict[Code, Any] = {
    "email": _("メールアドレスを確かめてください。"),
    "name": _("名前を確かめてください(60字まで)。"),
    "no_role": _("役割を1つ以上選んでください。"),
    "officer_alone": _("委託元担当者は、ほかの役割と一緒には持てません。相談の言葉を読まない立場だからです。"),
    "already_here": _("もうこのチームにいます。役割は本人のページで変えられます。"),
    "deactivated": _("この人は利用が止められています。招待はできません。"),
    "not_invited": _("返事を待っている招待がありません。画面を開き直してください。"),
    "own_role": _("自分からシステム管理者の役割は外せません。ほかの管理者に頼んでください。"),
    "oneself": _("自分自身にはできません。ほかの管理者に頼んでください。"),
    "works_elsewhere": _("この人はほかの窓口でも働いています。すべての窓口の管理者だけができます。"),
}
NOTES: dict[Role, Any] = {
    Role.COUNSELOR: _("相談を受け、自分の相談を読みます。"),
    Role.TRAINEE: _("相談を受けます。緊急度の高い相談は受けません。"),
    Role.SUPERVISOR: _("相談を受け、すべての相談を読み、シフトを組みます。"),
    Role.COORDINATOR: _("待機列を見ます。相談の言葉は読みません。"),
    Role.ADMINISTRATOR: _("チームと設定を受け持ちます。相談の言葉は読みません。"),
    Role.OFFICER: _("委託元の方です。集計だけを見ます。"),
}

_later = lazy(format_html, SafeString)


class RolesForm(forms.Form):
    """Which roles a person has in the program."""

    roles = forms.MultipleChoiceField(
        label=_("役割"),
        widget=forms.CheckboxSelectMultiple,
        choices=[(role.value, _later("{} <span>{}</span>", ROLE_WORDS[role], NOTES[role])) for role in Role],
        error_messages={"required": TOLD["no_role"], "invalid_choice": TOLD["no_role"]},
    )

    def clean_roles(self) -> list[str]:
        """The roles, as the team's rules allow them together."""
        roles: list[str] = self.cleaned_data["roles"]
        if Role.OFFICER in roles and len(roles) > 1:
            raise forms.ValidationError(TOLD["officer_alone"])
        return roles


class InvitationForm(RolesForm):
    """Whom to invite, a person a line; `cleaned_data["people"]` is a list of (name, address)."""

    people = forms.CharField(
        label=_("招待する人"),
        widget=forms.Textarea(attrs={"rows": 5, "spellcheck": "false"}),
        help_text=_("1行に1人ずつ「名前 <メールアドレス>」と書きます。30人までまとめて招待できます。"),
        error_messages={"required": _("招待する人を書いてください。")},
    )
    field_order = ("people", "roles")

    def clean_people(self) -> list[tuple[str, str]]:
        """Each line read; whatever cannot be read is told by its number."""
        lines = list(enumerate(self.cleaned_data["people"].splitlines(), start=1))
        written = [(number, line.strip()) for number, line in lines if line.strip()]
        if len(written) > AT_ONCE:
            raise forms.ValidationError(_("一度に招待できるのは30人までです。"))
        people, problems = [], []
        for number, line in written:
            found = LINE.match(line) if len(line) <= LONGEST_LINE else None
            if found is None:
                problems.append(by_line(number, gettext("「名前 <メールアドレス>」の形で書いてください。")))
            else:
                people.append((found["name"].strip(), found["email"]))
        if problems:
            raise forms.ValidationError(problems)
        return people


def by_line(number: int, problem: Any) -> str:
    """A problem with the line it belongs to."""
    return gettext("%(number)d行目: %(problem)s") % {"number": number, "problem": problem}
