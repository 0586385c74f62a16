"""The poster for the public: its QR code, and the sheet to print in each language the house speaks."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts.roles import Right
from counseling import paper, poster, qr
from counseling.feeds.public_doors import PublicDoor, public_doors
from counseling.languages import JAPANESE
from counseling.models import Program
from counseling.models.edition import contacts_of
from counseling.pages.edition_words import language_name
from counseling.pages.office import office, page
from counseling.poster import Told
from counseling.stages import Stage

SECTION = "poster"
PICTURES = {"svg": ("image/svg+xml", qr.svg_file), "png": ("image/png", qr.png_file)}


def _doors(request: HttpRequest, program: Program) -> tuple[list[PublicDoor], PublicDoor | None]:
    """The ways in, and the one that `?to=` chooses; a program that is over has none."""
    doors = [] if program.stage == Stage.CLOSED else public_doors(program)
    wanted = [door for door in doors if door.kind == request.GET.get("to")]
    return doors, next(iter(wanted or doors), None)


def _languages(program: Program) -> list[str]:
    """Those of the house's own that the program speaks; Japanese always."""
    return [code for code in poster.SPOKEN if code == JAPANESE or code in program.languages]


@require_safe
@never_cache
@office(Right.CONFIGURE)
def show(request: HttpRequest, program: Program) -> HttpResponseBase:
    """The code, and what can be printed and downloaded."""
    doors, chosen = _doors(request, program)
    context: dict[str, Any] = {
        "doors": doors,
        "chosen": chosen,
        "code": qr.svg(chosen.address) if chosen else "",
        "languages": [(code, language_name(code)) for code in _languages(program)],
    }
    return page(request, "office/poster.html", program, SECTION, **context)


def _chosen(request: HttpRequest, program: Program) -> PublicDoor:
    _all, chosen = _doors(request, program)
    if chosen is None:
        raise Http404
    return chosen


@require_safe
@never_cache
@office(Right.CONFIGURE)
def sheet(request: HttpRequest, program: Program) -> HttpResponseBase:
    """The poster as a PDF, A4, in the language that `?lang=` chooses."""
    language, door = request.GET.get("lang", JAPANESE), _chosen(request, program)
    if language not in _languages(program):
        raise Http404
    told = Told(
        name=program.name,
        commissioner=program.commissioner,
        audience=program.audience,
        area=program.area,
        hours=program.opening(),
        starts_on=program.starts_on,
        ends_on=program.ends_on,
        contacts=contacts_of(program),
        door=door.kind,
        address=door.address,
    )
    drawn = paper.pdf("poster", poster.content(told, language), {"code.svg": qr.svg_file(door.address)})
    return _file(drawn, "application/pdf", f"poster-{program.slug}-{language}.pdf")


@require_safe
@never_cache
@office(Right.CONFIGURE)
def picture(request: HttpRequest, program: Program, kind: str) -> HttpResponseBase:
    """The code alone, for what people make themselves."""
    door = _chosen(request, program)
    if kind not in PICTURES:
        raise Http404
    content_type, drawn = PICTURES[kind]
    return _file(drawn(door.address), content_type, f"qr-{program.slug}.{kind}")


def _file(content: bytes, content_type: str, name: str) -> HttpResponse:
    return HttpResponse(
        content, content_type=content_type, headers={"Content-Disposition": f'attachment; filename="{name}"'}
    )
