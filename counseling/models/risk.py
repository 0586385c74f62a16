"""What a person found when they assessed how urgent a session is."""

import json
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from counseling.models.message import Aside
from counseling.triage import Risk

# What the levels are called on every page, paper and report, as in `static/src/staff/words.ja.ts`.
RISKS = {
    Risk.NONE: _("未評価"),
    Risk.LOW: _("低"),
    Risk.MODERATE: _("中"),
    Risk.HIGH: _("高"),
    Risk.IMMINENT: _("緊急"),
}


class Assessment(Aside):
    """A person's look at the risk (緊急度の確認): the answers and the word for it sealed, the levels beside them.

    `version` is that of the event it belongs to; `form` the number of the risk form's version that was answered, 0
    where the program has none. No code that serves a visitor can reach this table.
    """

    before = models.PositiveSmallIntegerField()
    level = models.PositiveSmallIntegerField()
    suggested = models.PositiveSmallIntegerField(null=True)  # by counseling.criteria
    form = models.PositiveIntegerField()

    @staticmethod
    def written(answers: dict[str, Any], word: str) -> str:
        """Answers and word as they are sealed: the same always in the same spelling."""
        return json.dumps({"answers": answers, "word": word}, ensure_ascii=False, sort_keys=True)

    def said(self, key: bytes) -> tuple[dict[str, Any], str]:
        """The answers and the word, opened with the visitor's key."""
        told = json.loads(self.words(key))
        return told["answers"], told["word"]
