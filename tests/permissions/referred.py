"""A referral on the stage: Haru telephoned an agency, as Sora had agreed, and a letter was made."""

from uuid import UUID

from accounts.models import User
from counseling.actions import letters
from counseling.actions.letters import Writing
from counseling.models import Session
from tests.counseling.actions.referred import contacted, refer

CONSENTED, TOLD, LETTERED = "伝えてよいという言葉⟦consent⟧", "機関に伝えた言葉⟦told⟧", "紹介状の言葉⟦letter⟧"


def referred(session: Session, haru: User) -> dict[str, object]:
    """What Sora agreed to, what was told, and what stands in the letter carry marks; the ids of addresses."""
    made = refer(session, haru, contacted(haru, consent=CONSENTED, told=TOLD))
    writing = Writing({"items": {"name": LETTERED}, "request": LETTERED, "care": ""}, approved=True)
    letter, _new = letters.make(referral_id=made.pk, by=haru, client_id=UUID(int=9), seen=1, writing=writing)
    return {"referral_id": made.pk, "number": letter.number}
