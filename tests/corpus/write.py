"""Writes the corpora from their readable sources: `python -m tests.corpus.write`."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from tests.corpus import FOLDER, frames, refused, webhook_events, webhook_stories, words

SOURCES: dict[str, Callable[[], list[dict[str, Any]]]] = {
    "c1": words.cases,
    "c2": refused.cases,
    "c5": frames.cases,
    "c7": lambda: [*webhook_events.cases(), *webhook_stories.cases()],
}


def lines(corpus: str) -> str:
    """The whole file of a corpus."""
    return "".join(json.dumps(case, ensure_ascii=True) + "\n" for case in SOURCES[corpus]())


def main() -> None:
    for corpus in SOURCES:
        (FOLDER / f"{corpus}.jsonl").write_text(lines(corpus), encoding="utf-8")


if __name__ == "__main__":
    main()
