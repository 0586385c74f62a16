"""What is counted of the survey (アンケート): from counts of answers, and only of who answered the question."""

from collections.abc import Mapping

from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from counseling.forms import ReportKey
from counseling.survey import InvitationState, Stage
from reports.measures.counts import Measure, Ratio

SURVEY_SENT = Measure(
    "survey_sent",
    _("アンケートを送った数"),
    _("LINEで送った数と、Webの相談ページに出した数です。1つの相談に1回だけ送り、相談を受けた日で数えます。"),
    Q(survey__state=InvitationState.SENT),
)
SURVEY_ANSWERED = Measure(
    "survey_answered",
    _("アンケートの回答数"),
    _("最後まで答えたか、途中で終えた答えの数です。取り消した答えと、1問も答えなかったものは入りません。"),
    Q(survey__answer__stage=Stage.FINISHED),
)
RETURN_RATE = Ratio(
    "survey_return", _("回答率"), _("アンケートの回答数 ÷ 送った数です。"), SURVEY_ANSWERED, SURVEY_SENT
)
# The answers that speak for the program, by what the question means; and what their share is called.
FAVOURABLE: Mapping[ReportKey, frozenset[str]] = {
    ReportKey.GOOD_TO_HAVE_TALKED: frozenset({"yes"}),
    ReportKey.WOULD_TALK_AGAIN: frozenset({"yes"}),
    ReportKey.EASY_TO_TALK: frozenset({"yes"}),
    ReportKey.SATISFACTION: frozenset({"very_satisfied", "satisfied"}),
}
SAID: Mapping[ReportKey, str | Promise] = {
    ReportKey.GOOD_TO_HAVE_TALKED: _("相談してよかった"),
    ReportKey.WOULD_TALK_AGAIN: _("また相談したい"),
    ReportKey.EASY_TO_TALK: _("話しやすかった"),
    ReportKey.SATISFACTION: _("満足した"),
}
