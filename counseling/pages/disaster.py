"""A disaster's program on one page: five questions, one press."""

from http import HTTPStatus
from typing import cast

from django.contrib import messages
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.confirmation import confirmed
from accounts.models import User
from accounts.roles import Right
from counseling import blueprints, permissions
from counseling.actions import disasters, founding
from counseling.actions.disasters import Founded, FoundedAlready
from counseling.feeds.borrowable import borrowable
from counseling.feeds.programs import free_slug
from counseling.models.program import Kind
from counseling.pages.disaster_forms import DisasterForm
from counseling.pages.programs import for_founders
from counseling.pages.volunteers import show_link


@require_http_methods(["GET", "HEAD", "POST"])
@for_founders
@confirmed
def disaster(request: HttpRequest) -> HttpResponseBase:
    """The five questions; then the program, closed to the public until it is opened."""
    by = cast("User", request.user)
    begun = {"name": blueprints.template(Kind.DISASTER).name, "slug": free_slug(Kind.DISASTER)}
    people = borrowable(permissions.programs(by, Right.MANAGE_TEAM))
    form = DisasterForm(request.POST or None, people=people, initial=begun)
    if form.is_valid():
        try:
            return _founded(request, disasters.found(by=by, **form.answers()))
        except FoundedAlready as before:
            return redirect("office:setup", before.program.slug)
        except (founding.BadSlug, permissions.NotVisible) as changed:
            # Neither comes of what a person typed.
            raise Http404 from changed
    context = {"form": form, "pages": request.build_absolute_uri("/talk/"), "commissioner": disasters.COMMISSIONER}
    status = HTTPStatus.BAD_REQUEST if form.errors else HTTPStatus.OK
    return render(request, "office/disaster.html", context, status=status)


def _founded(request: HttpRequest, founded: Founded) -> HttpResponseBase:
    said = _("「%(name)s」をつくりました。プレビューを見て、よければ公開します。")
    messages.success(request, said % {"name": founded.program.name})
    if founded.untold:
        names = _("、").join(user.name for user in founded.untold)
        unsent = _("メールを送れませんでした(%(names)s)。チームには加わっています。直接お知らせください。")
        messages.warning(request, unsent % {"names": names})
    if founded.link:
        return show_link(request, founded.program, *founded.link)
    return redirect("office:setup", founded.program.slug)
