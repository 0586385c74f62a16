"""Keeping the commissioner's own sheets (様式): looked through first; of the same name the later stands."""

from django.db import transaction
from django.utils import timezone

from accounts import audit
from accounts.deeds import Deed
from accounts.models import User
from accounts.roles import Right
from counseling import permissions
from reports.exports import own_sheet
from reports.exports.own_sheet import Looked
from reports.models import ReportSheet
from reports.named import all_names

MOST_SHEETS = 20


class NotAsItIs(Exception):
    """There are names that nobody knows, or that name no single cell; somebody must say that it is meant so."""

    def __init__(self, looked: Looked) -> None:
        super().__init__("names")
        self.looked = looked


class TooMany(Exception):
    """The program has as many sheets as it may."""


@transaction.atomic
def keep(*, program_id: int, name: str, content: bytes, anyway: bool, by: User) -> ReportSheet:
    """Keep a sheet. Raises NotVisible, own_sheet.Refused, TooMany, and NotAsItIs unless `anyway`."""
    permissions.require(by, Right.CONFIGURE, program_id)
    looked = own_sheet.look(content, all_names())
    if (looked.unknown or looked.not_one_cell) and not anyway:
        raise NotAsItIs(looked)
    others = ReportSheet.objects.filter(program=program_id)
    if others.exclude(name=name).count() >= MOST_SHEETS:
        raise TooMany
    told = {"content": content, "names": looked.known, "by": by, "at": timezone.now()}
    sheet, _new = ReportSheet.objects.update_or_create(program_id=program_id, name=name, defaults=told)
    _note(program_id, by, kept=sheet.pk)
    return sheet


@transaction.atomic
def remove(*, program_id: int, sheet_id: int, by: User) -> None:
    """Take a sheet away. Raises NotVisible."""
    permissions.require(by, Right.CONFIGURE, program_id)
    removed, _rows = ReportSheet.objects.filter(program=program_id, pk=sheet_id).delete()
    if removed:
        _note(program_id, by, removed=sheet_id)


def _note(program_id: int, by: User, **sheet: int) -> None:
    subject = f"program:{program_id}"
    audit.note(Deed.REPORT_SHEETS_CHANGED, by=by, subject=subject, program_id=program_id, sheet=sheet)
