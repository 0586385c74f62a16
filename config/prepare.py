"""Brings the database up to date: migrations, and the demonstration when there is nobody yet.

Writes who may sign in to VAR/who.txt, for `make run` to print.
"""

import io
import os

import django
from django.core.management import call_command

from config import embedded


def main() -> None:
    """Migrate, seed when empty, and note who may sign in."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    from django.contrib.auth import get_user_model

    call_command("migrate", interactive=False, verbosity=1)
    if not get_user_model()._default_manager.exists():
        call_command("seed")
    who = io.StringIO()
    call_command("seed", who=True, stdout=who)
    (embedded.VAR / "who.txt").write_text(who.getvalue())


if __name__ == "__main__":
    main()
