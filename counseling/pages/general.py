"""What a program is (基本情報): its name, for whom, when and where, and how silence is answered."""

from http import HTTPStatus
from typing import cast

from django.contrib import messages
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.models import User
from accounts.roles import Right
from counseling.actions import programs
from counseling.models import Program
from counseling.pages.general_forms import GeneralForm
from counseling.pages.office import office, page


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@office(Right.CONFIGURE)
def general(request: HttpRequest, program: Program) -> HttpResponseBase:
    """The form; refused, it comes back with all that was typed."""
    form = GeneralForm.of(program)
    if request.method == "POST":
        form = GeneralForm(request.POST.dict())
        if form.is_valid():
            kept = _save(form, program, cast("User", request.user))
            if kept is None:
                messages.success(request, _("保存しました。"))
                return redirect("office:general", program.slug)
            form = kept
    response = page(request, "office/general.html", program, "general", form=form)
    response.status_code = HTTPStatus.BAD_REQUEST if form.errors else HTTPStatus.OK
    return response


def _save(form: GeneralForm, program: Program, by: User) -> GeneralForm | None:
    """Save what was written; the form to show again where that was refused."""
    try:
        programs.change_basics(program_id=program.pk, by=by, shown=form.cleaned_data["shown"], **form.values())
    except programs.ChangedMeanwhile:
        program.refresh_from_db()
        return form.beside(program)
    except programs.CannotSet as refused:
        form.refuse(refused.problems)
        return form
    return None
