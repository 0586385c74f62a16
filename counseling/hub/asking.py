"""Questions to the database from the event loop, answered by a few threads of the hub's own."""

import asyncio
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor, wait
from typing import Any, TypeVar, TypeVarTuple

from django.db import connection

# More threads would only wait for one another: the interpreter runs one at a time.
THREADS = 8
_threads = ThreadPoolExecutor(THREADS, thread_name_prefix="hub")
_open: set[Future[Any]] = set()

Given = TypeVarTuple("Given")
Answer = TypeVar("Answer")


async def ask(question: Callable[[*Given], Answer], *given: *Given) -> Answer:
    """What `question(*given)` answers, asked in a thread; its connection goes back to the pool."""
    asked = _threads.submit(_answer, lambda: question(*given))
    _open.add(asked)
    asked.add_done_callback(_open.discard)
    return await asyncio.wrap_future(asked)


async def all_answered() -> None:
    """Wait for questions whose askers are gone already: a thread cannot be interrupted."""
    await asyncio.to_thread(wait, set(_open))


def _answer(question: Callable[[], Answer]) -> Answer:
    try:
        return question()
    finally:
        connection.close()
