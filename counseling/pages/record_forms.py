"""The program's record form as fields of a page for staff, with the classification and the thanks below it."""

from typing import Any, cast

from django import forms
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from counseling import follow_ups
from counseling.actions import following
from counseling.actions.following import BadFollowUp
from counseling.feeds.records import Sheet
from counseling.forms import Answers, InvalidAnswers, Kind, check
from counseling.gateways.web.questions import ATTRIBUTE, QuestionsForm, offered
from counseling.lifecycle import Classification
from counseling.pages.follow_forms import PART, SHIFT, FollowPart, words_field
from counseling.pages.record_words import CLASSIFICATIONS, PROBLEMS, THANKS
from counseling.recording import Typed, Written, is_short
from counseling.text import ruby

LARGEST = 2**31 - 1
FOLLOW_NAMES = (*FollowPart.base_fields, "follow_why_not")
MEANWHILE = _(
    "ほかの人か別の画面が、先にこの記録を書き換えました。違うところに、いまの内容を添えました。これでよければ、もう一度押してください。"
)
PICK = {"invalid_choice": _("一覧から選びなおしてください。")}
NO_NUMBER, NO_DAY = _("数字だけで書いてください。"), _("日付として読めませんでした。例: 2026/11/23")


class RecordForm(FollowPart, QuestionsForm):
    """All that a person writes into a record. Without data it shows what the sheet holds."""

    classification = forms.ChoiceField(
        label=_("分類"),
        choices=list(CLASSIFICATIONS.items()),
        widget=forms.RadioSelect,
        error_messages=dict.fromkeys(("required", "invalid_choice"), _("分類を選んでください。")),
    )
    thankful = forms.ChoiceField(
        label=_("感謝で終了"), choices=list(THANKS.items()), widget=forms.RadioSelect, required=False
    )
    follow_why_not = words_field(_("要フォローだが、立てないとき: そのわけ"), rows=2)
    form = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=LARGEST)
    revision = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=LARGEST)

    def __init__(self, sheet: Sheet, language: str, data: QueryDict | None = None) -> None:
        super().__init__(sheet.form, language, data, initial=_initial(sheet))
        self.sheet = sheet
        self.follow = follow_ups.asked_in(sheet.form)
        # What the program's form asks for by itself is not asked twice.
        places = {"day": self.follow and self.follow.day, "what": self.follow and self.follow.what}
        self.places = {field: ATTRIBUTE + asked.key for field, asked in places.items() if asked}
        for asked_elsewhere in self.places:
            del self.fields[PART + asked_elsewhere]
        self.offer(following.owners(sheet.session.program_id, sheet.session.risk))
        for question in sheet.form.questions:
            field = self.fields[ATTRIBUTE + question.key]
            if question.kind in {Kind.CHOICE, Kind.YES_NO, Kind.CHOICES}:
                field.error_messages = {**field.error_messages, **PICK}
            if question.kind in {Kind.CHOICE, Kind.YES_NO}:
                # Staff are not offered "prefer not to say"; in a list nothing is chosen yet.
                answers = offered(question, language)
                listed = not isinstance(field.widget, forms.RadioSelect)
                cast("forms.ChoiceField", field).choices = [("", "―"), *answers] if listed else answers
            if isinstance(field.widget, forms.Select):
                field.widget.attrs["class"] = "input"
            if question.kind in {Kind.NUMBER, Kind.DATE}:
                told = NO_NUMBER if question.kind == Kind.NUMBER else NO_DAY
                field.error_messages = {**field.error_messages, "invalid": told}

    def clean(self) -> dict[str, Any]:
        """All that is missing is told at once, beside its field; the action asks again."""
        given, session = super().clean(), self.sheet.session
        chosen = given.get("classification")
        short = chosen and is_short(Classification(chosen), risk=session.risk, trial=session.trial)
        asking = follow_ups.without_day(self.asking) if self.wanted_follow_up().is_waived else self.asking
        try:
            check(asking, self.answers(), finished=not short)
        except InvalidAnswers as wrong:
            self.refuse(wrong.problems)
        self._check_follow_up()
        return given

    def _check_follow_up(self) -> None:
        session, answers = self.sheet.session, self.answers()
        if self.follow is None or not self.needs_follow_up or not self.follow.is_wanted(answers):
            return
        wanted = self.follow.told(answers, self.wanted_follow_up())
        self.refuse_follow_up(following.problems_of(session.program_id, session.risk, wanted), self.places)

    @cached_property
    def needs_follow_up(self) -> bool:
        """Whether a record that says 要フォロー needs one still."""
        return self.follow is not None and not self.sheet.session.trial and not following.has_one(self.sheet.session)

    def follow_values(self) -> str:
        """The answers that say so, as codes parted by blanks."""
        asked = self.follow.question if self.follow else None
        codes = [one.value for one in asked.choices] if asked and asked.choices else ["yes"]
        return " ".join(
            code for code in codes if self.follow and self.follow.is_wanted({self.follow.question.key: code})
        )

    def follow_after(self) -> str:
        """The field that asks whether."""
        return ATTRIBUTE + self.follow.question.key if self.follow else ""

    def beside(self, present: Sheet) -> None:
        """What somebody else wrote meanwhile stands beside what was typed; the next press saves over it."""
        self.is_valid()
        self.errors.clear()
        self.add_error(None, MEANWHILE)
        now = RecordForm(present, self.language)
        for bound in now:
            theirs, typed = bound.value() or "", self[bound.name].value() or ""
            if not bound.is_hidden and theirs != typed and theirs:
                self.add_error(
                    bound.name, gettext("いまは「%(value)s」と書かれています。") % {"value": now.said(bound)}
                )

    def said(self, bound: forms.BoundField) -> str:
        """What a field holds, in words."""
        words = {str(code): str(label) for code, label in getattr(bound.field, "choices", ())}
        value = bound.value()
        return gettext("、").join(
            words.get(str(one), str(one)) for one in (value if isinstance(value, list) else [value])
        )

    def required(self) -> frozenset[str]:
        """The questions a whole record cannot be filed without, where they are asked."""
        return frozenset(one.key for one in self.asking.questions if one.required)

    def refuse(self, problems: dict[str, str]) -> None:
        """What the action missed or could not take, each beside its field."""
        for key, code in problems.items():
            name = ATTRIBUTE + key
            if name in self.fields and not self.has_error(name):
                self.add_error(name, str(PROBLEMS.get(code, PROBLEMS[""])))

    def tell(self, wrong: Exception) -> None:
        """Why the action did not take it."""
        if isinstance(wrong, InvalidAnswers):
            self.refuse(wrong.problems)
        elif isinstance(wrong, BadFollowUp):
            self.refuse_follow_up(wrong.problems, self.places)
        else:
            self.add_error(None, gettext("使えない文字が含まれています。入力し直してください。"))

    def filed(self) -> tuple[Classification, bool | None, Answers]:
        """What is to be filed, from a valid form."""
        thanks = {"yes": True, "no": False}.get(self.cleaned_data["thankful"])
        return Classification(self.cleaned_data["classification"]), thanks, self.answers()

    def problems(self) -> list[tuple[str, str]]:
        """Each field with an error: its place on the page and its label, in the page's order."""
        return [(f"field-{bound.name}", ruby.plain(str(bound.label))) for bound in self if bound.errors]


