"""Volunteers: the link by which they apply, their applications, and the yes or no of who manages the team."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone

from accounts import audit, invitations, mail, people, profile
from accounts.deeds import Deed
from accounts.models import User
from accounts.roles import Role
from counseling import permissions
from counseling.actions import joining
from counseling.actions.joining import Joined
from counseling.feeds.volunteers import is_open, link_with, pending_count
from counseling.models import Application, JoinLink, Program
from counseling.models.volunteer import ApplicationState
from counseling.text import clean

GOOD_FOR = timedelta(days=14)
# More than anybody can read: then the link went to places where nobody means to help.
MOST_PENDING = 500
HOURS_LIMIT = 200
# As which a volunteer may begin; more is for people who are known.
ROLES = (Role.COUNSELOR, Role.TRAINEE)
# After these nobody needs to know any more who applied.
DECIDED_KEPT, PENDING_KEPT, LINK_KEPT = timedelta(days=30), timedelta(days=90), timedelta(days=30)


class LinkClosed(Exception):
    """Nobody can apply by this link: unknown, revoked, too old, or the program is over."""


class TooMany(Exception):
    """So many wait for a decision that no more are taken."""


class DecidedAlready(Exception):
    """Somebody else decided on it meanwhile."""


@transaction.atomic
def make_link(*, program_id: int, by: User) -> tuple[JoinLink, str]:
    """A new link and its key, which nobody can be told again; the one before opens nothing any more.

    Raises permissions.NotVisible.
    """
    program, key, now = joining.locked(program_id, by), invitations.new_key(), timezone.now()
    _revoke(program, now)
    link = JoinLink.objects.create(
        program=program, key_hash=invitations.hash_of(key), made_by=by, made_at=now, expires_at=now + GOOD_FOR
    )
    audit.note(Deed.JOIN_LINK_MADE, by=by, subject=f"program:{program_id}", program_id=program_id)
    return link, key


@transaction.atomic
def revoke_link(*, program_id: int, by: User) -> None:
    """Nobody can apply any more; pressing again changes nothing. Raises permissions.NotVisible."""
    if _revoke(joining.locked(program_id, by), timezone.now()):
        audit.note(Deed.JOIN_LINK_REVOKED, by=by, subject=f"program:{program_id}", program_id=program_id)


def _revoke(program: Program, now: datetime) -> int:
    return JoinLink.objects.filter(program=program, revoked_at=None).update(revoked_at=now)


@transaction.atomic
def apply(*, key: str, name: str, email: str, qualifications: list[str], languages: list[str], hours: str) -> None:
    """Somebody who holds the link offers to help. Who is known, or applied before, gets the same answer: none.

    Raises LinkClosed, TooMany, joining.CannotChangeTeam for a name or an address that is none, text.UnacceptableText.
    """
    link, now = link_with(key), timezone.now()
    if link is None or not is_open(link, now):
        raise LinkClosed
    name, email = joining.name_of(name), joining.address_of(email)
    hours = clean(hours.strip(), limit=HOURS_LIMIT) if hours.strip() else ""
    if pending_count(link.program) >= MOST_PENDING:
        raise TooMany
    written = {
        "name": name,
        "qualifications": profile.known("qualifications", qualifications),
        "languages": profile.known("languages", languages),
        "hours": hours,
    }
    _, is_new = Application.objects.get_or_create(program=link.program, email=email, defaults=written)
    if is_new:
        JoinLink.objects.filter(pk=link.pk).update(uses=F("uses") + 1)


def approve(*, program_id: int, application_id: int, role: str, by: User) -> Joined:
    """Take the volunteer onto the team: invited by mail as everybody is, or added at once who works in the house.

    What they wrote of themselves becomes a newcomer's profile. The mail goes out after the commit.
    Raises permissions.NotVisible, DecidedAlready, joining.CannotChangeTeam.
    """
    if role not in ROLES:
        raise joining.CannotChangeTeam("no_role")
    with transaction.atomic(durable=True):
        program = joining.locked(program_id, by)
        application = _pending(program, application_id)
        joined = joining.ask(program=program, email=application.email, name=application.name, roles=[role], by=by)
        if joined.invitation:
            _introduce(joined.user, application, by)
        _decide(application, ApplicationState.APPROVED, by)
    return joined


def decline(*, program_id: int, application_id: int, tell: bool, by: User) -> bool:
    """Say no: with a kind mail, or in silence. False when the mail server did not take the mail.

    Raises permissions.NotVisible, DecidedAlready.
    """
    with transaction.atomic(durable=True):
        program = joining.locked(program_id, by)
        application = _pending(program, application_id)
        _decide(application, ApplicationState.DECLINED, by)
    return not tell or mail.send("declined", application.email, name=application.name, program=program.name)


def _pending(program: Program, application_id: int) -> Application:
    rows = Application.objects.select_for_update(no_key=True).filter(program=program, pk=application_id)
    application = rows.first()
    if application is None:
        raise permissions.NotVisible
    if application.state != ApplicationState.PENDING:
        raise DecidedAlready
    return application


def _introduce(user: User, application: Application, by: User) -> None:
    people.keep_profile(
        user_id=user.pk,
        name=user.name,
        qualifications=application.qualifications,
        languages=application.languages,
        can_take=user.can_take,
        by=by,
    )


def _decide(application: Application, state: ApplicationState, by: User) -> None:
    application.state, application.decided_at, application.decided_by = state, timezone.now(), by
    application.save(update_fields=["state", "decided_at", "decided_by"])
    audit.note(
        Deed.APPLICATION_DECIDED, by=by, subject=f"application:{application.pk}", program_id=application.program_id,
        did=state.value,
    )  # fmt: skip


def forget(*, now: datetime | None = None) -> None:
    """Delete what nobody needs to know any more: who applied, and links that open nothing."""
    at = now or timezone.now()
    decided = Q(decided_at__lt=at - DECIDED_KEPT)
    Application.objects.filter(decided | Q(decided_at=None, applied_at__lt=at - PENDING_KEPT)).delete()
    closed = Q(revoked_at__lt=at - LINK_KEPT) | Q(expires_at__lt=at - LINK_KEPT)
    JoinLink.objects.filter(closed).delete()
