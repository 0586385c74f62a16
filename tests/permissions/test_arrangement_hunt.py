"""What is arranged for a visitor, and why, is hunted where decisions are told, and where they keep somebody out."""

from datetime import timedelta

import pytest
from django.utils import timezone

from counseling.actions import messages
from counseling.models import Block, Message, Session
from tests.canaries import forms
from tests.conftest import SORA
from tests.counseling.arranged import agree, block
from tests.permissions.asking import content
from tests.permissions.stage import APPROACHED, REASONED
from tests.permissions.test_whisper_hunt import Hunt, hunt, pushes_to_line, the_audit, the_board

__all__ = ["hunt"]
pytestmark = pytest.mark.django_db


def being_kept_out(hunt: Hunt) -> bytes:
    """What a visitor reads on the page and on LINE who is blocked and has used up what was agreed."""
    stage, mio = hunt.stage, hunt.stage.people["mio"]
    visitor, on_line = stage.session.visitor, stage.line_session.visitor
    for one in (visitor, on_line):
        agree(one, mio, reason=REASONED, told=REASONED)
        block(one, mio, reason=REASONED)
    Session.objects.update(state="closed", ended_at=timezone.now() - timedelta(hours=1))
    start = {"consent": "on", "terms_version": "0", "line": "いますか"}
    answers = [hunt.sora.post(hunt.path("talk:start"), start)]
    answers += [hunt.sora.get(hunt.path(name)) for name in ("talk:turned_away", "talk:page", "talk:state")]
    assert Block.objects.get(visitor=visitor).times == 1
    messages.receive(channel_id=stage.line.pk, identity=SORA, text="いますか", external_id="kept out")
    assert Message.objects.filter(session__visitor=on_line, auto_key="barred").exists()
    return b"".join(content(answer) for answer in answers) + pushes_to_line(hunt)


def decisions_in_log_and_audit(hunt: Hunt) -> bytes:
    """What everybody on the program and the administrator learn of what was decided."""
    mio, visitor = hunt.stage.people["mio"], hunt.stage.session.visitor
    agree(visitor, mio, reason=REASONED, told=REASONED)
    block(visitor, mio, reason=REASONED)
    return the_board(hunt) + the_audit(hunt) + content(hunt.staff("aoi").get(hunt.path("office:audit")))


def nothing_is_found(told: bytes) -> bool:
    return not any(text in told for words in (APPROACHED, REASONED) for text in forms(words).values())


def test_who_is_kept_out_reads_none_of_it(hunt: Hunt) -> None:
    told = being_kept_out(hunt)
    assert told
    assert nothing_is_found(told)


def test_log_audit_and_board_hold_none_of_it(hunt: Hunt) -> None:
    told = decisions_in_log_and_audit(hunt)
    assert told
    assert nothing_is_found(told)


def test_who_has_the_talk_reads_how_to_answer(hunt: Hunt) -> None:
    """And nowhere but where it is asked for: neither in the talk's own state nor on its socket's feed."""
    assert APPROACHED in hunt.staff("haru").get(hunt.path("api:approach")).json()["text"]
    told = hunt.staff("haru").get(hunt.path("api:session")).content
    assert nothing_is_found(told)
