"""Staff accounts in the administration, behind the same sign-in as everything else."""

from collections.abc import Callable
from typing import Any, cast

from allauth.account.decorators import secure_admin_login
from csp.decorators import csp_replace
from django.contrib import admin, messages
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.models import Group
from django.db.models import QuerySet
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from accounts import actions, audit
from accounts.audit import About
from accounts.confirmation import confirmed
from accounts.deeds import Deed
from accounts.models import User

AdminView = Callable[..., HttpResponseBase]

# Roles and rights are in code (accounts.roles): groups would be a second truth.
admin.site.unregister(Group)
admin.site.login = secure_admin_login(admin.site.login)  # type: ignore[method-assign]
# Django's administration is built on jQuery, which Trusted Types stop. Only there, and only this is let go.
WITHOUT_TRUSTED_TYPES = {"require-trusted-types-for": None, "trusted-types": None}
_admin_view = admin.site.admin_view


def _view_with_jquery(view: AdminView, cacheable: bool = False) -> AdminView:  # noqa: FBT001, FBT002 — Django's own
    return csp_replace(WITHOUT_TRUSTED_TYPES)(_admin_view(view, cacheable))


admin.site.admin_view = _view_with_jquery  # type: ignore[method-assign,assignment]
admin.site.site_header = _("Madoguchi 管理")
admin.site.site_title = _("Madoguchi 管理")
admin.site.index_title = _("設定")


class Told(admin.ModelAdmin):  # type: ignore[type-arg]
    """A part of the administration that the audit log is told of: who changed which fields, never what is in them.

    Roles and secrets are changed here: whoever does so confirms once more that it is they (accounts.confirmation).
    """

    deed: Deed

    def changeform_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """A form, and keeping it."""
        return confirmed(super().changeform_view)(request, *args, **kwargs)

    def delete_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """Removing."""
        return confirmed(super().delete_view)(request, *args, **kwargs)

    def changelist_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """The list, from which things are done with several at once: a form posted too late would lose its search."""
        return confirmed(super().changelist_view)(request, *args, **kwargs)

    def about(self, obj: Any) -> About:
        """The subject ("kind:id") and the program that a row concerns."""
        raise NotImplementedError

    def _note(self, request: HttpRequest, about: list[About], **details: object) -> None:
        by, address = cast("User", request.user), audit.address_of(request)
        audit.note_each(self.deed, by=by, about=about, address=address, **details)

    def log_addition(self, request: HttpRequest, obj: Any, message: Any) -> Any:
        """Made, at the end of the administration's own transaction."""
        logged = super().log_addition(request, obj, message)
        self._note(request, [self.about(obj)], did="added")
        return logged

    def log_change(self, request: HttpRequest, obj: Any, message: Any) -> Any:
        """Changed, as above."""
        logged = super().log_change(request, obj, message)
        parts = [part.get("changed", {}) for part in message if isinstance(part, dict)]
        fields = [field for part in parts for field in part.get("fields", [])]
        self._note(request, [self.about(obj)], did="changed", fields=fields)
        return logged

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        """Removed; told after the fact, for nobody may wait for the log's lock while they hold a row."""
        about = [self.about(obj)]
        super().delete_model(request, obj)
        self._note(request, about, did="removed")

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        """Removed, many at once."""
        about = [self.about(obj) for obj in queryset]
        super().delete_queryset(request, queryset)
        self._note(request, about, did="removed")


@admin.register(User)
class StaffAdmin(Told, UserAdmin):  # type: ignore[type-arg]
    """Who works here. Leaving is an action, not a tick: it also ends the person's logins."""

    deed = Deed.PERSON_CHANGED
    ordering = ("email",)
    list_display = ("name", "email", "is_active", "is_staff", "last_login")
    list_filter = ("is_active", "is_staff")
    search_fields = ("name", "email")
    readonly_fields = ("is_active", "last_login", "date_joined")
    filter_horizontal = ()
    actions = ["deactivate", "reactivate"]
    fieldsets = (
        (None, {"fields": ("email", "name", "password")}),
        (_("利用"), {"fields": ("is_active", "is_staff", "is_superuser")}),
        (_("日時"), {"fields": ("last_login", "date_joined")}),
    )
    add_fieldsets = (
        (None, {"classes": ("wide",), "fields": ("email", "name", "usable_password", "password1", "password2")}),
    )

    def about(self, obj: User) -> About:
        """The person, wherever they work."""
        return f"user:{obj.pk}", None

    def user_change_password(self, request: HttpRequest, id: str, form_url: str = "") -> Any:  # noqa: A002 - Django's
        """A password for somebody: after the confirmation, too."""
        return confirmed(super().user_change_password)(request, id, form_url)

    @admin.action(description=_("選んだ人の利用を止める"))
    def deactivate(self, request: HttpRequest, chosen: QuerySet[User]) -> None:
        """Stop these people, oneself excepted."""
        by = cast("User", request.user)
        others = [user.pk for user in chosen if user.pk != by.pk]
        for user_id in others:
            actions.deactivate(user_id=user_id, by=by)
        said = ngettext("%(count)d人の利用を止めました。", "%(count)d人の利用を止めました。", len(others))
        self.message_user(request, said % {"count": len(others)}, messages.SUCCESS)

    @admin.action(description=_("選んだ人の利用を再開する"))
    def reactivate(self, request: HttpRequest, chosen: QuerySet[User]) -> None:
        """Let these people in again."""
        for user in chosen:
            actions.reactivate(user_id=user.pk, by=cast("User", request.user))
        self.message_user(request, _("利用を再開しました。"), messages.SUCCESS)
