"""Review sheets: two people write them, nobody else reads them, and both confirm."""

from collections.abc import Mapping

import pytest

from accounts.models import AuditEntry, User
from counseling import crypto, permissions
from counseling.actions import reviews, sessions
from counseling.feeds import reviews as feed
from counseling.lifecycle import EndReason
from counseling.models import Program, ReviewDraft, ReviewSheet, ReviewVersion, Session, Visitor
from counseling.permissions import NotVisible
from counseling.text import UnacceptableText
from tests.conftest import person

pytestmark = pytest.mark.django_db
HERS: Mapping[str, str] = {"went_well": "待つことができた", "was_hard": "沈黙がこわかった"}
MIOS: Mapping[str, str] = {"went_well": "ことばを選んでいた", "next_step": "来週、20分話す"}


@pytest.fixture
def over(active: Session, haru: User) -> Session:
    """Haru's talk with Sora, over."""
    sessions.end(session_id=active.pk, by=haru, reason=EndReason.CONCLUDED, farewell=False)
    return active


@pytest.fixture
def sheet(over: Session, haru: User, mio: User, program: Program) -> ReviewSheet:
    """Mio has begun a sheet with Haru."""
    return reviews.begin(session_id=over.pk, program_id=program.pk, counselor_id=haru.pk, by=mio)


@pytest.fixture
def both(sheet: ReviewSheet, haru: User, mio: User) -> ReviewSheet:
    """Both have shown what they wrote."""
    reviews.show(sheet_id=sheet.pk, answers=HERS, based_on=0, by=haru)
    reviews.show(sheet_id=sheet.pk, answers=MIOS, based_on=0, by=mio)
    return sheet


def seen_by(user: User, sheet: ReviewSheet) -> feed.Review | None:
    return feed.review(sheet.pk, user, permissions.readable_reviews(user))


def test_a_sheet_is_begun_once_for_a_session_and_its_counselor(
    sheet: ReviewSheet, over: Session, haru: User, mio: User, program: Program
) -> None:
    again = reviews.begin(session_id=over.pk, program_id=program.pk, counselor_id=haru.pk, by=mio)
    assert again == sheet
    assert list(AuditEntry.objects.values_list("deed", "subject")) == [("review.begun", f"session:{over.pk}")]


def test_another_supervisor_does_not_come_between_the_two(
    sheet: ReviewSheet, over: Session, haru: User, program: Program
) -> None:
    rio = person("Rio", program, "supervisor")  # type: ignore[arg-type]
    with pytest.raises(reviews.AnothersSheet):
        reviews.begin(session_id=over.pk, program_id=program.pk, counselor_id=haru.pk, by=rio)
    assert seen_by(rio, sheet) is None


def test_only_supervisors_begin_one(
    over: Session, haru: User, ren: User, aoi: User, kei: User, program: Program
) -> None:
    for other in (haru, ren, aoi, kei):
        with pytest.raises(NotVisible):
            reviews.begin(session_id=over.pk, program_id=program.pk, counselor_id=haru.pk, by=other)


def test_what_goes_on_or_was_somebody_else_s_is_not_reviewed(
    active: Session, haru: User, ren: User, mio: User, program: Program
) -> None:
    for counselor in (haru, ren):
        with pytest.raises(reviews.CannotReview):
            reviews.begin(session_id=active.pk, program_id=program.pk, counselor_id=counselor.pk, by=mio)
    sessions.end(session_id=active.pk, by=haru, reason=EndReason.CONCLUDED, farewell=False)
    with pytest.raises(reviews.CannotReview):
        reviews.begin(session_id=active.pk, program_id=program.pk, counselor_id=ren.pk, by=mio)


def test_nobody_reviews_their_own_talk_alone(waiting: Session, mio: User, program: Program) -> None:
    sessions.claim(session_id=waiting.pk, by=mio)
    sessions.end(session_id=waiting.pk, by=mio, reason=EndReason.CONCLUDED, farewell=False)
    with pytest.raises(reviews.CannotReview):
        reviews.begin(session_id=waiting.pk, program_id=program.pk, counselor_id=mio.pk, by=mio)


