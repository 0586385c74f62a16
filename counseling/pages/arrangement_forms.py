"""The forms of what is arranged for a visitor. Each carries what its writer saw, and an id by which it counts once."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any, ClassVar, Self
from uuid import uuid4

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from counseling import arrangements
from counseling.actions import arrangements as actions
from counseling.actions.arrangements import APPROACH_LIMIT, WORDS_LIMIT, Wish
from counseling.arrangements import Agreed, BlockReason
from counseling.models.arrangement import Decision
from counseling.pages.arrangement_words import BOUNDS, NUMBERS, REASONS, problem
from counseling.text import in_one_way, is_storable, utf16_length

TOO_LONG = _("長すぎます。%(most)s文字までにしてください。")
UNSTORABLE = _("保存できない文字が入っています。書きなおしてください。")
REQUIRED = _("書いてください。あとから見る人が、なぜかを知る手がかりになります。")
NO_DAY = _("日付を選んでください。")
NO_NUMBER = _("数字で書いてください。空のままなら、決めません。")


class Words(forms.CharField):
    """A few lines among staff."""

    def __init__(self, label: Any, help_text: Any, most: int, *, rows: int = 4, required: bool = True) -> None:
        area = forms.Textarea(attrs={"rows": rows})
        told = {"required": REQUIRED}
        super().__init__(label=label, help_text=help_text, widget=area, required=required, error_messages=told)
        self.most = most

    def clean(self, value: Any) -> str:
        """As it is kept, however a browser ends its lines."""
        words = in_one_way(str(super().clean(value)))
        if utf16_length(words) > self.most:
            raise forms.ValidationError(TOO_LONG % {"most": self.most})
        if not is_storable(words):
            raise forms.ValidationError(UNSTORABLE)
        return words


class DecisionForm(forms.Form):
    """What every decision carries besides itself."""

    DAYS: ClassVar[tuple[int, int]] = (0, 0)
    seen = forms.IntegerField(widget=forms.HiddenInput, initial=0)
    client_id = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, data: dict[str, Any] | None = None, **initial: Any) -> None:
        super().__init__(data, initial={"client_id": uuid4(), **initial})

    def decide(self, wish: Wish) -> Decision:
        """Decide what was typed, once the form is valid. Raises as the action does."""
        raise NotImplementedError

    @property
    def saved(self) -> Any:
        """What whoever decided is told."""
        raise NotImplementedError

    def tell(self, problems: Iterable[tuple[str, str]]) -> None:
        """Each problem beside its field."""
        for field, code in problems:
            self.add_error(field or None, problem(field, code, self.DAYS))

    def beside(self, why: str, seen: int) -> Self:
        """What was typed, after somebody else decided meanwhile; taken at the next press."""
        again = type(self)({**self.data, "seen": seen})
        again.add_error(None, why)
        return again


class ApproachForm(DecisionForm):
    """How to answer a visitor."""

    words = Words(
        _("対応方針"),
        _(
            "この方の相談を受ける人が、相談の画面のいちばん上で読みます。相談者には見えません。空にして保存すると、なくなります。"
        ),
        APPROACH_LIMIT,
        rows=8,
        required=False,
    )

    def decide(self, wish: Wish) -> Decision:
        """The next version."""
        return actions.write_approach(wish=wish, words=self.cleaned_data["words"])

    @property
    def saved(self) -> Any:
        """Whether there is one now."""
        return _("対応方針を保存しました。") if self.cleaned_data["words"] else _("対応方針をなくしました。")


def _number(name: str, help_text: Any = "") -> forms.IntegerField:
    least, most = BOUNDS[name]
    box = forms.NumberInput(attrs={"min": least, "max": most, "inputmode": "numeric"})
    label: Any = NUMBERS[name]
    told = {"invalid": NO_NUMBER}
    return forms.IntegerField(label=label, help_text=help_text, required=False, widget=box, error_messages=told)


def _last_day(help_text: Any, usual: int) -> forms.DateField:
    """`usual`: so many days from today on are proposed."""
    box = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    return forms.DateField(
        label=_("最後の日"),
        help_text=help_text,
        widget=box,
        error_messages=dict.fromkeys(("required", "invalid"), NO_DAY),
        initial=lambda: timezone.localdate() + timedelta(days=usual),
    )


class LimitForm(DecisionForm):
    """What is agreed with a visitor about their use."""

    DAYS = arrangements.LIMIT_DAYS
    per_day = _number("per_day")
    per_week = _number("per_week", _("月曜日から日曜日までで数えます。"))
    minutes = _number(
        "minutes",
        _("相談員の画面に、約束した時間と経過が出ます。時間がきても、相談が自動で終わることはありません。"),
    )
    ends_on = _last_day(_("この日が過ぎると、自動で終わります(180日以内)。"), 30)
    reason = Words(_("理由"), _("なぜこの目安が必要か。内部の記録です。"), WORDS_LIMIT)
    told = Words(_("相談者に伝えたこと"), _("いつ、どのようなことばで約束したか。内部の記録です。"), WORDS_LIMIT)

    def clean(self) -> dict[str, Any]:
        """The numbers by the rules, each problem beside its field."""
        if "ends_on" in self.cleaned_data and not any(name in self.errors for name in BOUNDS):
            self.tell(arrangements.problems_of(self.agreed, timezone.localdate()))
        return self.cleaned_data

    @property
    def agreed(self) -> Agreed:
        """What was typed, as rules."""
        return Agreed(self.cleaned_data["ends_on"], *(self.cleaned_data.get(name) for name in BOUNDS))

    def decide(self, wish: Wish) -> Decision:
        """Agreed from now on."""
        typed = self.cleaned_data
        return actions.agree(wish=wish, agreed=self.agreed, reason=typed["reason"], told=typed["told"])

    @property
    def saved(self) -> Any:
        """It holds."""
        return _("約束した目安を保存しました。")


class BlockForm(DecisionForm):
    """A block."""

    DAYS = arrangements.BLOCK_DAYS
    code = forms.ChoiceField(
        label=_("理由"),
        widget=forms.RadioSelect,
        choices=list(REASONS.items()),
        error_messages=dict.fromkeys(("required", "invalid_choice"), _("理由を選んでください。")),
    )
    reason = Words(_("くわしい事情"), _("何があり、どのように話し合って決めたか。内部の記録です。"), WORDS_LIMIT)
    ends_on = _last_day(_("この日が過ぎると、自動で受け付けます(90日以内)。続けるときは、もう一度決めます。"), 14)

    def clean(self) -> dict[str, Any]:
        """The last day by the rules."""
        if "ends_on" in self.cleaned_data:
            self.tell(arrangements.ends_problem(self.cleaned_data["ends_on"], timezone.localdate(), self.DAYS))
        return self.cleaned_data

    def decide(self, wish: Wish) -> Decision:
        """Blocked from now on."""
        typed = self.cleaned_data
        code = BlockReason(typed["code"])
        return actions.block(wish=wish, ends_on=typed["ends_on"], code=code, reason=typed["reason"])

    @property
    def saved(self) -> Any:
        """It holds."""
        return _("受付を停止しました。")
