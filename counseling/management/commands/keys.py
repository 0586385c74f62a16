"""`manage.py keys [--prepare]`: whether every visitor's key opens with its half in the vault."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from counseling import vault
from counseling.actions import key_shares


class Command(BaseCommand):
    """Run it after a restore, after moving the vault, and every month."""

    help = "Check that every visitor's key opens with its half in the key vault; exit status 1 where one is lost"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """`--prepare`: once, at the first start."""
        parser.add_argument("--prepare", action="store_true", help="make KEYS_DIR a vault, where the database has none")

    def handle(self, *args: Any, **options: Any) -> None:
        """Look, then tell. Raises CommandError."""
        if options["prepare"]:
            self._prepare()
        found = key_shares.examine()
        for state, count in sorted(found.items()):
            self.stdout.write(f"{count:>8}  {state}")
        if lost := sum(found[state] for state in key_shares.LOST):
            raise CommandError(f"{lost} keys do not open: is KEYS_DIR ({settings.KEYS_DIR}) the right volume?")
        self.stdout.write(f"The vault {settings.KEYS_DIR} holds.")

    def _prepare(self) -> None:
        try:
            key_shares.prepare()
        except vault.NotAVault as error:
            raise CommandError(f"The database names halves that are not in {error}: mount their volume.") from None
