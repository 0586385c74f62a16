"""Words nobody else says, and every form in which they might stand somewhere: for tests that hunt them."""

import base64
import json
from uuid import uuid4


def canary(place: str) -> str:
    """Words nobody else says, in both kinds of letters."""
    return f"⟦{place}-秘密の言葉-{uuid4().hex}⟧"


def forms(words: str) -> dict[str, bytes]:
    """How these words might stand in a file or on a wire, without what stands at their ends."""
    utf8 = words.encode()
    middle = words[3:-3]
    return {
        "utf-8": middle.encode(),
        "utf-16-le": middle.encode("utf-16-le"),
        "utf-16-be": middle.encode("utf-16-be"),
        "hex": middle.encode().hex().encode(),
        "escaped": middle.encode("unicode-escape"),
        "json": json.dumps(middle)[1:-1].encode(),
        # Three alignments; the ends depend on what stands beside.
        **{f"base64+{shift}": base64.b64encode(b"\0" * shift + utf8)[8:-8] for shift in range(3)},
    }
