"""The mails of a developer's machine as a page: there is no mail server, and links in them must be opened."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

SHOWN = 50
# Between two mails of one file: django.core.mail.backends.filebased.
BETWEEN = b"\n" + b"-" * 79 + b"\n"


@dataclass(frozen=True)
class Mail:
    """One mail as a person would read it."""

    to: str
    subject: str
    at: datetime
    text: str


@require_safe
def mails(request: HttpRequest) -> HttpResponse:
    """The newest mails: only on a developer's machine, elsewhere this page does not exist."""
    if not settings.DEBUG:
        raise Http404
    return render(request, "account/mails.html", {"mails": list(written(Path(settings.EMAIL_FILE_PATH)))[:SHOWN]})


def written(folder: Path) -> Iterator[Mail]:
    """The mails of the file backend's folder, newest first."""
    for path in sorted(folder.glob("*.log"), key=lambda file: file.stat().st_mtime, reverse=True):
        for source in reversed(path.read_bytes().split(BETWEEN)):
            if source.strip():
                yield _read(message_from_bytes(source, policy=policy.default))


def _read(mail: EmailMessage) -> Mail:
    body = mail.get_body(("plain", "html"))
    return Mail(
        to=str(mail["To"]),
        subject=str(mail["Subject"]),
        at=mail["Date"].datetime.replace(tzinfo=UTC),  # which is what Django writes, as "-0000"
        text=body.get_content().strip() if body else "",
    )
