"""What the sweep's parts share: a step with each session that is due."""

import logging
from collections.abc import Callable, Iterable
from datetime import datetime

from django.db import DatabaseError, InterfaceError

logger = logging.getLogger(__name__)


def each(session_ids: Iterable[int], step: Callable[[int, datetime], int], now: datetime) -> int:
    """Take the step with each; one that fails holds up no other. How many steps were taken."""
    steps = 0
    for session_id in session_ids:
        try:
            steps += step(session_id, now)
        except (DatabaseError, InterfaceError):
            raise
        except Exception as error:  # noqa: BLE001 - its text may hold somebody's words
            logger.warning("no step with session %s: %s", session_id, type(error).__name__)
    return steps
