"""What stands on the papers that are given to a visitor: one of what all of it is, and one for each talk."""

from datetime import datetime
from typing import Any

from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from counseling.crypto import CannotOpen
from counseling.feeds import disclosures as feed
from counseling.feeds import records as records_feed
from counseling.models import Disclosure, Session
from counseling.models.keeping import Checked
from counseling.models.message import Author
from counseling.models.rights import Part
from counseling.pages.record_words import answers

Paper = dict[str, Any]


def papers_of(made: Disclosure) -> dict[str, Paper]:
    """File name → what its template takes; in Japanese, whatever its maker reads."""
    with translation.override("ja"):
        talks = feed.talks_of(made)
        sessions = [talk.session for talk in talks]
        told = {f"{place:03}-talk-{one.number}.pdf": _talk(one, made) for place, one in enumerate(sessions, 1)}
        return {"000-index.pdf": _index(made, len(talks)), **told}


def _index(made: Disclosure, talks: int) -> Paper:
    left_out = len(made.left_out)
    says = [_("窓口で保存している、あなたの相談の内容です。ほかの方の目にふれないよう、保管にお気をつけください。")]
    if left_out:
        says.append(_("ほかの方のことばを含むため、%(count)s件のことばを除いています。") % {"count": left_out})
    facts = [
        (_("窓口"), made.program.name),
        (_("相談の件数"), str(talks)),
        (_("含まれるもの"), "、".join(str(Part(part).label) for part in made.parts)),
        (_("ご本人の確認"), str(Checked(made.checked).label)),
        (_("作成した日"), _moment(timezone.now())),
    ]
    return _paper(_("相談内容の開示"), says=says, facts=facts)


def _talk(session: Session, made: Disclosure) -> Paper:
    session.visitor = made.visitor
    facts = [(_("受け付けた時刻"), _moment(session.received_at)), (_("終わった時刻"), _moment(session.ended_at))]
    if Part.CONSENTS in made.parts:
        facts.append((_("同意した時刻"), _moment(session.consented_at)))
    said = [
        (_moment(line.at), _writer(line.author), line.text) for line in feed.said_in(session, made) if not line.left_out
    ]
    title = _("相談 %(number)s") % {"number": session.number}
    record = _record(session) if Part.RECORD in made.parts else []
    return _paper(title, facts=[fact for fact in facts if fact[1]], messages=said, record=record)


def _record(session: Session) -> list[tuple[str, str]]:
    """The record as it was filed last; nothing where none was, or its words are gone."""
    try:
        latest = records_feed.sheet_of(session).latest
    except CannotOpen:
        return []
    return [(str(label), str(words)) for label, words in answers(latest, "ja").values() if words] if latest else []


def _writer(author: Author) -> str:
    names = {Author.VISITOR: _("ご本人"), Author.COUNSELOR: _("相談員")}
    return names.get(author, _("自動"))


def _paper(title: str, **parts: Any) -> Paper:
    return {"title": title, "says": [], "facts": [], "messages": [], "record": []} | parts


def _moment(at: datetime | None) -> str:
    return date_format(timezone.localtime(at), "Y年n月j日 H:i") if at else ""
