"""What stands on the stage: an agency, canned replies, Haru's published shift of tomorrow, what Haru asks of Ren."""

from datetime import timedelta

from django.db.models import Model
from django.utils import timezone

from accounts.models import User
from counseling import crypto
from counseling.actions import tokens
from counseling.agencies import Area, Entry
from counseling.machines import Event, Scope
from counseling.models import (
    Agency,
    CannedReply,
    PhoneTransfer,
    Program,
    Session,
    Shift,
    ShiftPattern,
    ShiftRequest,
    Subscription,
)

# What leads to who is called: shown on one page alone.
NUMBERED, WISHED = "09053112478", "夫が出たら切って⟦wish⟧"


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
    made: dict[str, Model] = {"shift_id": shift, "pattern_id": pattern, "request_id": asked, "agency_id": agency}
    made |= {"token_id": token, "subscription_id": place, "reply_id": reply, "own_reply_id": own}
    return {name: one.pk for name, one in made.items()}


def promised(session: Session, haru: User) -> PhoneTransfer:
    """A call that Sora was promised."""
    now = timezone.now()
    times = {"slot_from": now, "slot_until": now + timedelta(minutes=30), "forget_at": now + timedelta(hours=2)}
    call = PhoneTransfer(session=session, kind="call_back", stage="agreed", offered_by=haru, agreed_at=now, **times)
    call.put("number", session.visitor.key(), NUMBERED)
    call.put("wishes", session.visitor.key(), WISHED)
    call.save()
    return call
