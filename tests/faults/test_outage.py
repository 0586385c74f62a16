"""R18: while the database is away everybody is told so at once, and when it is back so is the house."""

from uuid import uuid4

from counseling.models import Channel
from tests.counseling.gateways.line.posting import text_event
from tests.faults.doors import Answer, Doors
from tests.faults.faultproxy import FaultProxy
from tests.servers import Daphne

# Long enough that tries with growing pauses between them would come far apart.
ROUNDS_AWAY = 3


def every_door(doors: Doors, number: int) -> list[Answer]:
    """The front door, a visitor's words, the console's API, and LINE's webhook."""
    return [
        doors.ask("GET", "/"),
        doors.visitor_says(uuid4(), "もしもし"),
        doors.staff("GET", "me"),
        doors.webhook(text_event("もしもし", number)),
    ]


def test_away_is_said_at_once_and_back_is_back(
    doors: Doors, postgres: FaultProxy, line_channel: Channel, web: Daphne
) -> None:
    assert [answer.status for answer in every_door(doors, 1)] == [200, 409, 200, 200]
    logged = len(web.output())
    postgres.down()
    try:
        away = [answer for number in range(ROUNDS_AWAY) for answer in every_door(doors, number)]
    finally:
        postgres.up()
    assert {answer.status for answer in away} == {503}
    assert all(b"Traceback" not in answer.body and b"<style>" not in answer.body for answer in away)
    refused = 0
    while doors.staff("GET", "me").status != 200:
        refused += 1
        assert refused < 4, "the pool waits as long again as the database was away"
    assert "Traceback" not in web.output()[logged:]


def test_a_slow_line_to_the_database_only_slows(doors: Doors, postgres: FaultProxy) -> None:
    postgres.latency = 0.02
    try:
        assert {doors.staff("GET", "me").status for _time in range(3)} == {200}
    finally:
        postgres.latency = 0.0
