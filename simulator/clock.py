"""The platform's clock: the wall's time, which a test may push forward."""

import time
from datetime import UTC, datetime, timedelta, timezone

JST = timezone(timedelta(hours=9))


class Clock:
    """Seconds since the epoch, plus what has been skipped with `advance`."""

    def __init__(self) -> None:
        self.skipped = 0.0

    def now(self) -> float:
        """Seconds since the epoch."""
        return time.time() + self.skipped

    def now_ms(self) -> int:
        """Milliseconds since the epoch, as LINE's timestamps are."""
        return int(self.now() * 1000)

    def advance(self, seconds: float) -> None:
        """Skip time: reply tokens and retry keys age at once."""
        self.skipped += seconds

    def month(self) -> str:
        """The month whose quota is used, "2026-04": LINE counts in Japanese time."""
        return datetime.fromtimestamp(self.now(), UTC).astimezone(JST).strftime("%Y-%m")
