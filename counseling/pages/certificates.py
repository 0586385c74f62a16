"""Certificates of deletion (削除証明書): what went, in kinds and counts; never a word, no name but the pseudonym."""

import json
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from counseling import crypto
from counseling.models import ContractEnd, Erasure, Session
from counseling.models.keeping import Checked, Why
from counseling.pages.retention_words import counted


def certificate_of(erased: Erasure) -> tuple[dict[str, Any], str]:
    """The data of the paper, and the SHA-256 of what it says, by which it is known again."""
    rows = [
        (_("窓口"), erased.program.name),
        (_("相談者"), erased.visitor.pseudonym),
        (_("理由"), str(Why(erased.why).label)),
        (_("ご本人であることの確認"), str(Checked(erased.checked).label)),
        (_("決めた人"), erased.by.name if erased.by else ""),
        (_("消しはじめた時刻"), _moment(erased.begun_at)),
        (_("鍵を壊し終えた時刻"), _moment(erased.finished_at)),
    ]
    return sealed(_("削除証明書"), rows, erased.counts, erased.stays)


def contract_certificate_of(end: ContractEnd) -> tuple[dict[str, Any], str]:
    """The same for a whole program at the end of its contract."""
    rows = [
        (_("窓口"), end.program.name),
        (_("委託元"), end.program.commissioner),
        (_("理由"), str(Why.CONTRACT.label)),
        (_("決めた人"), end.by.name),
        (_("決めた日"), _moment(end.at)),
        (_("鍵を壊し終えた時刻"), _moment(end.finished_at)),
    ]
    figures = {"figures": Session.objects.filter(program=end.program_id).count()}
    return sealed(_("契約終了の削除証明書"), rows, end.counts, figures)


def sealed(
    title: str, rows: list[tuple[str, str]], counts: dict[str, int], stays: dict[str, int]
) -> tuple[dict[str, Any], str]:
    """A certificate of these facts with its digest."""
    said = {
        "title": title,
        "facts": [(label, words) for label, words in rows if words],
        "gone": [(str(name), str(count)) for name, count in counted(counts)],
        "stays": [(str(name), str(count)) for name, count in counted(stays)],
    }
    digest = crypto.digest(json.dumps(said, ensure_ascii=False, sort_keys=True))
    return said | {"digest": digest, "made": _moment(timezone.now())}, digest


def _moment(at: datetime | None) -> str:
    return date_format(timezone.localtime(at), "Y年n月j日 H:i") if at else ""
