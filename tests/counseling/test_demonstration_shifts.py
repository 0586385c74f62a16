"""The demonstration's rosters and agencies, and the programs that are over."""

from datetime import date
from pathlib import Path

import pytest
from django.core.management import call_command
from django.utils import timezone
from pytest_django.fixtures import Settings

from counseling.models import Agency, Program, Shift, ShiftPattern

CHILDREN = "神奈川県内(政令市・中核市を除く)の子どもと保護者"
FEBRUARY = date(2019, 2, 1)
# As the founding report has them (domain.md §1).
FINISHED = [
    (
        "大阪北部地震 心のケア LINE相談",
        "ボランティア",
        date(2018, 6, 22),
        date(2018, 7, 1),
        "大阪北部地震で被災された方",
    ),
    ("西日本豪雨 心のケア LINE相談", "ボランティア", date(2018, 7, 20), date(2018, 8, 19), "西日本豪雨で被災された方"),
    ("かながわ児童虐待防止相談LINE", "神奈川県", FEBRUARY, date(2019, 2, 28), CHILDREN),
    ("かながわひとり親家庭相談LINE", "神奈川県", FEBRUARY, date(2019, 2, 19), "神奈川県内のひとり親家庭の方"),
    ("かながわ女性のための相談LINE", "神奈川県", FEBRUARY, date(2019, 2, 14), "神奈川県内にお住まいの女性"),
    ("自殺防止 SNS相談", "厚生労働省", date(2019, 3, 1), date(2019, 3, 31), "死にたい、消えたいという気持ちを抱える方"),
]


@pytest.mark.django_db
def test_loading_the_demonstration_twice_changes_nothing(settings: Settings, tmp_path: Path) -> None:
    settings.DEBUG, settings.VAR = True, tmp_path
    counts = []
    for _time in range(2):
        call_command("seed", verbosity=0)
        counts.append((Shift.objects.count(), ShiftPattern.objects.count(), Agency.objects.count()))
    assert counts[0] == counts[1]
    assert Shift.objects.filter(published_at__lte=timezone.now()).exists()
    assert Shift.objects.filter(published_at=None).exists()
    closed = Program.objects.filter(stage="closed").order_by("starts_on", "slug")
    assert list(closed.values_list("name", "commissioner", "starts_on", "ends_on", "audience")) == FINISHED
    assert all(program.agencies.count() >= 12 for program in Program.objects.all())
    assert Program.objects.get(slug="women").required_lines["mon"]["19"] == 4