def _initial(sheet: Sheet) -> dict[str, Any]:
    several = {one.key for one in sheet.form.questions if one.kind == Kind.CHOICES}
    answers = {ATTRIBUTE + key: said if key in several else next(iter(said), "") for key, said in sheet.written.items()}
    return {
        **answers,
        "classification": sheet.classification,
        "thankful": sheet.thankful,
        "follow_owner": SHIFT,
        **sheet.follow_up,
        "form": sheet.form_number,
        "revision": sheet.record.revision,
    }


def written(data: QueryDict) -> Written:
    """What stands in the page's fields, as it was typed."""
    names = [name for name in data if name.startswith(ATTRIBUTE)]
    found: Typed = {name.removeprefix(ATTRIBUTE): _lines(data, name) for name in names}
    answers = {key: said for key, said in found.items() if any(said)}
    chosen, thanks = data.get("classification", ""), data.get("thankful", "")
    follow = {name: data.get(name, "") for name in FOLLOW_NAMES if data.get(name, "").strip()}
    return Written(
        answers, chosen if chosen in CLASSIFICATIONS else "", thanks if thanks in THANKS else "",
        follow_up={name: said for name, said in follow.items() if (name, said) != ("follow_owner", SHIFT)},
    )  # fmt: skip


def _lines(data: MultiValueDict[str, Any], name: str) -> list[str]:
    """As the house ends its lines, not as a browser does."""
    return [one.replace("\r\n", "\n") for one in data.getlist(name) if isinstance(one, str)]


def number_in(data: QueryDict, name: str) -> int:
    """A version the page was made with; one that nobody made is an old one."""
    typed = data.get(name, "")
    return min(int(typed), LARGEST) if typed.isascii() and typed.isdecimal() and len(typed) < 12 else -1
