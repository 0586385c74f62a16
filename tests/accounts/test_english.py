"""Every Japanese string that is marked for translation has its English."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.utils.translation.template import templatize

from config.translations import read

ROOT = Path(settings.BASE_DIR)
ENGLISH = ROOT / "locale/en/LC_MESSAGES/django.po"
PACKAGES = ("accounts", "config", "counseling", "reports")
MARKERS = {"_", "gettext", "gettext_lazy", "gettext_noop", "ngettext", "ngettext_lazy"}
CALL = re.compile(r"\bn?gettext\([^\n]*?\)(?=\s|$)|_\([^\n]*?\)(?=\s|$)")
JAPANESE = re.compile(r"[\u3000-\u30ff\u4e00-\u9fff]")
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|\{\w*\}")


def marked() -> Iterator[str]:
    """Every marked Japanese string of the tree; singular and plural joined by NUL."""
    for pattern in ("*.html", "*.txt"):
        for path in (ROOT / "templates").rglob(pattern):
            # Django turns a template into calls of gettext, with everything else blotted out.
            yield from marked_in("\n".join(CALL.findall(templatize(path.read_text()))))
    for package in PACKAGES:
        for path in (ROOT / package).rglob("*.py"):
            yield from marked_in(path.read_text())


def marked_in(source: str) -> Iterator[str]:
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.Call):
            continue
        name = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
        texts = [part.value for part in node.args if isinstance(part, ast.Constant) and isinstance(part.value, str)]
        if name in MARKERS and texts and JAPANESE.search(texts[0]):
            yield "\0".join(texts)


def test_every_string_has_its_english() -> None:
    english = read(ENGLISH.read_text())
    assert sorted({text for text in marked() if text not in english}) == []


def test_no_english_is_left_over() -> None:
    english = read(ENGLISH.read_text())
    assert sorted(set(english) - set(marked()) - {""}) == []


def test_english_keeps_the_placeholders() -> None:
    for japanese, english in read(ENGLISH.read_text()).items():
        wanted = set(PLACEHOLDER.findall(japanese)) if japanese else set()
        for form in english.split("\0"):
            assert not japanese or set(PLACEHOLDER.findall(form)) == wanted, japanese


def test_english_is_english() -> None:
    found = {original: text for original, text in read(ENGLISH.read_text()).items() if JAPANESE.search(text)}
    assert found == {}


@pytest.mark.parametrize("source", ['_("日本語")', 'ngettext("一人", "人たち", n)', 'models.gettext_lazy("日本語")'])
def test_a_marked_string_is_found(source: str) -> None:
    assert list(marked_in(source))


def test_an_unmarked_one_is_not() -> None:
    assert list(marked_in('print("日本語"); _("English")')) == []
