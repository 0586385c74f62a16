"""What stands on the stage: an agency, canned replies, Haru's published shift of tomorrow, what Haru asks of Ren."""

from datetime import timedelta

from django.db.models import Model
from django.utils import timezone

from accounts.models import User
from counseling import crypto
from counseling.actions import tokens
from counseling.agencies import Area, Entry
from counseling.machines import Event, Scope
from counseling.models import Agency, CannedReply, Program, Shift, ShiftPattern, ShiftRequest, Subscription


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