def test_a_session_of_another_program_is_not_there(over: Session, haru: User, mio: User) -> None:
    elsewhere = Program.objects.create(slug="night", name="夜", kind="general", starts_on="2019-02-01")
    mio.memberships.create(program=elsewhere, role="supervisor")
    with pytest.raises(NotVisible):
        reviews.begin(session_id=over.pk, program_id=elsewhere.pk, counselor_id=haru.pk, by=mio)


def test_a_draft_is_kept_for_oneself_alone(sheet: ReviewSheet, haru: User, mio: User) -> None:
    reviews.keep_draft(sheet_id=sheet.pk, answers=HERS, based_on=0, by=haru)
    hers, mios = seen_by(haru, sheet), seen_by(mio, sheet)
    assert hers and hers.draft == HERS
    assert mios
    assert mios.draft is None
    assert mios.counselor == []
    reviews.keep_draft(sheet_id=sheet.pk, answers={"went_well": "  "}, based_on=0, by=haru)
    assert not ReviewDraft.objects.exists()


def test_a_version_is_shown_to_the_other_and_ends_the_draft(sheet: ReviewSheet, haru: User, mio: User) -> None:
    reviews.keep_draft(sheet_id=sheet.pk, answers=HERS, based_on=0, by=haru)
    assert reviews.show(sheet_id=sheet.pk, answers=HERS, based_on=0, by=haru) == 1
    mios = seen_by(mio, sheet)
    assert mios and [one.answers for one in mios.counselor] == [HERS]
    assert not ReviewDraft.objects.exists()


def test_versions_are_kept_and_the_same_words_are_no_new_one(both: ReviewSheet, haru: User) -> None:
    assert reviews.show(sheet_id=both.pk, answers=HERS, based_on=1, by=haru) == 1
    assert reviews.show(sheet_id=both.pk, answers={"went_well": "もう一度"}, based_on=1, by=haru) == 2
    numbers = ReviewVersion.objects.filter(side="counselor").order_by("number").values_list("number", flat=True)
    assert list(numbers) == [1, 2]


def test_another_window_is_not_written_over(both: ReviewSheet, haru: User) -> None:
    for act in (reviews.show, reviews.keep_draft):
        with pytest.raises(reviews.NewerVersion):
            act(sheet_id=both.pk, answers={"went_well": "古い画面から"}, based_on=0, by=haru)


def test_nothing_is_not_shown(sheet: ReviewSheet, haru: User) -> None:
    with pytest.raises(reviews.NothingWritten):
        reviews.show(sheet_id=sheet.pk, answers={"went_well": " \n "}, based_on=0, by=haru)


@pytest.mark.parametrize("words", ["あ" * 2_001, "だめ\0", "\ud83d"])
def test_words_that_cannot_be_kept_are_refused(sheet: ReviewSheet, haru: User, words: str) -> None:
    for act in (reviews.show, reviews.keep_draft):
        with pytest.raises(UnacceptableText):
            act(sheet_id=sheet.pk, answers={"went_well": words}, based_on=0, by=haru)


def test_it_is_finished_when_both_confirm(both: ReviewSheet, haru: User, mio: User) -> None:
    assert not reviews.confirm(sheet_id=both.pk, seen=(1, 1), by=haru)
    assert not reviews.confirm(sheet_id=both.pk, seen=(1, 1), by=haru)
    assert reviews.confirm(sheet_id=both.pk, seen=(1, 1), by=mio)
    both.refresh_from_db()
    assert both.finished_at
    assert AuditEntry.objects.filter(deed="review.finished").count() == 1


def test_a_finished_sheet_stays_as_it_is(both: ReviewSheet, haru: User, mio: User) -> None:
    for who in (haru, mio):
        reviews.confirm(sheet_id=both.pk, seen=(1, 1), by=who)
    for act in (reviews.show, reviews.keep_draft):
        with pytest.raises(reviews.Finished):
            act(sheet_id=both.pk, answers=HERS, based_on=1, by=haru)
    with pytest.raises(reviews.Finished):
        reviews.confirm(sheet_id=both.pk, seen=(1, 1), by=haru)


def test_a_new_version_takes_back_what_was_confirmed(both: ReviewSheet, haru: User, mio: User) -> None:
    reviews.confirm(sheet_id=both.pk, seen=(1, 1), by=mio)
    reviews.show(sheet_id=both.pk, answers={"went_well": "書き直し"}, based_on=1, by=haru)
    both.refresh_from_db()
    assert both.supervisor_confirmed_at is None
    with pytest.raises(reviews.NewerVersion):
        reviews.confirm(sheet_id=both.pk, seen=(1, 1), by=mio)


