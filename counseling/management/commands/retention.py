"""`manage.py retention [--on DATE]`: what would go that night, by program and kind; nothing is changed."""

from argparse import ArgumentParser
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from counseling.feeds import keeping
from counseling.models import Program
from counseling.opening import TOKYO


class Command(BaseCommand):
    """The dry run of every program; the sweep takes what it shows between one and five o'clock in Japan."""

    help = "Show what retention would erase tonight, or in the night of a date, by program and kind"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """`--on`: another night than the next."""
        parser.add_argument("--on", default="", help="a date, as 2027-03-31")

    def handle(self, *args: Any, **options: Any) -> None:
        """Count, then tell. Raises CommandError."""
        try:
            day = date.fromisoformat(options["on"]) if options["on"] else None
        except ValueError:
            raise CommandError("--on takes a date as 2027-03-31") from None
        now = keeping.night_of(day) if day else keeping.next_night(timezone.now())
        for program in Program.objects.order_by("slug"):
            self.stdout.write(f"{program.slug} ({keeping.today(now)})")
            for due in keeping.dry_run(program, now):
                kept = "not agreed on" if due.days is None else f"{due.days} days"
                oldest = f", the oldest over since {due.oldest.astimezone(TOKYO):%Y-%m-%d}" if due.oldest else ""
                held = f", {due.held} kept by a legal hold" if due.held else ""
                self.stdout.write(f"  {due.kind:<10} {due.amount:>8}  ({kept}{oldest}{held})")
