"""The form for what a program is: its name, for whom, when and where, how silence is answered, what is kept."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from counseling.actions.programs import Basics
from counseling.bounds import IN_ORDER
from counseling.checklist import Item
from counseling.keeping import COUNTED_BY, RETENTION, counted_by
from counseling.models import Program
from counseling.models.program import ChannelMode, Kind
from counseling.pages.checklist_words import WHY
from counseling.pages.program_forms import NAME, check_period, day, line
from counseling.pages.rules_form import DAY, HOUR, MINUTE, RulesForm, between, number

OUT_OF_ORDER = _("ひとつ前の時間より、後にしてください。")
COUNTING = dict(zip(COUNTED_BY, (_("暦の日で数える"), _("受付の日で数える(0時を過ぎた相談は、前の晩に)")), strict=True))
KEPT = "retention_"


def days(kind: str, label: Any, help_text: Any = "") -> forms.IntegerField:
    """How many days that kind of what is stored is kept; empty while nothing was agreed."""
    return between(*RETENTION[kind], label, help_text, required=False)


class GeneralForm(RulesForm):
    """What a program is, as people write it."""

    RULES = Basics
    UNITS = {
        "record_due_after": HOUR,
        "record_edit_for": HOUR,
        "record_read_for": DAY,
        "referral_ask_after": DAY,
        "referral_overdue_after": DAY,
        "follow_up_escalates_after": HOUR,
        "return_code_life": DAY,
    } | dict.fromkeys(
        (
            "nudge_after",
            "notice_after",
            "close_after",
            "amber_after",
            "episode_silence",
            "intake_lapses_after",
            "link_life",
        ),
        MINUTE,
    )

    name = line("name", _("事業名"), _("相談する人に見える名前です。"), required=True, missing=NAME)
    kind = forms.ChoiceField(
        label=_("種別"),
        choices=Kind.choices,
        widget=forms.RadioSelect,
        error_messages=dict.fromkeys(("required", "invalid_choice"), _("種別を選んでください。")),
    )
    commissioner = line(
        "commissioner", _("委託元"), _("たとえば「神奈川県」。ボランティアで運営するときは「ボランティア」と書きます。")
    )
    audience = line("audience", _("対象"), _("ご利用いただける方を、相談ページで伝えます。"))
    area = line("area", _("地域"), _("たとえば「神奈川県」。職員のための覚えです。"))
    starts_on = day(_("開始日"))
    ends_on = day(_("終了日"), _("決まっていなければ空のままで。"), required=False)
    channel_mode = forms.ChoiceField(
        label=_("方式"),
        choices=ChannelMode.choices,
        widget=forms.RadioSelect,
        error_messages=dict.fromkeys(("required", "invalid_choice"), _("方式を選んでください。")),
    )
    neutral_title = forms.BooleanField(
        label=_("タブの名前を目立たなくする"),
        required=False,
        help_text=_("相談ページのタブに事業名を出さず、「メモ」とします。画面を見られても気づかれにくくなります。"),
    )
    consents_on_line = forms.BooleanField(
        label=_("LINEで同意をもらってから受け付ける"),
        required=False,
        help_text=_(
            "はじめに利用規約への同意をうかがい、そのあと「受付」のフォームの質問を、ボタンで一つずつうかがいます。"
            "同意の前のことばは、だれにも見えません。危険を示すことばには、緊急の連絡先をすぐにお返しし、SVに知らせます。"
        ),
    )
    intake_lapses_after = number(
        "intake_lapses_after",
        _("同意や質問の途中で止まったとき"),
        _("この分数だけ何も届かないと、ごあいさつをして受付を終わりにします。次のことばから、はじめられます。"),
        unit=MINUTE,
    )
    link_life = number(
        "link_life",
        _("LINEから送るリンクの長さ"),
        _("LINEから入り、Webで話す窓口で、相談ページへのリンクをこの分数のあいだ、1回だけひらけます。"),
        unit=MINUTE,
    )
    on_call_email = forms.EmailField(
        label=_("時間外の緊急連絡先"),
        required=False,
        help_text=_(
            "受け付けていないときに危険を示すことばが届くと、このメールアドレスに知らせます。書かれたことばは載せません。"
        ),
        error_messages={"invalid": _("メールアドレスの形になっていません。")},
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )
    nudge_after = number(
        "nudge_after",
        _("最初の声かけまで"),
        _("相談員のことばのあと、この分数だけお返事がないと、声をかけます。"),
        unit=MINUTE,
    )
    notice_after = number(
        "notice_after", _("終わりの予告まで"), _("この分数で、終わりにすることを前もって伝えます。"), unit=MINUTE
    )
    close_after = number(
        "close_after",
        _("終わりにするまで"),
        _("この分数で、相談を終わりにします。緊急度が高い相談は、自動では終わりません。"),
        unit=MINUTE,
    )
    amber_after = number(
        "amber_after", _("お待たせの目安"), _("この分数を超えてお待たせすると、職員の画面で目立たせます。"), unit=MINUTE
    )
    episode_silence = number(
        "episode_silence",
        _("次の相談と数えるまで"),
        _("受付時間外に届いたことばのあと、この分数より後に届いたことばを、新しい1件と数えます。"),
        unit=MINUTE,
    )

    record_due_after = number(
        "record_due_after",
        _("記録の期限"),
        _("相談が終わってからこの時間を過ぎても出されていない記録を、SVの一覧で目立たせます。"),
        unit=HOUR,
    )
    record_edit_for = number(
        "record_edit_for",
        _("記録を直せる時間"),
        _("出してからこの時間のあいだ、相談員が自分で直せます。差し戻された記録は、いつでも直せます。"),
        unit=HOUR,
    )
    record_read_for = number(
        "record_read_for",
        _("記録を読める日数"),
        _("出してからこの日数のあいだ、相談員が自分の記録を読めます。SVは、そのあとも読めます。"),
        unit=DAY,
    )

    referral_ask_after = number(
        "referral_ask_after",
        _("つなぎの結果を聞くまで"),
        _("つないだ日からこの日数がたったら、どうなったかを聞きます。つなぎごとに、日を変えられます。"),
        unit=DAY,
    )
    referral_overdue_after = number(
        "referral_overdue_after",
        _("つなぎの遅れをSVに知らせるまで"),
        _("聞く日からこの日数を過ぎても結果が書かれていないつなぎを、メールでSVに知らせます。"),
        unit=DAY,
    )
    letter_names_writer = forms.BooleanField(
        label=_("紹介状に担当者の名前を入れる"),
        required=False,
        help_text=_("入れなければ、紹介状は窓口の名前だけでお出しします。"),
    )
    follow_up_escalates_after = number(
        "follow_up_escalates_after",
        _("要フォローの遅れを責任者に知らせるまで"),
        _("期限を過ぎるとSVに、さらにこの時間がたつと管理者に、メールで知らせます。"),
        unit=HOUR,
    )
    return_code_life = number(
        "return_code_life",
        _("再訪コードの期限"),
        _("この日数のあいだ、相談者は再訪コードで、こちらからのメッセージを読めます。"),
        unit=DAY,
    )

    outreach_people = number(
        "outreach_people", _("訪問に行く人数"), _("これより少ない人数で行くときは、わけを書きます。")
    )

    retention_words = days("words", _("相談のことば"), _("相談者と相談員が書いたことばです。"))
    retention_records = days("records", _("相談記録"), _("相談のあとに相談員が書く記録です。"))
    retention_contacts = days("contacts", _("連絡先"), _("LINEの利用者IDや、うかがった電話番号などです。"))
    retention_pictures = days("pictures", _("写真"))
    retention_addresses = days("addresses", _("IPアドレス"), _("Webから相談した方の、通信の記録です。"))
    report_day = forms.ChoiceField(
        label=_("1日の数え方"),
        choices=list(COUNTING.items()),
        widget=forms.RadioSelect,
        error_messages=dict.fromkeys(("required", "invalid_choice"), _("1日の数え方を選んでください。")),
    )

    @classmethod
    def written(cls, program: Program) -> dict[str, Any]:
        """Each kind of what is kept in a field of its own."""
        values = super().written(program)
        kept, report = values.pop("retention"), values.pop("report")
        return values | {KEPT + kind: kept.get(kind) for kind in RETENTION} | {"report_day": counted_by(report)}

    def values(self) -> dict[str, Any]:
        """Those that were agreed on, together as the program has them."""
        given = super().values()
        kept = {kind: given.pop(KEPT + kind) for kind in RETENTION}
        agreed = {kind: count for kind, count in kept.items() if count is not None}
        return given | {"retention": agreed, "report": {"day": given.pop("report_day")}}

    def clean(self) -> dict[str, Any]:
        """The period and the times in their order."""
        check_period(self)
        for earlier, later in IN_ORDER:
            first, second = (self.cleaned_data.get(name) for name in (earlier, later))
            if first is not None and second is not None and second <= first:
                self.add_error(later, OUT_OF_ORDER)
        return self.cleaned_data

    def refuse(self, problems: Mapping[str, str]) -> None:
        """What the action refused, beside its fields."""
        for name, code in problems.items():
            self.add_error(name, str(WHY.get((Item.CHANNEL, code), gettext("この値にはできません。"))))

    @classmethod
    def said(cls, name: str, value: Any) -> str:
        """A value in words."""
        if value in {None, ""}:
            return gettext("空")
        if name.startswith(KEPT):
            return gettext("%(count)d日") % {"count": value}
        chosen: dict[str, Mapping[str, Any]] = {
            "channel_mode": dict(ChannelMode.choices),
            "kind": dict(Kind.choices),
            "report_day": COUNTING,
        }
        return str(chosen[name][value]) if name in chosen else super().said(name, value)
