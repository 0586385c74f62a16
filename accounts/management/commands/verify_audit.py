"""`manage.py verify_audit [--head HASH]`: walks the audit log and names the first row that is not as it was written."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from accounts import audit


class Command(BaseCommand):
    """Keep the head it prints somewhere else and ask for it next time with `--head`: so a cut end is found, too."""

    help = "Verify the audit log's chain; exit status 1 and the first bad row if something was altered"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """`--head`: the hash that an earlier run printed."""
        parser.add_argument("--head", default="", help="a head noted earlier, which must still be in the log")

    def handle(self, *args: Any, **options: Any) -> None:
        """Walk, then tell. Raises CommandError."""
        try:
            found = audit.verify(noted=options["head"])
        except audit.Broken as broken:
            raise CommandError(str(broken)) from None
        self.stdout.write(f"{found.count} rows, the chain holds.")
        self.stdout.write(f"head {found.head}")
