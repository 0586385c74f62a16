"""What is given to a visitor, piece by piece, and the papers it stands on: one of what all of it is, one a talk."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from counseling.crypto import CannotOpen
from counseling.feeds import disclosures as feed
from counseling.feeds import records as records_feed
from counseling.feeds.intake import intake_of
from counseling.feeds.surveys import lines_of_session
from counseling.models import Disclosure, Session
from counseling.models.keeping import Checked
from counseling.models.message import Author
from counseling.models.rights import Part
from counseling.pages.record_words import answers

Paper = dict[str, Any]


@dataclass(frozen=True)
class Piece:
    """One thing that is given out unless it is left out by its name: its label and its words."""

    name: str
    part: Part
    label: str
    text: str
    left_out: bool
    at: str = ""


def pieces_of(session: Session, made: Disclosure) -> list[Piece]:
    """Everything of the chosen parts of a talk, as its chooser reads it, in the order of the papers."""
    out = set(made.left_out)

    def piece(name: str, part: Part, label: str, text: str, at: datetime | None = None) -> Piece:
        name = f"{session.pk}.{name}"
        return Piece(name, part, label, text, name in out, _moment(at))

    found = []
    for line in feed.said_in(session, made.parts):
        part = Part.SAID if line.author == Author.VISITOR else Part.OURS
        found.append(piece(f"message.{line.id}", part, _writer(line.author), line.text, line.at))
    for part, read in ANSWERS.items():
        if part in made.parts:
            found += [piece(f"{part.value}.{key}", part, label, words) for key, label, words in read(session) if words]
    return found


def _intake(session: Session) -> Iterator[tuple[str, str, str]]:
    """What was answered before the talk."""
    for one in intake_of(session, session.visitor.key()):
        yield one["key"], one["label"], _("、").join(one["answers"])


def _survey(session: Session) -> Iterator[tuple[str, str, str]]:
    """What was answered after it, where it is kept with the talk."""
    for place, (label, words) in enumerate(lines_of_session(session, get_language() or "ja")):
        yield str(place), label, words


def _record(session: Session) -> Iterator[tuple[str, str, str]]:
    """The record as it was filed last; nothing where none was, or its words are gone."""
    try:
        latest = records_feed.sheet_of(session).latest
    except CannotOpen:
        return
    if latest:
        for key, (label, words) in answers(latest, get_language() or "ja").items():
            yield key, str(label), str(words)


ANSWERS: dict[Part, Callable[[Session], Iterator[tuple[str, str, str]]]] = {
    Part.CONSENTS: _intake,
    Part.SURVEY: _survey,
    Part.RECORD: _record,
}


def papers_of(made: Disclosure) -> dict[str, Paper]:
    """File name → what its template takes; in Japanese, whatever its maker reads."""
    with translation.override("ja"):
        sessions = list(feed.sessions_of(made))
        told = {f"{place:03}-talk-{one.number}.pdf": _talk(one, made) for place, one in enumerate(sessions, 1)}
        return {"000-index.pdf": _index(made, len(sessions)), **told}


def _index(made: Disclosure, talks: int) -> Paper:
    says = [_("窓口で保存している、あなたの相談の内容です。ほかの方の目にふれないよう、保管にお気をつけください。")]
    if left_out := len(made.left_out):
        says.append(_("ほかの方のことばを含むため、%(count)s件のことばを除いています。") % {"count": left_out})
    facts = [
        (_("窓口"), made.program.name),
        (_("相談の件数"), str(talks)),
        (_("含まれるもの"), _("、").join(str(Part(part).label) for part in made.parts)),
        (_("ご本人であることの確認"), str(Checked(made.checked).label)),
        (_("作成した日"), _moment(timezone.now())),
    ]
    return _paper(_("相談内容の開示"), says=says, facts=facts)


def _talk(session: Session, made: Disclosure) -> Paper:
    facts = [(_("受け付けた時刻"), _moment(session.received_at)), (_("終わった時刻"), _moment(session.ended_at))]
    if Part.CONSENTS in made.parts:
        facts.append((_("同意した時刻"), _moment(session.consented_at)))
    pieces = pieces_of(session, made)
    said = [(one.at, one.label, _given(one)) for one in pieces if one.part in {Part.SAID, Part.OURS}]
    tables = [
        (title, [(one.label, _given(one)) for one in pieces if one.part == part])
        for part, title in (
            (Part.CONSENTS, _("受付の答え")), (Part.SURVEY, _("アンケートの答え")), (Part.RECORD, _("相談記録")),
        )
    ]  # fmt: skip
    return _paper(
        _("相談 %(number)s") % {"number": session.number},
        facts=[fact for fact in facts if fact[1]],
        messages=said,
        tables=[(title, rows) for title, rows in tables if rows],
    )


def _given(piece: Piece) -> str:
    """What stands there on the paper: that something was left out is said where it was."""
    return _("(ほかの方のことばを含むため、除いています)") if piece.left_out else piece.text


def _writer(author: Author) -> str:
    names = {Author.VISITOR: _("ご本人"), Author.COUNSELOR: _("相談員")}
    return names.get(author, _("自動"))


def _paper(title: str, **parts: Any) -> Paper:
    return {"title": title, "says": [], "facts": [], "messages": [], "tables": []} | parts


def _moment(at: datetime | None) -> str:
    return date_format(timezone.localtime(at), "Y年n月j日 H:i") if at else ""
