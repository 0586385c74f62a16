"""What happens, told to the open pages as it happens."""

import asyncio
import json
from typing import Any

KEPT = 2000


class Subscriber:
    """One open page; a page too slow to keep up is told to fetch everything anew."""

    def __init__(self) -> None:
        self.waiting: list[str] = []
        self.bell = asyncio.Event()

    def put(self, line: str) -> None:
        """Queue one line for this page."""
        if len(self.waiting) >= KEPT:
            self.waiting = [json.dumps({"kind": "resync"})]
        self.waiting.append(line)
        self.bell.set()

    def take(self) -> list[str]:
        """All that waits."""
        taken, self.waiting = self.waiting, []
        self.bell.clear()
        return taken


class Live:
    """All open pages. With none open, telling costs nothing."""

    def __init__(self) -> None:
        self.subscribers: set[Subscriber] = set()

    def tell(self, kind: str, **facts: Any) -> None:
        """Tell every page."""
        if self.subscribers:
            line = json.dumps({"kind": kind} | facts, ensure_ascii=False)
            for subscriber in self.subscribers:
                subscriber.put(line)
