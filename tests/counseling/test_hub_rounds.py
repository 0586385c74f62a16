"""Who is at a console: a person counts once, however many tabs are open, until the last one is closed."""

import asyncio
from collections.abc import AsyncIterator

import pytest

from counseling.hub import rounds
from counseling.hub.rounds import People

HARU, REN = 1, 2
Kept = asyncio.Queue[list[int]]


@pytest.fixture
def people() -> People:
    """The consoles of this process."""
    return People()


@pytest.fixture
async def kept(people: People, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Kept]:
    """Whom each round kept present."""
    told: Kept = asyncio.Queue()
    loop = asyncio.get_running_loop()
    monkeypatch.setattr(rounds, "_keep", lambda ids: loop.call_soon_threadsafe(told.put_nowait, ids))
    round_after_round = asyncio.create_task(people.keep_present(0.02))
    yield told
    round_after_round.cancel()


async def test_two_tabs_are_one_person(people: People, kept: Kept) -> None:
    people.come(HARU)
    people.come(HARU)
    assert [await kept.get(), await kept.get()] == [[HARU], [HARU]]


async def test_who_closes_one_of_two_tabs_is_still_there(people: People, kept: Kept) -> None:
    people.come(HARU)
    people.come(HARU)
    await kept.get()
    people.go(HARU)
    assert [await kept.get(), await kept.get()] == [[HARU], [HARU]]


async def test_who_closes_the_last_tab_is_kept_no_longer(people: People, kept: Kept) -> None:
    people.come(HARU)
    people.come(REN)
    people.go(HARU)
    assert [await kept.get(), await kept.get()] == [[REN], [REN]]
