"""Bad and difficult input with its expected outcome: `load("c1")`, "c2", "c5", "c7".

The `*.jsonl` files are written by `python -m tests.corpus.write` from the readable modules beside this one. One JSON
object a line: `name`, `outcome`, and according to the corpus

- `bytes` (C1, C2): base64; with `times`, `before`, `after` (base64) long input is `before + times × bytes + after`.
  C1 is text in UTF-8. Outcome: `units` (UTF-16 units), `clean` ("same" or the code with which typed words are
  refused), `repair` (always "same": received words stay byte-identical).
  C2 is a JSON request body. Outcome: `door` and `code`: "json" → `parse_object` refuses it, "text" → `clean` refuses
  its `text`, "id" → `strict_int` refuses its `id`, "uuid" → `strict_uuid` refuses its `id`; `repaired`: what
  `repair` makes of the `text`, where it is a string.
- `frames` (C5): what a client sends after the handshake, each `{opcode, payload (base64), fin, rsv, masked, times,
  repeat, deflated, length}`; `wire()` makes its bytes, to be sent `times` times. The payload is taken `repeat` times,
  then `deflated`; `length` is a length which the header claims in place of the true one.
  `handshake` (may be absent): `headers` (name and value, in place of the right ones), `origin` in place of the right
  one (null: none, a list: several headers; {origin}, {scheme}, {host} and {port} stand for the server's own),
  `pipelined` (frames follow the request without waiting for its answer), `reads` false (the client never reads),
  `per_second` (the pace of `times`).
  Outcome: `handshake` "accepted" or "refused" (any 4xx, or the line is cut); `close`: the codes of which the server may
  choose one, where 0 is: the line stays open and a protocol ping is answered, and 1006: it is cut without a code.
  Never a traceback, never a message stored.
- `requests` (C7): one after the other on an empty house whose program is open, in LINE talk mode. Each: `bytes`
  (base64; `times`, `before`, `after` as above), `signature` ("right", or see `webhooks.py`), `channel` ("first" or
  "second"; both belong to destination U000…), `at_once` (sent together with the one before), `erase_first` (the
  person is erased before it).
  Outcome: `statuses`, one a request; `kept`: how many inbound events there are in the end; `kinds`: their types in
  order (null: none that is a word); `unreadable`: the places in `kinds` of events that staff see as unreadable;
  `messages`: how many messages of visitors arise, tombstones included; `texts`: the words that can be read in the
  end, in order (absent: no promise); `sent`: how much may be sent to LINE (absent: no promise); `lenient`: where a
  request is refused (400), nothing of it need be kept.
  Where the design leaves a choice, a list holds all good answers: `statuses: [[200, 400]]`, `messages: [0, 1]`,
  `unreadable: [[1], []]`.
"""

from __future__ import annotations

import json
import zlib
from base64 import b64decode
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent
MASK = bytes(4)  # a mask of zeros leaves the payload as it is


@dataclass(frozen=True)
class Case:
    """One line of a corpus; see the module for the fields of each."""

    name: str
    outcome: dict[str, Any]
    content: bytes = b""
    frames: tuple[dict[str, Any], ...] = ()
    handshake: dict[str, Any] = field(default_factory=dict)
    requests: tuple[dict[str, Any], ...] = ()


def load(corpus: str) -> list[Case]:
    """The cases of "c1", "c2", "c5" or "c7"; each request of C7 has its whole body as `body` (bytes)."""
    lines = (FOLDER / f"{corpus}.jsonl").read_text(encoding="utf-8").splitlines()
    return [_case(json.loads(line)) for line in lines]


def content(stored: dict[str, Any]) -> bytes:
    """The bytes of a stored piece: `before`, then `bytes` so many `times`, then `after`."""
    before, unit, after = (b64decode(stored.get(part, "")) for part in ("before", "bytes", "after"))
    return before + unit * int(stored.get("times", 1)) + after


def wire(frame: dict[str, Any]) -> bytes:
    """One WebSocket frame (RFC 6455, 5.2) as a client writes it; `times` is the sender's affair."""
    payload = b64decode(frame.get("payload", "")) * int(frame.get("repeat", 1))
    if frame.get("deflated"):
        payload = _deflated(payload)
    masked = bool(frame.get("masked", True))
    first = (0x80 if frame.get("fin", True) else 0) | (int(frame.get("rsv", 0)) << 4) | int(frame["opcode"])
    length = int(frame.get("length", len(payload)))
    mask_bit = 0x80 if masked else 0
    if length < 126:
        header = bytes([first, mask_bit | length])
    elif length < 2**16:
        header = bytes([first, mask_bit | 126]) + length.to_bytes(2)
    else:
        header = bytes([first, mask_bit | 127]) + length.to_bytes(8)
    return header + (MASK if masked else b"") + payload


def _deflated(payload: bytes) -> bytes:
    """As permessage-deflate sends it (RFC 7692): raw, without the closing 00 00 FF FF."""
    deflate = zlib.compressobj(9, zlib.DEFLATED, -15)
    return (deflate.compress(payload) + deflate.flush(zlib.Z_SYNC_FLUSH))[:-4]


def _case(stored: dict[str, Any]) -> Case:
    return Case(
        name=stored["name"],
        outcome=stored["outcome"],
        content=content(stored),
        frames=tuple(stored.get("frames", ())),
        handshake=stored.get("handshake", {}),
        requests=tuple({**request, "body": content(request)} for request in stored.get("requests", ())),
    )
