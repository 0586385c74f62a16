"""The team's pages: who works in a program, inviting, and a person's roles, profile and leaving."""

from collections.abc import Callable
from typing import Any, cast

from django.contrib import messages
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.confirmation import confirmed
from accounts.models import User
from accounts.people_forms import ProfileForm
from accounts.roles import Right
from counseling.actions import team as actions
from counseling.actions.joining import CannotChangeTeam, Code
from counseling.feeds.team import team as team_of
from counseling.feeds.team import teammate
from counseling.feeds.volunteers import pending_count
from counseling.models import Program
from counseling.pages.office import office, page
from counseling.pages.team_forms import TOLD, InvitationForm, RolesForm, by_line
from counseling.text import repair

SECTION = "team"


def _by(request: HttpRequest) -> User:
    return cast("User", request.user)


@require_safe
@office(Right.MANAGE_TEAM)
def team(request: HttpRequest, program: Program) -> HttpResponseBase:
    """Everybody with a role in the program."""
    search = repair(request.GET.get("q", "").strip())
    people = team_of(program, timezone.now(), search)
    waiting = pending_count(program)
    return page(request, "office/team.html", program, SECTION, people=people, search=search, waiting=waiting)


@require_http_methods(["GET", "HEAD", "POST"])
@office(Right.MANAGE_TEAM)
@confirmed
def invite(request: HttpRequest, program: Program) -> HttpResponseBase:
    """Invite one person or several; lines that could not be taken stay in the form."""
    form = InvitationForm(request.POST or None)
    if form.is_valid():
        refused = _invite_each(request, program, form)
        if not refused:
            return redirect("office:team", program.slug)
        form = _with_the_rest(form, refused)
    return page(request, "office/invite.html", program, SECTION, form=form)


def _invite_each(request: HttpRequest, program: Program, form: InvitationForm) -> list[tuple[str, str, Code]]:
    """Invite everybody on the form; whom it was refused for, with the reason."""
    outcomes = actions.invite_all(
        program_id=program.pk, people=form.cleaned_data["people"], roles=form.cleaned_data["roles"], by=_by(request)
    )
    reached = [one for one in outcomes if isinstance(one, actions.Invited)]
    asked, added = sum(one.new for one in reached), sum(not one.new for one in reached)
    if asked:
        said = ngettext("%(count)d人を招待しました。", "%(count)d人を招待しました。", asked)
        messages.success(request, said % {"count": asked})
    if added:
        said = ngettext("%(count)d人をチームに加えました。", "%(count)d人をチームに加えました。", added)
        messages.success(request, said % {"count": added})
    _tell_unsent(request, [one for one in reached if not one.sent])
    return [one for one in outcomes if not isinstance(one, actions.Invited)]


def _tell_unsent(request: HttpRequest, unsent: list[actions.Invited]) -> None:
    if unsent:
        names = _("、").join(one.user.name for one in unsent)
        said = _(
            "メールを送れませんでした(%(names)s)。登録はできています。しばらくしてから、本人のページの「もう一度送る」を押してください。"
        )
        messages.warning(request, said % {"names": names})


def _with_the_rest(form: InvitationForm, refused: list[tuple[str, str, Code]]) -> InvitationForm:
    lines = "\n".join(f"{name} <{email}>" for name, email, _code in refused)
    rest = InvitationForm({"people": lines, "roles": form.cleaned_data["roles"]})
    rest.full_clean()
    for number, (_name, _email, code) in enumerate(refused, start=1):
        rest.add_error("people", by_line(number, TOLD[code]))
    return rest


@require_safe
@office(Right.MANAGE_TEAM)
def person(request: HttpRequest, program: Program, user_id: int) -> HttpResponseBase:
    """One person of the team, with everything that can be changed."""
    return _person(request, program, user_id)


def _person(request: HttpRequest, program: Program, user_id: int, **forms: Any) -> HttpResponseBase:
    one = teammate(program, user_id, timezone.now())
    if one is None:
        raise Http404
    begun = {"roles_form": RolesForm(initial={"roles": one.roles}), "profile_form": ProfileForm.of(one.user)}
    return page(request, "office/person.html", program, SECTION, one=one, **(begun | forms))


