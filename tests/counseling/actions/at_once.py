"""Several deeds at the same moment, each on a connection of its own."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from django.db import connection


def at_once(*deeds: Callable[[], object], refusals: tuple[type[Exception], ...] = ()) -> list[str]:
    """What became of each: "done", or the name of the refusal."""
    barrier = Barrier(len(deeds))

    def reach(deed: Callable[[], object]) -> str:
        try:
            barrier.wait(60)
            deed()
        except refusals as error:
            return type(error).__name__
        finally:
            connection.close()
        return "done"

    with ThreadPoolExecutor(len(deeds)) as pool:
        return list(pool.map(reach, deeds))
