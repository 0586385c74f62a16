"""A survey's answers on the stage: what Sora wrote after her talk on LINE, and what somebody wrote apart from any."""

from django.utils import timezone

from counseling.actions import editions
from counseling.forms import Form, Kind, Question
from counseling.models import ApartAnswer, Part, Program, Session, SurveyAnswer, SurveyInvitation
from counseling.models.edition import Edition
from counseling.survey import InvitationState, Kept, Stage

SURVEYED, APART = "アンケートの言葉⟦survey⟧", "だれのものでもない言葉⟦apart⟧"
FORM = Form((Question("words", Kind.LONG_TEXT, {"ja": "ご感想"}),))


def surveyed(program: Program, session: Session) -> None:
    """Both were asked, answered in their own words, and finished."""
    edition = editions.put_in_force(program, Part.SURVEY, FORM.to_json(), by=None)
    program.save(update_fields=["editions"])
    now = timezone.now()
    asked = SurveyInvitation.objects.create(
        session=session, state=InvitationState.SENT, kept=Kept.WITH_TALK, due_at=now, next_try_at=now, sent_at=now,
        ends_on=timezone.localdate(),
    )  # fmt: skip
    kept = SurveyAnswer(
        invitation=asked, edition=edition, stage=Stage.FINISHED, token_hash="k" * 64, finished_at=now
    )  # fmt: skip
    kept.put_words({"words": SURVEYED})
    kept.save()
    for number in range(5):  # so many that their words are told
        _apart(program, edition, number)


def _apart(program: Program, edition: Edition, number: int) -> None:
    today = timezone.localdate()
    row = ApartAnswer(
        program=program, edition=edition, stage=Stage.FINISHED, token_hash=f"{number:064}", month=today.replace(day=1),
        ends_on=today,
    )  # fmt: skip
    row.put_words({"words": APART})
    row.save()
