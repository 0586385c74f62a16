"""What stands in editions, by its part: whether a content can be kept. Pure."""

from collections.abc import Callable
from typing import Any

from counseling import contacts, forms, triage, wording

PARTS = ("texts", "terms", "contacts", "intake", "record", "risk", "survey", "danger_words")
LONGEST_TERMS = 20_000


def wrong(part: str, content: Any) -> list[tuple[str, str, str]]:
    """What is wrong with the content of a part, as (path, code, what it is about); nothing where it can be kept."""
    if part == "texts":
        return wording.problems(content)
    if part == "terms":
        return _terms(content)
    readers: dict[str, Callable[[object], object]] = {
        "contacts": contacts.read,
        "danger_words": triage.read_dictionary,
    }
    try:
        readers.get(part, forms.read)(content)
    except (contacts.InvalidContacts, forms.InvalidForm, triage.InvalidDictionary) as error:
        return [(path, code, "") for path, code in error.problems]
    return []


def _terms(content: Any) -> list[tuple[str, str, str]]:
    if not isinstance(content, dict) or not all(isinstance(words, str) for words in content.values()):
        return [("", "not_an_object", "")]
    if not content.get("ja", "").strip():
        return [("ja", "missing", "")]
    return [(language, "too_long", "") for language, words in content.items() if len(words) > LONGEST_TERMS]