def _acted(
    request: HttpRequest, program: Program, user_id: int, act: Callable[..., object], said: str
) -> HttpResponseBase:
    """Do it, say so or why not, and show the person again."""
    try:
        act(program_id=program.pk, user_id=user_id, by=_by(request))
    except CannotChangeTeam as refused:
        messages.error(request, TOLD[refused.code])
    else:
        messages.success(request, said)
    return redirect("office:person", program.slug, user_id)


@require_POST
@office(Right.MANAGE_TEAM)
@confirmed
def roles(request: HttpRequest, program: Program, user_id: int) -> HttpResponseBase:
    """Exactly these roles from now on."""
    form = RolesForm(request.POST)
    if form.is_valid():
        try:
            actions.set_roles(program_id=program.pk, user_id=user_id, roles=form.cleaned_data["roles"], by=_by(request))
        except CannotChangeTeam as refused:
            form.add_error("roles", TOLD[refused.code])
        else:
            messages.success(request, _("役割を変えました。"))
            return redirect("office:person", program.slug, user_id)
    return _person(request, program, user_id, roles_form=form)


@require_POST
@office(Right.MANAGE_TEAM)
def profile(request: HttpRequest, program: Program, user_id: int) -> HttpResponseBase:
    """What colleagues read of the person."""
    form = ProfileForm(request.POST)
    if form.is_valid():
        actions.keep_profile(program_id=program.pk, user_id=user_id, by=_by(request), **form.cleaned_data)
        messages.success(request, _("プロフィールを保存しました。"))
        return redirect("office:person", program.slug, user_id)
    return _person(request, program, user_id, profile_form=form)


@require_POST
@office(Right.MANAGE_TEAM)
@confirmed
def invitation(request: HttpRequest, program: Program, user_id: int) -> HttpResponseBase:
    """A new link for the person, or none any more (`withdraw`)."""
    if "withdraw" in request.POST:
        said = _("招待を取り下げました。送ったリンクは使えません。")
        return _acted(request, program, user_id, actions.withdraw_invitation, said)
    try:
        invited = actions.invite_again(program_id=program.pk, user_id=user_id, by=_by(request))
    except CannotChangeTeam as refused:
        messages.error(request, TOLD[refused.code])
    else:
        if invited.sent:
            messages.success(request, _("招待をもう一度送りました。前のリンクは使えません。"))
        _tell_unsent(request, [] if invited.sent else [invited])
    return redirect("office:person", program.slug, user_id)


@require_POST
@office(Right.MANAGE_TEAM)
@confirmed
def second_factor(request: HttpRequest, program: Program, user_id: int) -> HttpResponseBase:
    """The person enrols a second factor anew."""
    said = _("二段階認証を外しました。次のログインのあとに、本人が登録し直します。")
    return _acted(request, program, user_id, actions.reset_second_factor, said)


@require_POST
@office(Right.MANAGE_TEAM)
@confirmed
def activity(request: HttpRequest, program: Program, user_id: int) -> HttpResponseBase:
    """Whether the person may sign in at all: `active` is 1 or 0."""
    if request.POST.get("active") == "1":
        return _acted(request, program, user_id, actions.reactivate, _("利用を再開しました。"))
    said = _("利用を止めました。すべての端末からログアウトしました。")
    return _acted(request, program, user_id, actions.deactivate, said)


@require_POST
@office(Right.MANAGE_TEAM)
@confirmed
def removal(request: HttpRequest, program: Program, user_id: int) -> HttpResponseBase:
    """The person has no part in the program any more."""
    try:
        actions.leave_team(program_id=program.pk, user_id=user_id, by=_by(request))
    except CannotChangeTeam as refused:
        messages.error(request, TOLD[refused.code])
        return redirect("office:person", program.slug, user_id)
    messages.success(request, _("チームから外しました。"))
    return redirect("office:team", program.slug)
