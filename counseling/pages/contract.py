"""The end of a program's contract (契約の終了): on which day everything personal goes, and the certificate."""

from typing import Any, cast
from unicodedata import normalize

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from accounts.audit import address_of
from accounts.confirmation import confirmed
from accounts.models import User
from accounts.roles import Right
from counseling import paper
from counseling.actions import contracts
from counseling.feeds import keeping as feed
from counseling.models import ContractEnd, Program
from counseling.pages.certificates import contract_certificate_of
from counseling.pages.office import office, page
from counseling.pages.retention import SECTION
from counseling.pages.retention_forms import day_field
from counseling.pages.retention_words import counted
from counseling.stages import Stage


class ContractForm(forms.Form):
    """The day, with the program's name typed as a last look at what it is about."""

    on = day_field(
        gettext_lazy("消しはじめる日"),
        gettext_lazy("この日の0時から、この窓口の個人情報がすべて消えます。"),
        required=True,
    )
    name = forms.CharField(
        label=gettext_lazy("窓口の名前"),
        help_text=gettext_lazy("取り違えを防ぐため、この窓口の名前をもう一度書いてください。"),
        max_length=80,
        error_messages={"required": gettext_lazy("この窓口の名前を書いてください。")},
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )

    def __init__(self, program: Program, data: Any = None) -> None:
        super().__init__(data)
        self.program = program

    def clean_on(self) -> Any:
        """Not a day that is over."""
        if self.cleaned_data["on"] < timezone.localdate():
            raise forms.ValidationError(_("きょうか、それより後の日を選んでください。"))
        return self.cleaned_data["on"]

    def clean_name(self) -> str:
        """The program's own, however it was typed."""
        if _folded(self.cleaned_data["name"]) != _folded(self.program.name):
            raise forms.ValidationError(_("この窓口の名前と違います。もう一度確かめてください。"))
        return self.program.name


def _folded(name: str) -> str:
    return "".join(normalize("NFKC", name).split())


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@office(Right.CONFIGURE)
@confirmed
def contract(request: HttpRequest, program: Program) -> HttpResponseBase:
    """What is there and what stays; the day is set once the name was typed."""
    form = ContractForm(program, request.POST if request.method == "POST" else None)
    if form.is_valid() and _decided(request, program, form):
        return redirect("office:contract", program.slug)
    end = ContractEnd.objects.filter(program=program).select_related("by").first()
    return page(
        request,
        "office/contract.html",
        program,
        SECTION,
        form=form,
        end=end,
        began=end is not None and bool(end.counts),
        gone=counted(end.counts) if end else [],
        is_closed=program.stage == Stage.CLOSED,
        left=feed.left_in(program, timezone.now()),
    )


def _decided(request: HttpRequest, program: Program, form: ContractForm) -> bool:
    """Whether the page is shown anew, with what came of it: where no day can be set any more there is no form."""
    by, on = cast("User", request.user), form.cleaned_data["on"]
    try:
        contracts.decide(program_id=program.pk, by=by, on=on, address=address_of(request))
    except contracts.NotClosed:
        messages.error(request, _("この窓口はまだ終了していません。「準備と公開」で終了してから決めてください。"))
    except contracts.UnderHold:
        form.add_error(
            None, _("窓口全体に法的保留がかかっているため、この日は選べません。保留が終わってから決めてください。")
        )
        return False
    except contracts.HasBegun:
        messages.error(request, _("もう消しはじめています。日は変えられません。"))
    else:
        messages.success(request, _("消しはじめる日を決めました。その日までは取り消せます。"))
    return True


@require_POST
@never_cache
@office(Right.CONFIGURE)
def contract_withdraw(request: HttpRequest, program: Program) -> HttpResponseBase:
    """It is not to be after all."""
    try:
        contracts.withdraw(program_id=program.pk, by=cast("User", request.user), address=address_of(request))
    except contracts.HasBegun:
        messages.error(request, _("もう消しはじめているため、取り消せません。"))
    else:
        messages.success(request, _("契約の終了による削除を取り消しました。"))
    return redirect("office:contract", program.slug)


@require_POST
@never_cache
@office(Right.CONFIGURE)
@confirmed
def contract_certificate(request: HttpRequest, program: Program) -> HttpResponseBase:
    """The certificate as a PDF."""
    end = ContractEnd.objects.select_related("program", "by").filter(program=program).first()
    with translation.override("ja"):
        data, digest = contract_certificate_of(end) if end else ({}, "")
    contracts.certify(program_id=program.pk, by=cast("User", request.user), digest=digest, address=address_of(request))
    headers = {"Content-Disposition": 'attachment; filename="contract-certificate.pdf"', "Cache-Control": "no-store"}
    return HttpResponse(paper.pdf("erasure", data), content_type="application/pdf", headers=headers)
