"""What a visitor agreed to, what an agency was told and what a letter says are hunted where nobody may read them."""

import pytest

from counseling.actions import referral_clock
from counseling.models import Referral
from tests.canaries import forms
from tests.conftest import confirm
from tests.counseling.actions.referred import day
from tests.permissions.asking import content
from tests.permissions.referred import CONSENTED, LETTERED, TOLD
from tests.permissions.test_whisper_hunt import Hunt, hunt, pushes_to_line, the_audit, the_board

__all__ = ["hunt"]
pytestmark = pytest.mark.django_db


def nothing_is_found(told: bytes) -> bool:
    return not any(text in told for words in (CONSENTED, TOLD, LETTERED) for text in forms(words).values())


def test_visitors_read_none_of_it(hunt: Hunt) -> None:
    answers = [hunt.sora.get(hunt.path(name)) for name in ("talk:page", "talk:state")]
    told = b"".join(content(answer) for answer in answers) + pushes_to_line(hunt)
    assert told
    assert nothing_is_found(told)


def test_log_audit_board_list_and_mails_hold_none_of_it(hunt: Hunt, mailoutbox: list[object]) -> None:
    Referral.objects.update(due_on=day(-9))
    referral_clock.watch()
    told = the_board(hunt) + the_audit(hunt) + content(hunt.staff("aoi").get(hunt.path("office:audit")))
    told += content(hunt.staff("mio").get(hunt.path("office:referrals")))
    told += content(hunt.staff("haru").get(hunt.path("api:session")))
    assert nothing_is_found(told)


def test_who_has_the_talk_reads_it_where_it_is_asked_for(hunt: Hunt) -> None:
    haru = hunt.staff("haru")
    page = content(haru.get(hunt.path("office:referral"))).decode()
    assert CONSENTED in page
    assert TOLD in page
    assert LETTERED not in page
    confirm(haru)
    assert LETTERED in content(haru.get(hunt.path("office:referral-letter-made"))).decode()
