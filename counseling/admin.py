"""Programs, channels and people's roles in the administration. What holds words is not here."""

from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from accounts.admin import Told
from accounts.audit import About
from accounts.deeds import Deed
from accounts.roles import Role
from counseling.actions import channels, programs, staff
from counseling.models import Channel, InboundEvent, Membership, Program
from counseling.opening import Hours, InvalidHours


class ProgramForm(forms.ModelForm):  # type: ignore[type-arg]
    """A program whose hours can be read."""

    class Meta:
        model = Program
        # The house keeps them, or a page of their own does.
        exclude = (  # noqa: DJ006
            "last_number", "editions", "stage", "stage_since", "stage_by", "languages", "furigana", "practice",
        )  # fmt: skip

    def clean_hours(self) -> Any:
        """The hours, when they make sense."""
        try:
            Hours.from_json(self.cleaned_data["hours"])
        except InvalidHours as error:
            problems = ", ".join(f"{path}: {code}" for path, code in error.problems)
            raise ValidationError(
                _("受付時間を確かめてください: %(problems)s"), params={"problems": problems}
            ) from error
        return self.cleaned_data["hours"]


@admin.register(Program)
class ProgramAdmin(Told):
    """Programs."""

    deed = Deed.PROGRAM_CHANGED
    form = ProgramForm
    list_display = ("name", "kind", "commissioner", "starts_on", "ends_on", "channel_mode")
    list_filter = ("kind",)
    search_fields = ("name", "commissioner")
    prepopulated_fields = {"slug": ("name",)}

    def about(self, obj: Program) -> About:
        """The program itself."""
        return f"program:{obj.pk}", obj.pk

    def save_model(self, request: HttpRequest, obj: Program, form: Any, change: bool) -> None:  # noqa: FBT001 - Django's
        """Only what was changed: a sitting that began meanwhile has counted on."""
        programs.keep(program=obj, changed=form.changed_data if change else None)


@admin.register(Channel)
class ChannelAdmin(Told):
    """Channels. LINE's secrets and its sending have a page of their own (office:line)."""

    deed = Deed.CHANNEL_CHANGED
    fields = ("program", "kind", "key")
    list_display = ("key", "kind", "program", "paused_because", "paused_at")
    list_select_related = ("program",)
    list_filter = ("kind",)
    search_fields = ("key",)

    def about(self, obj: Channel) -> About:
        """The channel."""
        return f"channel:{obj.pk}", obj.program_id

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        """Once made it stays what it is: its secrets are bound to its key, its visitors to its program."""
        return ("program", "kind", "key") if obj else ()

    def save_model(self, request: HttpRequest, obj: Channel, form: Any, change: bool) -> None:  # noqa: FBT001 - Django's
        """Through the action: behind a channel to LINE stands an account."""
        channels.keep(channel=obj)


class MembershipForm(forms.ModelForm):  # type: ignore[type-arg]
    """A role; who commissions a program has no other part in it."""

    def clean(self) -> dict[str, Any]:
        """Refuses an officer who also reads words."""
        cleaned: dict[str, Any] = super().clean() or {}
        beside = Membership.objects.filter(user=cleaned.get("user"), program=cleaned.get("program"))
        others = set(beside.exclude(pk=self.instance.pk).values_list("role", flat=True))
        if others and Role.OFFICER in others | {cleaned.get("role")}:
            raise forms.ValidationError(
                _("委託元担当者は、ほかの役割と一緒には持てません。相談の言葉を読まない立場だからです。")
            )
        return cleaned


@admin.register(Membership)
class MembershipAdmin(Told):
    """Who has which role where."""

    form = MembershipForm
    deed = Deed.ROLES_CHANGED
    list_display = ("user", "program", "role")
    list_select_related = ("user", "program")
    list_filter = ("program", "role")
    search_fields = ("user__name", "user__email")

    def about(self, obj: Membership) -> About:
        """The person in the program."""
        return f"user:{obj.user_id}", obj.program_id

    def save_model(self, request: HttpRequest, obj: Membership, form: Any, change: bool) -> None:  # noqa: FBT001 - Django's
        """Whoever it concerns learns of it at once: their open console and the program's board."""
        super().save_model(request, obj, form, change)
        staff.tell_rights_changed(user_id=obj.user_id, program_id=obj.program_id)

    def delete_model(self, request: HttpRequest, obj: Membership) -> None:
        """A role that is taken away is gone from open consoles at once."""
        super().delete_model(request, obj)
        staff.tell_rights_changed(user_id=obj.user_id, program_id=obj.program_id)

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[Membership]) -> None:
        """Many at once."""
        gone = list(queryset.values_list("user_id", "program_id"))
        super().delete_queryset(request, queryset)
        for user_id, program_id in gone:
            staff.tell_rights_changed(user_id=user_id, program_id=program_id)


@admin.register(InboundEvent)
class InboundEventAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """What platforms sent and what became of it; never what was said."""

    list_display = ("event_id", "channel", "kind", "state", "tries", "problem", "received_at")
    list_select_related = ("channel",)
    list_filter = ("state", "kind", "channel")
    exclude = ("body", "source")

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Only platforms add events."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Nobody changes what was received."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """An event's id is kept for ever: it keeps the same event from being taken twice."""
        return False
