"""`manage.py docs`: write the documents made from code; `--check` fails when one is stale."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from counseling.management import documents


class Command(BaseCommand):
    """Writes docs/generated and static/src/protocol.ts."""

    help = "Write the documents made from code"
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        """`--check` only compares."""
        parser.add_argument("--check", action="store_true", help="fail when a document is stale, write nothing")

    def handle(self, *args: Any, **options: Any) -> None:
        """Write, or compare."""
        if options["check"]:
            names = [path.name for path in documents.stale()]
            if names:
                raise CommandError(f"stale: {', '.join(names)}: run `make docs`")
            return
        for path in documents.write():
            self.stdout.write(f"wrote {path.name}")
