"""Who reads along in a talk just now (SVが見ています), in all processes. Never stored: it lives as long as it is told.

Each process tells the others who of its own sockets reads along, at every change and again and again; what is not
told anew is forgotten. Only staff who may read the talk are told; its visitor listens to no such thing.
"""

import time
from collections.abc import Iterable

from counseling.events import WatchingFrame
from counseling.hub.wires import StaffWire, written


class Along:
    """Who reads along in one session: from sockets of this process, and as other processes tell."""

    def __init__(self, session_id: int, life: float) -> None:
        self._session_id, self._life = session_id, life
        self.here: frozenset[int] = frozenset()
        self._elsewhere: dict[str, tuple[frozenset[int], float]] = {}
        self._told: dict[StaffWire, frozenset[int]] = {}

    def hear(self, process: str, users: Iterable[int]) -> None:
        """Another process tells who reads along there."""
        self._elsewhere[process] = frozenset(users), time.monotonic() + self._life

    def tell(self, wires: Iterable[StaffWire]) -> None:
        """Tell each of these what it does not know yet; nobody is told of themselves."""
        now = time.monotonic()
        self._elsewhere = {process: one for process, one in self._elsewhere.items() if one[1] > now and one[0]}
        everybody = self.here.union(*(users for users, _until in self._elsewhere.values()))
        told = {wire: everybody - {wire.user_id} for wire in wires}
        for wire, who in told.items():
            if who != self._told.get(wire, frozenset()):
                frame: WatchingFrame = {"type": "watching", "session": self._session_id, "who": sorted(who)}
                wire.tell(written(frame))
        self._told = told
