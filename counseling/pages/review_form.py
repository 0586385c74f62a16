"""The form of one's own half of a review sheet: four fields, kept as a draft or shown to the other."""

from typing import Any, Self

from django import forms
from django.utils.translation import gettext as _

from counseling.actions.reviews import ANSWER_LIMIT, QUESTIONS
from counseling.feeds.reviews import Review
from counseling.pages.care_words import ASKED
from counseling.text import UnacceptableText, clean, in_one_way


class ReviewForm(forms.Form):
    """What went well, what was hard, what to try, and the step agreed on; each may stay empty."""

    based_on = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def __init__(self, data: dict[str, Any] | None = None, *, initial: dict[str, Any] | None = None) -> None:
        super().__init__(data, initial=initial)
        for name in QUESTIONS:
            label, help_text = ASKED[name]
            self.fields[name] = forms.CharField(
                label=label, help_text=help_text, required=False, strip=False, widget=forms.Textarea
            )

    @classmethod
    def of(cls, review: Review) -> Self:
        """With one's draft, or what one has shown last."""
        shown = review.own[0].answers if review.own else None
        return cls(initial={**(review.draft or shown or {}), "based_on": _number(review)})

    def clean(self) -> dict[str, Any]:
        """Words that can be kept, each within its length."""
        for name in QUESTIONS:
            words = self.cleaned_data.get(name, "")
            try:
                self.cleaned_data[name] = clean(words, limit=ANSWER_LIMIT) if in_one_way(words) else ""
            except UnacceptableText as refused:
                self.add_error(name, told(refused))
        return self.cleaned_data

    def answers(self) -> dict[str, str]:
        """What was written, by question."""
        return {name: self.cleaned_data[name] for name in QUESTIONS}

    def beside(self, review: Review) -> Self:
        """What was typed, to go upon the version that another window has shown meanwhile."""
        again = type(self)({**self.data, "based_on": _number(review)})
        again.add_error(
            None,
            _(
                "ほかの画面で、新しい版を見せています。ここに書いたものは残っています。確かめて、もう一度押してください。"
            ),
        )
        return again


def _number(review: Review) -> int:
    return review.own[0].version.number if review.own else 0


def told(refused: UnacceptableText) -> str:
    """What is wrong, and what to do."""
    if refused.code == "too_long":
        return _("長すぎます。%(most)s文字までにしてください。") % {"most": ANSWER_LIMIT}
    return _("保存できない文字が入っています。書きなおしてください。")
