"""On the stage, Sora on the page and Sora on LINE are seen as one person."""

from accounts.models import User
from counseling.actions import merging
from counseling.models import Session
from counseling.models.merge import MergeReason
from tests.counseling.arranged import write


def merged(one: Session, other: Session, mio: User, how: str) -> dict[str, object]:
    """The id that addresses are made with. How to answer each of the two stands there, too."""
    for visitor in (one.visitor, other.visitor):
        write(visitor, mio, how)
    made, _new = merging.merge(
        visitor_id=one.visitor_id, other_id=other.visitor_id, reason=MergeReason.SAID, by=mio
    )  # fmt: skip
    return {"merge_id": made.pk}