def test_one_half_alone_is_not_confirmed(sheet: ReviewSheet, haru: User) -> None:
    reviews.show(sheet_id=sheet.pk, answers=HERS, based_on=0, by=haru)
    with pytest.raises(reviews.NothingWritten):
        reviews.confirm(sheet_id=sheet.pk, seen=(1, 0), by=haru)


def test_nobody_else_reads_or_writes_it(both: ReviewSheet, ren: User, aoi: User, kei: User, program: Program) -> None:
    for other in (ren, aoi, kei, person("Rio", program, "supervisor")):  # type: ignore[arg-type]
        assert seen_by(other, both) is None
        for act in (reviews.show, reviews.keep_draft):
            with pytest.raises(NotVisible):
                act(sheet_id=both.pk, answers=HERS, based_on=1, by=other)
        with pytest.raises(NotVisible):
            reviews.confirm(sheet_id=both.pk, seen=(1, 1), by=other)
        with pytest.raises(NotVisible):
            reviews.take_over(sheet_id=both.pk, by=other)


def test_who_left_the_program_reads_it_no_more(both: ReviewSheet, haru: User, mio: User) -> None:
    haru.memberships.all().delete()
    User.objects.filter(pk=mio.pk).update(is_active=False)
    assert seen_by(haru, both) is None
    assert seen_by(mio, both) is None


def test_a_successor_takes_it_over_and_the_draft_before_is_gone(
    both: ReviewSheet, haru: User, mio: User, program: Program
) -> None:
    rio = person("Rio", program, "supervisor")  # type: ignore[arg-type]
    reviews.keep_draft(sheet_id=both.pk, answers={"was_hard": "まだ見せないこと"}, based_on=1, by=mio)
    reviews.confirm(sheet_id=both.pk, seen=(1, 1), by=mio)
    mio.memberships.all().delete()
    assert seen_by(rio, both) is None
    reviews.take_over(sheet_id=both.pk, by=rio)
    now = seen_by(rio, both)
    assert now and now.draft is None
    assert now.sheet.supervisor_confirmed_at is None
    assert [one.version.by for one in now.supervisor] == [mio]
    hers = seen_by(haru, both)
    assert hers and hers.sheet.supervisor == rio
    assert AuditEntry.objects.filter(deed="review.taken_over", actor_id=rio.pk).exists()


def test_its_counselor_does_not_become_its_supervisor(
    both: ReviewSheet, haru: User, mio: User, program: Program
) -> None:
    mio.memberships.all().delete()
    haru.memberships.create(program=program, role="supervisor")
    with pytest.raises(NotVisible):
        reviews.take_over(sheet_id=both.pk, by=haru)


def test_its_words_are_sealed_and_bound_to_their_place(both: ReviewSheet) -> None:
    key = both.session.visitor.key()
    hers, mios = ReviewVersion.objects.order_by("pk")
    assert "沈黙" not in bytes(hers.body).decode("utf-8", "replace")
    mios.body = hers.body
    with pytest.raises(crypto.CannotOpen):
        mios.words(key)


def test_it_is_erased_with_the_visitor_s_key(both: ReviewSheet, haru: User) -> None:
    reviews.keep_draft(sheet_id=both.pk, answers=HERS, based_on=1, by=haru)
    Visitor.objects.update(wrapped_key=b"")
    hers = seen_by(haru, both)
    assert hers and hers.erased
    assert hers.draft is None
    assert [one.answers for one in (*hers.counselor, *hers.supervisor)] == [None, None]
    both.session.visitor.refresh_from_db()
    with pytest.raises(crypto.CannotOpen):
        reviews.show(sheet_id=both.pk, answers={"went_well": "あとから"}, based_on=1, by=haru)


def test_the_audit_holds_none_of_its_words(both: ReviewSheet, haru: User, mio: User) -> None:
    for who in (haru, mio):
        reviews.confirm(sheet_id=both.pk, seen=(1, 1), by=who)
    told = str(list(AuditEntry.objects.values()))
    assert not any(words in told for words in (*HERS.values(), *MIOS.values()))
