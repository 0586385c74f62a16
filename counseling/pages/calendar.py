"""The calendar feed of one's own shifts: read without signing in, by a secret address. No names of people."""

from datetime import UTC, datetime
from urllib.parse import urlsplit

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from icalendar import Calendar, Event

from counseling.actions import calendars
from counseling.feeds import own_shifts
from counseling.models import Shift
from counseling.opening import TOKYO


@require_safe
@never_cache
def feed(_request: HttpRequest, key: str) -> HttpResponse:
    """The shifts of whose address it is, as iCalendar (RFC 5545)."""
    user = calendars.person_of(key)
    if user is None:
        raise Http404
    body = written(own_shifts.calendar_shifts(user, timezone.now()))
    return HttpResponse(body, content_type="text/calendar; charset=utf-8")


def written(shifts: list[Shift]) -> bytes:
    """These shifts as a calendar, its time zone with it."""
    calendar = Calendar()
    calendar.add("prodid", "-//Madoguchi//Shifts//JA")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", _("シフト"))
    calendar.add("x-wr-timezone", str(TOKYO))
    for shift in shifts:
        calendar.add_component(_event(shift))
    if shifts:
        calendar.add_missing_timezones()
    return bytes(calendar.to_ical())


def _event(shift: Shift) -> Event:
    event = Event()
    event.add("uid", f"shift-{shift.pk}@{urlsplit(settings.SITE_URL).hostname}")
    event.add("summary", _("シフト: %(program)s") % {"program": shift.program.name})
    event.add("dtstart", shift.starts_at.astimezone(TOKYO))
    event.add("dtend", shift.ends_at.astimezone(TOKYO))
    event.add("dtstamp", _utc(shift.changed_at))
    event.add("last-modified", _utc(shift.changed_at))
    event.add("sequence", shift.version)
    return event


def _utc(moment: datetime) -> datetime:
    return moment.astimezone(UTC).replace(microsecond=0)
