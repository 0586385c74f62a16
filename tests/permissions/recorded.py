"""The record on the stage: what its program asks, and what Haru has begun to write."""

from accounts.models import User
from counseling.actions import editions, records
from counseling.forms import Form, Kind, Question
from counseling.models import Part, Program, Session
from counseling.recording import Written

RECORD = Form((Question("summary", Kind.LONG_TEXT, {"ja": "概要"}),))
RECORDED = "記録の言葉⟦record⟧"


def begin_records(program: Program, haru: User) -> None:
    """The program asks for a summary, and a draft of one stands in each of Haru's talks."""
    editions.put_in_force(program, Part.RECORD, RECORD.to_json(), by=None)
    program.save(update_fields=["editions"])
    for pk in Session.objects.filter(program=program, counselor=haru).values_list("pk", flat=True):
        written = Written({"summary": [RECORDED]}, "valid")
        records.keep_draft(session_id=pk, by=haru, written=written, form=1, revision=0)
