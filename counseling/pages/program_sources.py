"""What a new program can be made from: a template of the house, another program, a file."""

import base64
import binascii
import zlib
from dataclasses import dataclass
from typing import cast

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpRequest
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.roles import Right
from counseling import blueprints, permissions
from counseling.actions import founding
from counseling.actions.founding import Made
from counseling.blueprints import LARGEST_BYTES, Blueprint, InvalidBlueprint
from counseling.feeds.programs import free_slug

# Of a packed file in a form: half of what a form may hold at all. No file written by us comes near it.
LARGEST_KEPT = settings.DATA_UPLOAD_MAX_MEMORY_SIZE // 2

# What each template is for, in the order in which they are shown.
PURPOSES: dict[str, str | Promise] = {
    "women": _("夫婦や家族、暴力、仕事、こころと体のことなど、女性からの相談を受けます。"),
    "single_parent": _("暮らし、お金、仕事、子育てなど、ひとり親家庭の方からの相談を受けます。"),
    "child_abuse": _("子育てのつらさや、子どもが傷つけられているかもしれないという相談を受けます。"),
    "disaster": _("災害にあった方のこころの相談を、期間をかぎって受けます。急いで開くときに使います。"),
    "suicide_prevention": _("死にたい、消えたいという気持ちを抱えた方の相談を受けます。"),
    "general": _("対象やテーマをかぎらない相談に使います。ほかに合うものがないときも、ここから始められます。"),
}


@dataclass(frozen=True)
class Source:
    """One of them, and how the form that makes the program remembers it: `field` with `value`."""

    made_from: Made
    field: str
    value: str
    blueprint: Blueprint

    @property
    def slug(self) -> str:
        """An address that suits it and is free."""
        wanted = self.value if self.made_from == "copy" else self.blueprint.kind.replace("_", "-")
        return free_slug(wanted)


def source_of(request: HttpRequest) -> Source | None:
    """What the request says the program is made from; None where it says nothing.

    Raises Http404 for what is not there, InvalidBlueprint for a file no program can be made from.
    """
    told = request.POST if request.method == "POST" else request.GET
    if (file := request.FILES.get("file")) is not None:
        return _kept(_content(file))
    if kept := told.get("kept"):
        return _kept(_unpacked(kept))
    if kind := told.get("template"):
        if kind not in PURPOSES:
            raise Http404
        return Source("template", "template", kind, blueprints.template(kind))
    if slug := told.get("program"):
        program = permissions.programs(cast("User", request.user), Right.CONFIGURE).filter(slug=slug).first()
        if program is None:
            raise Http404
        return Source("copy", "program", slug, founding.blueprint_of(program))
    return None


def _content(file: object) -> bytes:
    if not isinstance(file, UploadedFile):
        raise InvalidBlueprint([("", "not_json", "")])
    # One byte more than may be: enough to know that it is too much.
    return bytes(file.read(LARGEST_BYTES + 1))


def _kept(content: bytes) -> Source:
    """A file's content, packed into the form: while that is filled in nobody has to choose the file again."""
    blueprint = blueprints.parse(content)
    packed = base64.b64encode(zlib.compress(content, 9)).decode()
    if len(packed) > LARGEST_KEPT:
        raise InvalidBlueprint([("", "too_large", str(LARGEST_BYTES))])
    return Source("file", "kept", packed, blueprint)


def _unpacked(kept: str) -> bytes:
    try:
        return zlib.decompressobj().decompress(base64.b64decode(kept, validate=True), LARGEST_BYTES + 1)
    except (binascii.Error, zlib.error, ValueError) as broken:
        raise InvalidBlueprint([("", "not_json", "")]) from broken
