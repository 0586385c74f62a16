"""Questions to the database from the event loop, answered by a few threads of the hub's own."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar, TypeVarTuple

from django.db import connection

# More threads would only wait for one another: the interpreter runs one at a time.
THREADS = 8
_threads = ThreadPoolExecutor(THREADS, thread_name_prefix="hub")

Given = TypeVarTuple("Given")
Answer = TypeVar("Answer")


async def ask(question: Callable[[*Given], Answer], *given: *Given) -> Answer:
    """What `question(*given)` answers, asked in a thread; its connection goes back to the pool."""
    return await asyncio.get_running_loop().run_in_executor(_threads, _answer, question, *given)


def _answer(question: Callable[[*Given], Answer], *given: *Given) -> Answer:
    try:
        return question(*given)
    finally:
        connection.close()
