"""Asking people who are not on duty: one mail each, never twice in half an hour, nobody who is there or gone."""

from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone

from accounts import mail as mails
from accounts.models import AuditEntry, User
from counseling import feeds, tasks
from counseling.actions import callins
from counseling.actions.callins import CalledLately, OnDutyAlready
from counseling.models import CallIn, Duty, Membership, Program, Session, Shift
from counseling.permissions import NotVisible
from tests.conftest import Say


@pytest.fixture
def home(haru: User, ren: User) -> None:
    """Haru and Ren are not on duty."""
    Duty.objects.filter(user__in=[haru, ren]).delete()


def call(program: Program, by: User, *people: User) -> list[type[Exception] | None]:
    answers = callins.call_in(program_id=program.pk, user_ids=[one.pk for one in people], by=by)
    assert list(answers) == [one.pk for one in people]
    return [type(refusal) if refusal else None for refusal in answers.values()]


def send_all() -> None:
    tasks.send_mails("call_ins")


def test_each_gets_one_mail_with_the_program_and_the_way_in(
    program: Program, mio: User, haru: User, ren: User, home: None
) -> None:
    assert call(program, mio, ren, haru) == [None, None]
    send_all()
    send_all()
    assert sorted(sent.to[0] for sent in mail.outbox) == [haru.email, ren.email]
    for sent in mail.outbox:
        assert program.name in sent.subject
        assert "Mioさんから" in sent.body
        assert "/console/" in sent.body
    assert not CallIn.objects.filter(sent_at=None).exists()


def test_no_word_of_a_visitor_is_in_the_mail(
    program: Program, mio: User, ren: User, home: None, sora_says: Say
) -> None:
    session = sora_says("だれにも言えない")
    call(program, mio, ren)
    send_all()
    (sent,) = mail.outbox
    assert isinstance(sent, mail.EmailMultiAlternatives)
    written = f"{sent.subject} {sent.body} {sent.alternatives}"
    assert "だれにも言えない" not in written
    assert session.visitor.pseudonym not in written


def test_nobody_is_asked_twice_within_half_an_hour(program: Program, mio: User, ren: User, home: None) -> None:
    call(program, mio, ren)
    assert call(program, mio, ren) == [CalledLately]
    other = Program.objects.create(slug="other", name="other", kind="general", starts_on="2019-02-01")
    for user, role in ((mio, "supervisor"), (ren, "counselor")):
        Membership.objects.create(user=user, program=other, role=role)
    assert call(other, mio, ren) == [CalledLately]
    CallIn.objects.update(called_at=timezone.now() - callins.BETWEEN)
    assert call(program, mio, ren) == [None]


def test_who_is_there_is_not_asked(program: Program, mio: User, haru: User, ren: User) -> None:
    Duty.objects.filter(user=ren).delete()
    assert call(program, mio, haru, ren) == [OnDutyAlready, None]


def test_only_people_of_the_program_who_work_shifts_can_be_asked(
    program: Program, mio: User, aoi: User, kei: User, nao: User
) -> None:
    stranger = User.objects.create(email="stranger@example.jp", name="Stranger")
    assert call(program, mio, aoi, kei, nao, stranger) == [NotVisible] * 4
    assert not CallIn.objects.exists()


@pytest.mark.parametrize("who", ["haru", "aoi", "kei"])
def test_only_supervisors_ask(
    program: Program, ren: User, home: None, who: str, request: pytest.FixtureRequest
) -> None:
    with pytest.raises(NotVisible):
        call(program, request.getfixturevalue(who), ren)


def test_a_mail_the_server_did_not_take_is_tried_again_for_an_hour(
    program: Program, mio: User, ren: User, home: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(mails, "send", lambda *_args, **_context: False)
    call(program, mio, ren)
    now = timezone.now()
    assert callins.send_next(now=now)
    assert not callins.is_due(now=now)
    assert callins.is_due(now=now + callins.TRY_AGAIN_AFTER)
    assert not callins.is_due(now=now + callins.GIVEN_UP_AFTER)
    assert CallIn.objects.get().sent_at is None


def test_who_left_meanwhile_gets_no_mail(program: Program, mio: User, ren: User, home: None) -> None:
    call(program, mio, ren)
    User.objects.filter(pk=ren.pk).update(is_active=False)
    send_all()
    assert mail.outbox == []


def test_each_call_stands_in_the_audit(program: Program, mio: User, haru: User, ren: User, home: None) -> None:
    call(program, mio, haru, ren)
    call(program, mio, haru)
    told = AuditEntry.objects.filter(deed="person.called_in").values_list("subject", "actor_id", "program_id")
    assert sorted(told) == sorted((f"user:{one.pk}", mio.pk, program.pk) for one in (haru, ren))


def test_the_list_tells_who_is_not_there_and_when_they_work_next(
    program: Program, mio: User, haru: User, ren: User, aoi: User, home: None
) -> None:
    now = timezone.now()
    for hours in (30, 2):
        times = {"starts_at": now + timedelta(hours=hours), "ends_at": now + timedelta(hours=hours + 3)}
        Shift.objects.create(program=program, user=ren, published_at=now, **times)
    Shift.objects.create(
        program=program, user=ren, starts_at=now + timedelta(hours=1), ends_at=now + timedelta(hours=2)
    )  # a draft
    call(program, mio, ren)
    send_all()
    first, second = feeds.off_duty(program.pk)
    assert (first["id"], first["next_shift"], first["called_at"]) == (haru.pk, None, None)
    planned = second["next_shift"]
    assert planned
    assert planned["starts_at"] == (now + timedelta(hours=2)).isoformat()
    assert (second["called_by"], second["sent"]) == ({"id": mio.pk, "name": "Mio"}, True)


def test_who_asked_for_another_program_is_not_told(program: Program, mio: User, ren: User, home: None) -> None:
    call(program, mio, ren)
    other = Program.objects.create(slug="other", name="other", kind="general", starts_on="2019-02-01")
    Membership.objects.create(user=ren, program=other, role="counselor")
    (seen,) = feeds.off_duty(other.pk)
    assert seen["called_at"]
    assert (seen["called_by"], seen["sent"]) == (None, False)


def test_the_list_asks_the_same_however_many_there_are(
    program: Program, mio: User, haru: User, home: None, django_assert_num_queries: object
) -> None:
    with django_assert_num_queries(4):  # type: ignore[operator]
        feeds.off_duty(program.pk)
    for number in range(5):
        user = User.objects.create(email=f"more{number}@example.jp", name=f"More {number}")
        Membership.objects.create(user=user, program=program, role="counselor")
    with django_assert_num_queries(4):  # type: ignore[operator]
        assert len(feeds.off_duty(program.pk)) == 7


def test_the_board_tells_when_somebody_was_called(
    program: Program, mio: User, ren: User, home: None, waiting: Session
) -> None:
    call(program, mio, ren)
    shown = {one["id"]: one["called_at"] for one in feeds.board(program.pk)["colleagues"]}
    assert shown[ren.pk] == CallIn.objects.get().called_at.isoformat()
    assert shown[mio.pk] is None
