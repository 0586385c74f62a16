"""A program's board: one snapshot a process, and the differences to all who watch it."""

import asyncio
import secrets
from typing import TypeVar

from counseling import events, feeds, permissions
from counseling.events import Board, BoardFrame, Colleague, SessionView
from counseling.hub.asking import ask
from counseling.hub.topic import StaffTopic
from counseling.hub.wires import written

# A serial of one process means nothing to another: each starts somewhere else. JavaScript counts to 2^53.
SERIAL_BITS = 48


class BoardTopic(StaffTopic[int | None]):
    """The board for those who may watch it. A cursor is the serial told last; None: not told yet."""

    name = "board"
    _snapshot: Board | None = None
    _serial = 0
    _rest: asyncio.TimerHandle | None = None

    @property
    def group(self) -> str:
        """What is rung for it."""
        return events.board_group(self.id)

    @property
    def pause(self) -> float:
        """Several changes make one frame."""
        return self.hub.pace.board_pause

    def is_behind(self, head: int | None) -> bool:
        """Never: it looks by itself every few seconds."""
        return False

    def may_watch(self, users: set[int]) -> set[int]:
        """Whoever watches over the program."""
        return permissions.watchers(self.id, users)

    async def read(self) -> None:
        """Tell what is new."""
        users = {wire.user_id for wire in self.watchers}
        allowed, board = await ask(board_now, self.id, users, self._snapshot)
        base, difference = self._take(board)
        all_of_it = ""
        for wire, held in list(self.watchers.items()):
            if wire.user_id in users and wire.user_id not in allowed:
                self.deny(wire)
            elif board and wire.user_id in allowed and held != self._serial:
                if not (follows := difference and held == base):
                    all_of_it = all_of_it or written(whole(board))
                wire.tell(difference if follows else all_of_it)
                self.watchers[wire] = self._serial
        self._rest_then_look()

    def _take(self, board: Board | None) -> tuple[int | None, str]:
        """Hold `board` from now on. Returns the serial before and the difference to it, empty where there is none."""
        before, base = self._snapshot, self._serial
        if board is None:
            return None, ""
        if before is None:
            self._serial = secrets.randbits(SERIAL_BITS)
        elif not differs(before, board):
            board["serial"] = base
            return None, ""
        else:
            self._serial += 1
        board["serial"] = self._serial
        self._snapshot = board
        return (base, written(difference_of(before, board))) if before else (None, "")

    def _rest_then_look(self) -> None:
        """Presence runs out and hours begin without a ring."""
        if self._rest:
            self._rest.cancel()
        self._rest = asyncio.get_running_loop().call_later(self.hub.pace.board_rest, self.ring)


def board_now(program_id: int, users: set[int], known: Board | None) -> tuple[set[int], Board | None]:
    """Who of `users` may watch the board, and the board where anybody may."""
    allowed = permissions.watchers(program_id, users)
    return allowed, feeds.board(program_id, known) if allowed else None


T = TypeVar("T", SessionView, Colleague)


def _differences(before: list[T], now: list[T]) -> tuple[list[T], list[int]]:
    """What is new or other than before, and the ids of what is gone."""
    known = {one["id"]: one for one in before}
    # Most are the very same rows: comparing each with itself would cost more than all the rest.
    pairs = [(known.pop(one["id"], None), one) for one in now]
    return [one for old, one in pairs if old is not one and old != one], list(known)


def differs(before: Board, now: Board) -> bool:
    """Whether anything but the time is different."""
    return _compared(before) != _compared(now)


def _compared(board: Board) -> tuple[object, ...]:
    return board["reception"], board["colleagues"], board["trouble"], board["last_note"], board["sessions"]


def difference_of(before: Board, now: Board) -> BoardFrame:
    """What makes `now` out of `before`."""
    sessions = _differences(before["sessions"], now["sessions"])
    return _frame(now, before["serial"], sessions, _differences(before["colleagues"], now["colleagues"]))


def whole(board: Board) -> BoardFrame:
    """All of a board, for one who holds nothing of it."""
    return _frame(board, None, (board["sessions"], []), (board["colleagues"], []))


def _frame(
    board: Board,
    base: int | None,
    sessions: tuple[list[SessionView], list[int]],
    people: tuple[list[Colleague], list[int]],
) -> BoardFrame:
    (changed, gone), (colleagues, left) = sessions, people
    return {
        "type": "board",
        "program": board["program"],
        "base": base,
        "serial": board["serial"],
        "reception": board["reception"],
        "changed": changed,
        "gone": gone,
        "colleagues": colleagues,
        "left": left,
        "trouble": board["trouble"],
        "last_note": board["last_note"],
        "at": board["at"],
    }
