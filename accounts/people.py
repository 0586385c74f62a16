"""The writer of people: made when they are invited, coming in by their link, what colleagues read of them."""

from django.db import transaction
from django.utils import timezone

from accounts import audit, invitations, profile
from accounts.deeds import Deed
from accounts.models import Invitation, User


class CannotAccept(Exception):
    """The link opens no invitation: used, withdrawn, too old or never sent, which look alike from outside."""


def _locked(**which: object) -> User | None:
    """The person, whose row is ours until the transaction ends; None where there is none."""
    return User.objects.select_for_update(no_key=True).filter(**which).first()


@transaction.atomic
def make_person(*, email: str, name: str) -> User:
    """The person with this address; a new one cannot sign in, nor ask for a password, before they accept."""
    newcomer = User(email=email.lower(), name=name, is_active=False)
    newcomer.set_unusable_password()
    fields = {"name": newcomer.name, "is_active": newcomer.is_active, "password": newcomer.password}
    return User.objects.get_or_create(email=newcomer.email, defaults=fields)[0]


@transaction.atomic
def renew_invitation(*, user: User, by: User) -> tuple[str, Invitation]:
    """A new key for the link, and its invitation; links sent before open nothing any more."""
    _locked(pk=user.pk)
    withdraw_invitations(user_id=user.pk)
    key, now = invitations.new_key(), timezone.now()
    invitation = Invitation.objects.create(
        user=user, key_hash=invitations.hash_of(key), by=by, sent_at=now, expires_at=now + invitations.GOOD_FOR
    )
    return key, invitation


@transaction.atomic
def withdraw_invitations(*, user_id: int) -> int:
    """Make every link sent to the person worthless; how many there were."""
    pending = Invitation.objects.filter(user=user_id, accepted_at=None, withdrawn_at=None)
    return pending.update(withdrawn_at=timezone.now())


@transaction.atomic
def accept_invitation(*, key: str, name: str, password: str) -> User:
    """The person comes in with their own name and password; the link is used up. Raises CannotAccept."""
    now = timezone.now()
    opened = invitations.opened_by(key, now)
    # Whoever changes an invitation holds its person's row: of two who open the same link at once one comes in.
    user = _locked(pk__in=opened.values("user"))
    invitation = opened.first()
    if user is None or invitation is None:
        raise CannotAccept
    user.name, user.is_active = name, True
    user.set_password(password)
    user.save(update_fields=["name", "is_active", "password"])
    invitation.accepted_at = now
    invitation.save(update_fields=["accepted_at"])
    audit.note(Deed.INVITATION_ACCEPTED, by=user, subject=f"user:{user.pk}")
    return user


@transaction.atomic
def keep_profile(
    *, user_id: int, name: str, qualifications: list[str], languages: list[str], can_take: list[str], by: User
) -> None:
    """What colleagues read of a person. Codes that are not in accounts.profile are left out."""
    user = _locked(pk=user_id)
    wanted: dict[str, object] = {
        "name": name,
        "qualifications": profile.known("qualifications", qualifications),
        "languages": profile.known("languages", languages),
        "can_take": profile.known("can_take", can_take),
    }
    changed = [field for field, value in wanted.items() if getattr(user, field) != value]
    if changed:
        User.objects.filter(pk=user_id).update(**{field: wanted[field] for field in changed})
        audit.note(Deed.PERSON_CHANGED, by=by, subject=f"user:{user_id}", fields=changed)
