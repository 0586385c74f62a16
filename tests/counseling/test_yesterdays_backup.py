"""Yesterday's backup, restored with the same keys: who was erased today stays erased, and nobody else is lost."""

from pathlib import Path

import pytest

from accounts.models import User
from counseling.actions import erasures, visits
from counseling.models.keeping import Checked, Why
from tests import backups
from tests.conftest import SORA, Say


@pytest.mark.django_db(transaction=True)
def test_who_was_erased_today_does_not_open_from_yesterdays_backup(tmp_path: Path, sora_says: Say, aoi: User) -> None:
    other = "U" + "0b" * 16
    erased = sora_says("消してほしいことば").visitor
    sora_says("別の方のことば", identity=other)
    yesterday = tmp_path / "backup.dump"
    backups.dump(yesterday)
    with backups.restored(yesterday) as database:
        assert backups.words_in(database) == [SORA, "消してほしいことば", other, "別の方のことば"]
        visits.leave(channel_id=erased.channel_id, identity=SORA)
        erasures.erase(visitor_id=erased.pk, by=aoi, why=Why.REQUEST, checked=Checked.TALK)
        assert backups.words_in(database) == [other, "別の方のことば"]
    with backups.restored(yesterday) as again:
        assert backups.words_in(again) == [other, "別の方のことば"]
