"""What a client does with what it is told, in Python: the law that static/src's stores keep too.

Upsert by version; an older one changes nothing.
"""

from typing import Any

State = dict[str, Any]


def _upsert(rows: list[State], row: State, key: str) -> list[State]:
    known = next((one for one in rows if one[key] == row[key]), None)
    if known and known["version"] >= row["version"]:
        return rows
    return sorted([*(one for one in rows if one is not known), row], key=lambda one: int(one[key]))


def session_after(state: State, told: list[Any]) -> State:
    """A SessionState after EventViews, as its reader sees it."""
    for event in told:
        if event["header"]["version"] > state["header"]["version"]:
            state = state | {"header": event["header"]}
        if event["message"]:
            state = state | {"messages": _upsert(state["messages"], event["message"], "seq")}
        if event["note"]:
            state = state | {"notes": _upsert(state["notes"], event["note"], "id")}
        if event["whisper"]:
            state = state | {"whispers": _upsert(state["whispers"], event["whisper"], "id")}
        if event["proposal"]:
            rows = _upsert(state["proposals"], event["proposal"], "id")
            state = state | {"proposals": [one for one in rows if one["decision"] in {"pending", "returned"}]}
        state = state | {"upto": max(state["upto"], event["version"])}
    return state


def talk_after(state: State, told: list[Any], upto: int) -> State:
    """A TalkState after TalkEvents."""
    for event in told:
        if event["message"]:
            state = state | {"messages": _upsert(state["messages"], event["message"], "seq")}
        if event["version"] > state["header"]["version"]:
            state = state | {"header": event["header"]}
    return state | {"upto": max(state["upto"], upto)}


def board_after(board: State, frame: State) -> State:
    """A Board after a BoardFrame; one that belongs to another serial changes nothing."""
    if frame["base"] is not None and frame["base"] != board["serial"]:
        return board
    held = {"sessions": [], "colleagues": []} if frame["base"] is None else board
    same = {name: frame[name] for name in ("program", "serial", "reception", "trouble", "last_note", "at")}
    return same | {
        "sessions": _differing(held["sessions"], frame["changed"], frame["gone"]),
        "colleagues": _differing(held["colleagues"], frame["colleagues"], frame["left"]),
    }


def _differing(rows: list[State], changed: list[State], gone: list[int]) -> list[State]:
    kept = {one["id"]: one for one in rows if one["id"] not in gone} | {one["id"]: one for one in changed}
    return [kept[pk] for pk in sorted(kept)]


def seen(state: State) -> State:
    """A talk as all its readers see it; drafts, what was read and the summary are each person's own.

    While words are on their way to LINE, how often that was tried is told with the outcome and not before.
    """
    return {name: state[name] for name in ("header", "upto", "notes", "whispers", "proposals")} | {
        "messages": [message | {"delivery": _settled(message["delivery"])} for message in state["messages"]]
    }


def _settled(delivery: State | None) -> State | None:
    on_its_way = delivery and delivery["state"] in {"queued", "sending"}
    return {"id": delivery["id"], "state": "on its way"} if delivery and on_its_way else delivery


def told_to_visitor(state: State) -> State:
    """A TalkState as far as its log tells it: the place in the queue comes by frames of its own."""
    header = {name: state["header"][name] for name in ("state", "end_reason", "phone")}
    return {"session": state["session"], "header": header, "messages": state["messages"], "upto": state["upto"]}
