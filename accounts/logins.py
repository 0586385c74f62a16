"""How long a login holds: 30 minutes after its last request, 12 hours after sign-in. Django's SESSION_ENGINE."""

from datetime import datetime, timedelta
from typing import Any, TypedDict

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import salted_hmac

from accounts.models import Login, User

IDLE_LIFE = timedelta(minutes=30)
WHOLE_LIFE = timedelta(hours=12)
# A console asks many times a minute: the row is written once.
BETWEEN_WRITES = timedelta(seconds=60)
BEGAN, ADDRESS, BROWSER = "began_at", "address", "browser"


class Ends(TypedDict):
    """When a login ends, in ISO 8601: by itself when nothing is asked any more, and in any case."""

    idle_ends_at: str
    ends_at: str


class SessionStore(DatabaseStore):
    """Logins in a table that knows whose they are; none outlives IDLE_LIFE or WHOLE_LIFE."""

    # What is stored: read with the data, so that a request asks once.
    row: Login | None = None

    @classmethod
    def get_model_class(cls) -> type[Login]:
        """The table."""
        return Login

    def _get_session_from_db(self) -> Login | None:
        self.row = super()._get_session_from_db()  # type: ignore[misc]
        return self.row

    def create_model_instance(self, data: dict[str, Any]) -> Login:
        """The row as it will be stored: Django calls this whenever something in a login changed."""
        now = timezone.now()
        if SESSION_KEY in data:
            data.setdefault(BEGAN, now.isoformat())
        began_at = datetime.fromisoformat(data[BEGAN]) if SESSION_KEY in data else None
        self.row = Login(
            session_key=self._get_or_create_session_key(),  # type: ignore[attr-defined]
            session_data=self.encode(data),
            expire_date=_end(began_at or now, now),
            user_id=data.get(SESSION_KEY),
            began_at=began_at,
            seen_at=now,
            address=data.get(ADDRESS),
            browser=data.get(BROWSER, ""),
        )
        return self.row


def _end(began_at: datetime, now: datetime) -> datetime:
    return min(now + IDLE_LIFE, began_at + WHOLE_LIFE)


def begin(request: HttpRequest, *, address: str | None) -> None:
    """This request signs somebody in: the 12 hours begin, with the browser and the address they are at."""
    request.session[BEGAN] = timezone.now().isoformat()
    request.session[ADDRESS] = address
    request.session[BROWSER] = request.headers.get("User-Agent", "")[:200]
    SessionStore.clear_expired()


def keep(session: SessionStore, *, at_once: bool = False) -> Ends:
    """Somebody asked for something: the idle end moves on, at most once a minute unless `at_once`. When it now ends."""
    now, row = timezone.now(), session.row
    if row is None or row.began_at is None:
        return _ends(now, _end(now, now))
    if at_once or now - row.seen_at >= BETWEEN_WRITES:
        row.seen_at, row.expire_date = now, _end(row.began_at, now)
        # Not save(): another request may just change what is in the login, and one that ended stays ended.
        Login.objects.filter(pk=row.pk, expire_date__gt=now).update(seen_at=now, expire_date=row.expire_date)
    return _ends(row.began_at, row.expire_date)


def was_not_asked(session: SessionStore) -> None:
    """A page looked by itself, and nobody pressed anything: the idle end stays where it is."""
    session.row = None


def _ends(began_at: datetime, idle_ends_at: datetime) -> Ends:
    return {"idle_ends_at": idle_ends_at.isoformat(), "ends_at": (began_at + WHOLE_LIFE).isoformat()}


def mark(key: str) -> str:
    """What stands for a login on a page: with the key itself anybody who sees the page could take it over."""
    return salted_hmac("accounts.logins", key).hexdigest()[:20]


def of(user: User) -> QuerySet[Login]:
    """A person's logins that hold, the one used last first."""
    return Login.objects.filter(user=user, expire_date__gt=timezone.now()).order_by("-seen_at")
