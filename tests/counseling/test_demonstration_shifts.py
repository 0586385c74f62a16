"""The demonstration's rosters and agencies."""

from pathlib import Path

import pytest
from django.core.management import call_command
from django.utils import timezone
from pytest_django.fixtures import Settings

from counseling.models import Agency, Program, Shift, ShiftPattern


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
    assert all(program.agencies.count() >= 12 for program in Program.objects.all())
    assert Program.objects.get(slug="women").required_lines["mon"]["19"] == 4
