"""What LINE says when it refuses; the sentences are those of its published error responses."""

from dataclasses import dataclass, field
from typing import Any

REPLY_IMPOSSIBLE = "Invalid reply token"
RETRY_KEY_ACCEPTED = "The retry key is already accepted"
RETRY_KEY_INVALID = "The value for the 'X-Line-Retry-Key' parameter is invalid"
RETRY_KEY_NOT_SUPPORTED = "The 'X-Line-Retry-Key' header is not supported by this API"
FAILED_TO_SEND = "Failed to send messages"
NOT_FOUND = "Not found"
MONTHLY_LIMIT = "You have reached your monthly limit."
RATE_LIMIT = "The API rate limit has been exceeded. Try again later."
NO_ACCESS = "Access to this API is not available for your account"
WRONG_BEARER = (
    "Authentication failed due to the following reason: invalid token. "
    "Confirm that the access token in the authorization header is valid."
)
NO_BEARER = "Authentication failed due to the following reason: missing authorization header."


@dataclass
class Refused(Exception):
    """A refusal: HTTP status, LINE's message, details of fields, further members of the body, headers."""

    status: int
    message: str
    details: list[dict[str, str]] = field(default_factory=list)
    members: dict[str, Any] = field(default_factory=dict)
    headers: dict[str, str] = field(default_factory=dict)

    def body(self) -> dict[str, Any]:
        """The answer's JSON; `details` is left out when it would be empty, as LINE does."""
        found: dict[str, Any] = {"message": self.message}
        if self.details:
            found["details"] = self.details
        return found | self.members


def invalid_fields(details: list[dict[str, str]]) -> Refused:
    """The refusal for a body whose fields are wrong."""
    return Refused(400, f"The request body has {len(details)} error(s)", details)


def invalid_property(name: str) -> Refused:
    """The refusal for one property that LINE names in the sentence itself."""
    return Refused(400, f"The property, '{name}', in the request body is invalid (line: -, column: -)")


class CannotSimulate(ValueError):
    """The operator asked this simulator for something it cannot do; the text says what."""
