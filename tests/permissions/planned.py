"""What stands on the stage: an agency, canned replies, Haru's published shift of tomorrow, what Haru asks of Ren."""

from datetime import date, timedelta
from uuid import UUID

from django.db.models import Model
from django.utils import timezone

from accounts.models import User
from counseling import crypto
from counseling.actions import follow_ups, outreach, tokens
from counseling.agencies import Area, Entry
from counseling.follow_ups import Wanted
from counseling.machines import Event, Scope
from counseling.models import (
    Agency,
    CannedReply,
    Channel,
    Erasure,
    Hold,
    PhoneTransfer,
    Program,
    Session,
    Shift,
    ShiftPattern,
    ShiftRequest,
    Subscription,
    Visitor,
)
from reports.models import ReportRun

# What leads to who is called: shown on one page alone.
RUN, SMALL = 1, "この月は3件⟦small⟧"
NUMBERED, WISHED = "09053112478", "夫が出たら切って⟦wish⟧"
# What a follow-up is about: for its owner, its maker, supervisors.
FOLLOWED = "フォローの言葉⟦follow⟧"
# Why somebody is to go, for who asked and supervisors; where to, on one page alone.
VISITED, LIVES = "訪問のわけ⟦visit⟧", "訪問する場所⟦lives⟧"


def plan(program: Program, people: dict[str, User]) -> dict[str, object]:
    """The ids that addresses are made with."""
    now = timezone.now().replace(minute=0, second=0, microsecond=0)
    shift = Shift.objects.create(
        program=program,
        user=people["haru"],
        starts_at=now + timedelta(days=1),
        ends_at=now + timedelta(days=1, hours=4),
        published_at=now,
    )
    token, _key = tokens.make(
        program_id=program.pk, by=people["aoi"], name="planned", scopes=[Scope.HOURS], life=timedelta(days=1)
    )
    pattern = ShiftPattern.objects.create(program=program, name="夜", starts=1140, ends=1380)
    asked = ShiftRequest.objects.create(
        shift=shift, kind="substitute", asked_by=people["haru"], to=people["ren"], state="open"
    )
    agency = Agency(program=program)
    agency.put(Entry("△△警察署", "police", Area("神奈川県")))
    agency.save()
    # Nothing is ever sent there: it is inside.
    place = Subscription(program=program, url="https://10.0.0.1/", events=[Event.RISK_RAISED], made_by=people["aoi"])
    place.secret = crypto.seal_house(b"secret", place.place)
    place.save()
    own, reply = (
        CannedReply.objects.create(program=program, owner=owner, shortcut=word, title=word, body=word)
        for owner, word in ((people["haru"], "own"), (None, "ours"))
    )
    released_report(program, people["aoi"])
    made: dict[str, Model] = {"shift_id": shift, "pattern_id": pattern, "request_id": asked, "agency_id": agency}
    made |= {"token_id": token, "subscription_id": place, "reply_id": reply, "own_reply_id": own}
    made |= kept(program, people["aoi"])
    return {name: one.pk for name, one in made.items()} | {"run_number": RUN, "own_sheet_id": 1}


def released_report(program: Program, by: User) -> None:
    """A frozen report that the officer may see; what it holds for the house alone, nobody else does."""
    march = date(2026, 3, 1)
    told = {"title": "実施報告書", "facts": [], "period": ["2026-03-01", "2026-03-31"], "sentences": [], "notes": []}
    ReportRun.objects.create(
        program=program, number=RUN, first=march, last=march.replace(day=31), day="calendar", language="ja",
        stage="made", asked_by=by, made_at=timezone.now(), released_at=timezone.now(), released_by=by,
        published_at=timezone.now(), published_by=by,
        content=told | {"tables": [], "sentences": [SMALL]}, public=told | {"tables": []},
    )  # fmt: skip


def kept(program: Program, aoi: User) -> dict[str, Model]:
    """A legal hold that somebody else placed and that is over in a day, and somebody who was erased."""
    other = User.objects.create(email="emi@example.jp", name="Emi")
    hold = Hold(program=program, by=other, until=timezone.localdate())
    hold.seal("reason", "訴訟のため")
    hold.save()
    channel = Channel.objects.filter(program=program).earliest("pk")
    gone = Visitor.objects.create(program=program, channel=channel, pseudonym="Z9Z9", identity_hash="9" * 64)
    now = timezone.now()
    erased = Erasure.objects.create(program=program, visitor=gone, why="request", by=aoi, finished_at=now)
    return {"hold_id": hold, "erasure_id": erased}


def promised(session: Session, haru: User) -> PhoneTransfer:
    """A call that Sora was promised."""
    now = timezone.now()
    times = {"slot_from": now, "slot_until": now + timedelta(minutes=30), "forget_at": now + timedelta(hours=2)}
    call = PhoneTransfer(session=session, kind="call_back", stage="agreed", offered_by=haru, agreed_at=now, **times)
    call.put("number", session.visitor.key(), NUMBERED)
    call.put("wishes", session.visitor.key(), WISHED)
    call.save()
    return call


def followed(session: Session, haru: User) -> dict[str, object]:
    """Haru will ask after Sora, and has asked that somebody goes there."""
    wanted = Wanted(FOLLOWED, timezone.localdate() + timedelta(days=1), owner_id=haru.pk)
    made = follow_ups.make(session_id=session.pk, by=haru, wanted=wanted, client_id=UUID(int=9))
    asked = outreach.Request(VISITED, VISITED, timezone.now(), LIVES)
    visit = outreach.request(session_id=session.pk, by=haru, asked=asked, client_id=UUID(int=10))
    return {"follow_up_id": made.pk, "outreach_id": visit.pk}
