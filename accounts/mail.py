"""Mails to staff: Japanese and after it English, as plain text and simple HTML; no words of any talk."""

import logging

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation

logger = logging.getLogger(__name__)

LANGUAGES = ("ja", "en")
FOLDER = "account/email"


def address_of(name: str, *args: str) -> str:
    """The whole address of a page, for a link in a mail."""
    return settings.SITE_URL + reverse(name, args=args)


def send(name: str, to: str, /, **context: object) -> bool:
    """Send the mail `name` (templates/account/email); False when the mail server did not take it.

    Only after the commit: a mail cannot be taken back, and a slow server must hold no lock.
    """
    mail = EmailMultiAlternatives(_subject(name, context), _each(f"{name}_message.txt", context, "\n\n"), to=[to])
    body = _each(f"{name}_message.html", context, "<hr>")
    mail.attach_alternative(render_to_string(f"{FOLDER}/frame.html", {"body": body}), "text/html")
    try:
        mail.send()
    except OSError as error:  # smtplib's errors are OSErrors, too
        logger.warning("a mail (%s) was not sent: %s", name, type(error).__name__)
        return False
    return True


def _subject(name: str, context: dict[str, object]) -> str:
    return " ".join(_each(f"{name}_subject.txt", context, " / ").split())


def _each(template: str, context: dict[str, object], between: str) -> str:
    texts = []
    for language in LANGUAGES:
        with translation.override(language):
            texts.append(render_to_string(f"{FOLDER}/{template}", context).strip())
    return between.join(texts)
