"""What stands in editions, by its part: whether a content can be kept. Pure."""

from collections.abc import Callable
from typing import Any

from counseling import contacts, emergency, forms, survey, telephone, triage, wording
from counseling.languages import LANGUAGES
from counseling.text import is_storable, utf16_length

FORMS = ("intake", "record", "risk", "survey")
PARTS = ("texts", "terms", "contacts", *FORMS, "danger_words", "steps", "telephone", "survey_plan")
LONGEST_TERMS = 20_000
INVALID = (
    contacts.InvalidContacts,
    emergency.InvalidSteps,
    survey.InvalidPlan,
    telephone.InvalidPlan,
    triage.InvalidDictionary,
)


def wrong(part: str, content: Any) -> list[tuple[str, str, str]]:
    """What is wrong with the content of a part, as (path, code, what it is about); nothing where it can be kept."""
    if part == "texts":
        return wording.problems(content)
    if part == "terms":
        return _terms(content)
    if part in FORMS:
        return [(path, code, "") for path, code in forms.wrong(part, content)]
    readers: dict[str, Callable[[object], object]] = {
        "contacts": contacts.read,
        "danger_words": triage.read_dictionary,
        "steps": emergency.read,
        "telephone": telephone.read,
        "survey_plan": survey.read,
    }
    try:
        readers[part](content)
    except INVALID as error:
        return [(path, code, "") for path, code in error.problems]
    return []


def _terms(content: Any) -> list[tuple[str, str, str]]:
    if not isinstance(content, dict) or not all(isinstance(words, str) for words in content.values()):
        return [("", "not_an_object", "")]
    found = [(language, "unknown_language", language) for language in content if language not in LANGUAGES]
    if not content.get("ja", "").strip():
        found.append(("ja", "missing", ""))
    for language, words in content.items():
        if not is_storable(words):
            found.append((language, "bad_character", ""))
        elif utf16_length(words) > LONGEST_TERMS:
            found.append((language, "too_long", str(LONGEST_TERMS)))
    return found
