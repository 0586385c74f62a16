"""What changed between two versions of a part, in words a person reads."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from django.utils.translation import get_language, gettext

from counseling import contacts, emergency, opening, telephone
from counseling.forms import Form
from counseling.forms.reading import look
from counseling.languages import LANGUAGES
from counseling.models import Part
from counseling.pages import survey_plan_words
from counseling.pages.danger_forms import group_name
from counseling.pages.form_words import FORMS, described, name_of
from counseling.pages.text_words import purpose
from counseling.triage import Meaning, Risk

# Longer pieces that changed are shown as a whole: looking for their letters would take too long.
COMPARED_LETTERS = 600


@dataclass(frozen=True)
class Change:
    """One thing that changed: its name, and its words in order, each (what became of it, the words)."""

    label: str
    words: list[tuple[str, str]]


def changes(part: Part, before: Any, after: Any) -> list[Change]:
    """What is new, gone or different in `after`; `before` is None where there was the house's own."""
    if part in FORMS:
        return list(_of_forms(_form(before), _form(after)))
    old, new = pieces(part, before), pieces(part, after)
    labels = [*new, *(label for label in old if label not in new)]
    return [
        Change(label, list(compared(old.get(label, ""), new.get(label, ""))))
        for label in labels
        if old.get(label, "") != new.get(label, "")
    ]


def pieces(part: Part, content: Any) -> dict[str, str]:
    """A version's content taken apart: what each piece is called → its words."""
    if part in TAKEN_APART:
        return TAKEN_APART[part](content)
    return {
        f"{purpose(key).title}({language_name(code)})": words
        for code, texts in (content or {}).items()
        for key, words in texts.items()
    }


def language_name(code: str) -> str:
    """A language as the reader of the page calls it."""
    return LANGUAGES[code].named(get_language() or "ja") if code in LANGUAGES else code


def _of_contacts(content: Any) -> dict[str, str]:
    try:
        known = contacts.read(content)
    except contacts.InvalidContacts as wrong:
        # Kept under older rules: it cannot be used again, and is shown as it stands.
        return {gettext("内容"): "\n".join(path for path, _code in wrong.problems)}
    told = {f"{one.name['ja']} {one.number}": _of_contact(one) for one in known.lines}
    order = " → ".join(one.name["ja"] for one in known.lines)
    return told | {gettext("順番"): order, gettext("確かめた日"): known.checked_on.isoformat()}


def _of_danger_words(stored: Any) -> dict[str, str]:
    content: dict[str, Any] = stored or {}
    told: dict[str, str] = {}
    for one in content.get("added", []):
        label = group_name(Meaning(one["meaning"]), Risk(one["level"]))
        told[label] = f"{told[label]}\n{one['pattern']}" if label in told else one["pattern"]
    return told | {gettext("探さないことば"): "\n".join(content.get("left_out", []))}


def _of_terms(content: Any) -> dict[str, str]:
    return {language_name(code): words for code, words in (content or {}).items()}


def _of_steps(content: Any) -> dict[str, str]:
    return {gettext("手順"): "\n".join(_of_step(one) for one in emergency.read(content).lines)}


def _of_step(one: emergency.Step) -> str:
    return f"{one.text}({one.who})" if one.who else one.text


def _of_telephone(content: Any) -> dict[str, str]:
    try:
        plan = telephone.read(content)
    except telephone.InvalidPlan as wrong:
        return {gettext("内容"): "\n".join(path for path, _code in wrong.problems)}
    calls_back = gettext("する") if plan.calls_back else gettext("しない")
    hours = opening.describe(plan.hours, get_language() or "ja")
    return {
        gettext("窓口の電話番号"): plan.line,
        gettext("折り返しの電話をする"): calls_back,
        gettext("電話の時間"): hours,
    }


def _of_contact(one: contacts.Contact) -> str:
    lines = [f"{language_name(code)}: {words} {one.what.get(code, '')}".rstrip() for code, words in one.name.items()]
    return "\n".join([*lines, *([gettext("命の危険があるとき")] if one.for_life else [])])


TAKEN_APART: dict[Part, Callable[[Any], dict[str, str]]] = {
    Part.CONTACTS: _of_contacts,
    Part.DANGER_WORDS: _of_danger_words,
    Part.STEPS: _of_steps,
    Part.TELEPHONE: _of_telephone,
    Part.SURVEY_PLAN: survey_plan_words.pieces,
    Part.TERMS: _of_terms,
}


def _form(stored: Any) -> Form:
    return look(stored)[0] if stored else Form()


def _of_forms(before: Form, after: Form) -> Iterator[Change]:
    """Question by question, whatever each is called by now; and the order of those that stay."""
    gone = [one for one in before.questions if not after.question(one.key)]
    for question in (*after.questions, *gone):
        old, new = before.question(question.key), after.question(question.key)
        words = [described(form, one) if one else "" for form, one in ((before, old), (after, new))]
        if words[0] != words[1]:
            yield Change(name_of(question), list(compared(*words)))
    was = [name_of(now) for one in before.questions if (now := after.question(one.key))]
    order = [name_of(one) for one in after.questions if before.question(one.key)]
    if was != order:
        yield Change(gettext("順番"), list(compared(" → ".join(was), " → ".join(order))))


def compared(before: str, after: str) -> Iterator[tuple[str, str]]:
    """The words of both in order: ("same" | "gone" | "new", words). By lines, and within a line by letters."""
    old, new = before.splitlines(keepends=True), after.splitlines(keepends=True)
    for kind, i, j, k, m in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        gone, come = "".join(old[i:j]), "".join(new[k:m])
        if kind == "replace" and len(gone) + len(come) <= COMPARED_LETTERS:
            yield from _letters(gone, come)
        else:
            yield from _told(kind, gone, come)


def _letters(before: str, after: str) -> Iterator[tuple[str, str]]:
    for kind, i, j, k, m in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        yield from _told(kind, before[i:j], after[k:m])


def _told(kind: str, gone: str, come: str) -> Iterator[tuple[str, str]]:
    if kind == "equal":
        yield "same", come
        return
    yield from (pair for pair in (("gone", gone), ("new", come)) if pair[1])
