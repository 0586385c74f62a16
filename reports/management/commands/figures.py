"""`manage.py figures [--program SLUG] [--first DATE] [--last DATE]`: count days anew, tell what differed."""

from argparse import ArgumentParser
from collections.abc import Iterator
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from counseling.models import Program
from reports.actions import days
from reports.days import DayKind
from reports.periods import DAY, Period, month_of


class Command(BaseCommand):
    """Days that are kept ready are counted anew as they change; this is for who wants to see that they are right."""

    help = "Count every day that is kept ready anew from the log; exit status 1 where one was kept otherwise"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """All programs and days, or some."""
        parser.add_argument("--program", default="", help="only this one, by the name in its address")
        parser.add_argument("--first", default="", help="from this day on, as 2027-03-31")
        parser.add_argument("--last", default="", help="to this day, itself included")

    def handle(self, *args: Any, **options: Any) -> None:
        """A month at a time, each by itself: who stops it keeps what was counted. Raises CommandError."""
        wanted = {"slug": options["program"]} if options["program"] else {}
        programs = Program.objects.filter(**wanted, practice=False).order_by("slug")
        if not programs:
            raise CommandError("No such program")
        differed = sum(self._recompute(program, options) for program in programs)
        if differed:
            raise CommandError(f"{differed} days were kept otherwise than the log says; they are right now")
        self.stdout.write("Every day was kept as the log says.")

    def _recompute(self, program: Program, options: dict[str, Any]) -> int:
        now, found = timezone.now(), 0
        whole = days.all_days(program, now)
        for period in _months(whole, _day(options["first"]), _day(options["last"])) if whole else ():
            self.stdout.write(f"{program.slug} {period.first} to {period.last}")
            for kind in DayKind:
                for one in days.recompute(program_id=program.pk, period=period, kind=kind, now=now):
                    self.stdout.write(f"  {one.day} ({one.kind} day): {', '.join(one.parts)}")
                    found += 1
        return found


def _day(told: str) -> date | None:
    try:
        return date.fromisoformat(told) if told else None
    except ValueError:
        raise CommandError("A day is told as 2027-03-31") from None


def _months(whole: Period, first: date | None, last: date | None) -> Iterator[Period]:
    at, end = max(whole.first, first or whole.first), min(whole.last, last or whole.last)
    while at <= end:
        month = Period(at, min(month_of(at).last, end))
        yield month
        at = month.last + DAY
