"""Whether LINE itself sent a webhook. Source: LINE Messaging API reference, "Signature validation"."""

import base64
import hashlib
import hmac
from collections.abc import Iterable


def signature(secret: str, body: bytes) -> bytes:
    """What LINE writes into x-line-signature for these raw bytes."""
    return base64.b64encode(hmac.new(secret.encode(), body, hashlib.sha256).digest())


def is_signed(body: bytes, given: str, secrets: Iterable[str]) -> bool:
    """Whether one of the secrets signed these bytes. Every secret is tried, in constant time each."""
    candidate = given.encode("utf-8", "surrogatepass")
    fitting = [hmac.compare_digest(signature(secret, body), candidate) for secret in secrets]
    return any(fitting)
