"""Who works here."""

from typing import TYPE_CHECKING, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models
from django.utils import timezone

if TYPE_CHECKING:
    from accounts.logins import SessionStore as Logins


class StaffManager(BaseUserManager["User"]):
    """Makes users by e-mail address; there is no user name."""

    def create_user(self, email: str, password: str | None = None, **fields: object) -> "User":
        """A staff member who signs in with `email` (stored in lower case)."""
        user = self.model(email=email.lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: object) -> "User":
        """Someone who may open `/admin`."""
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)


class User(AbstractBaseUser, PermissionsMixin):
    """A staff member: counselor, supervisor, administrator or officer of a commissioning body."""

    email = models.EmailField(unique=True)
    name = models.CharField(max_length=60)
    is_active = models.BooleanField(default=True)
    is_staff = models.BooleanField(default=False)
    date_joined = models.DateTimeField(default=timezone.now)
    enter_sends = models.BooleanField(default=False)
    sound = models.BooleanField(default=True)
    desktop_notice = models.BooleanField(default=False)
    # What a colleague who hands over should know: codes of accounts.profile.
    qualifications = models.JSONField(default=list, blank=True)
    languages = models.JSONField(default=list, blank=True)
    can_take = models.JSONField(default=list, blank=True)

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]
    objects = StaffManager()

    def __str__(self) -> str:
        return self.name

    def get_full_name(self) -> str:
        """The name colleagues see."""
        return self.name

    def get_short_name(self) -> str:
        """The name colleagues see."""
        return self.name


class Invitation(models.Model):
    """A person was asked to join: the link in the mail is good until `expires_at`, once, unless withdrawn.

    Only the key's hash is stored; a link sent again makes the one before worthless.
    """

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="invitations")
    key_hash = models.CharField(max_length=64, unique=True)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    sent_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.user_id} {self.sent_at:%Y-%m-%d}"


class Login(AbstractBaseSession):
    """A person's sign-in on one browser (Django's session), ended by deleting it; `user` is null until they are in.

    It holds until `expire_date`: accounts.logins says how far that moves. The columns repeat what is in the signed
    data, so that a person's logins can be asked for.
    """

    user = models.ForeignKey(User, on_delete=models.CASCADE, null=True, related_name="logins")
    began_at = models.DateTimeField(null=True)
    seen_at = models.DateTimeField()
    address = models.GenericIPAddressField(null=True)
    browser = models.CharField(max_length=200, blank=True)

    def __str__(self) -> str:
        return f"{self.user_id} {self.seen_at:%Y-%m-%d %H:%M}"

    @classmethod
    def get_session_store_class(cls) -> type["Logins"]:
        """Where logins are kept."""
        from accounts.logins import SessionStore

        return SessionStore


class AuditEntry(models.Model):
    """One deed of one person: append-only in the database, each row holding the hash of the one before.

    No foreign keys: it outlives what it tells of. `subject` is "kind:id", `details` are codes and ids, never words.
    What belongs to no program (sign-ins, say) has a person as its subject: "user:<id>".
    """

    at = models.DateTimeField()
    actor_id = models.BigIntegerField(null=True)
    actor_name = models.CharField(max_length=60, blank=True)
    deed = models.CharField(max_length=40)
    subject = models.CharField(max_length=80, blank=True)
    program_id = models.BigIntegerField(null=True)
    address = models.GenericIPAddressField(null=True)
    details = models.JSONField(default=dict, blank=True)
    previous_hash = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    class Meta:
        indexes = (
            models.Index(fields=("program_id", "at", "id"), name="audit_of_program"),
            models.Index(fields=("program_id", "deed", "at", "id"), name="audit_of_deed"),
            models.Index(fields=("program_id", "actor_id", "at", "id"), name="audit_of_actor"),
            models.Index(fields=("subject", "at", "id"), name="audit_of_subject"),
        )

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M:%S} {self.deed} {self.subject}"
