"""A survey's plan in words: for the page, the history of its versions, and what is wrong with a program's file."""

from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext, gettext_lazy

from counseling import survey
from counseling.pages.survey_plan_form import KEPT, LINE, WHEN

FIELDS: dict[str, str | Promise] = {
    "when": gettext_lazy("いつ送るか"),
    "hours": gettext_lazy("終わってから送るまでの時間(時間)"),
    "on": gettext_lazy("送る日"),
    "line": gettext_lazy("LINEの相談者へ"),
    "web": gettext_lazy("Webの相談者には、相談ページに出す"),
    "kept": gettext_lazy("答えの保管"),
    "days_open": gettext_lazy("答えられる日数(日)"),
    "interval": gettext_lazy("同じ人に次に送るまで(日)"),
}


def pieces(content: Any) -> dict[str, str]:
    """A version taken apart: what each piece is called → its words."""
    try:
        plan = survey.read(content)
    except survey.InvalidPlan as wrong:
        return {gettext("内容"): "\n".join(path for path, _code in wrong.problems)}
    told = {
        "when": str(WHEN[plan.when]),
        "hours": str(plan.hours),
        "on": plan.on.isoformat() if plan.on else "",
        "line": str(LINE[plan.line]),
        "web": gettext("する") if plan.web else gettext("しない"),
        "kept": str(KEPT[plan.kept]),
        "days_open": str(plan.days_open),
        "interval": str(plan.interval),
    }
    return {str(FIELDS[name]): words for name, words in told.items()}
