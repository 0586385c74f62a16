"""The headers by which a receiver knows that a notification is ours, and which: as Standard Webhooks has them.

Signed are its id, the second of the try, and the body's bytes; HMAC-SHA256 under the subscription's secret.
Source: the Standard Webhooks specification, "Webhook metadata" and "Signature scheme".
"""

import base64
import hashlib
import hmac
from uuid import UUID


def headers(key: UUID, secret: bytes, at: int, body: bytes) -> dict[str, str]:
    """For a try at the second `at` (Unix time). The id is the same at every try, so that the receiver takes it once."""
    name = f"msg_{key.hex}"
    return {"webhook-id": name, "webhook-timestamp": str(at), "webhook-signature": signature(name, secret, at, body)}


def signature(name: str, secret: bytes, at: int, body: bytes) -> str:
    """Version 1 of the scheme."""
    signed = f"{name}.{at}.".encode() + body
    return "v1," + base64.b64encode(hmac.new(secret, signed, hashlib.sha256).digest()).decode()
