"""A clock that moves only when it is asked, by a second, or when a story says so."""

from datetime import UTC, datetime, timedelta


class Clock:
    """Stands in for `timezone.now`. Begins at the true time: the columns' own defaults know no other."""

    def __init__(self) -> None:
        self._now = datetime.now(UTC)

    def now(self) -> datetime:
        """A second later than the last time."""
        self._now += timedelta(seconds=1)
        return self._now

    def forward(self, **by: float) -> None:
        """Let time pass."""
        self._now += timedelta(**by)
