"""English for every Japanese string, without the gettext tools: compiles locale/en, and lists what has no English yet.

`python -m config.translations` after a change of django.po or of a text; the tests ask for the same.
"""

import ast
import re
import struct
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
ENGLISH = ROOT / "locale/en/LC_MESSAGES/django.po"
PACKAGES = ("accounts", "config", "counseling", "reports")
MARKERS = {"_", "gettext", "gettext_lazy", "gettext_noop", "ngettext", "ngettext_lazy"}
MAGIC = 0x950412DE
HEADER_WORDS = 7
JAPANESE = re.compile(r"[\u3040-\u30ff\u4e00-\u9fff]")

Catalogue = dict[str, str]


def read(po: str) -> Catalogue:
    """A .po file's entries; plural forms are joined by NUL on both sides, as a .mo file wants them."""
    entries: Catalogue = {}
    for block in re.split(r"\n\s*\n", po):
        parts: dict[str, str] = {}
        keyword = ""
        for line in block.splitlines():
            found = re.match(r'(?:(msg\w+(?:\[\d\])?)\s+)?(".*")\s*$', line)
            if found:
                keyword = found[1] or keyword
                parts[keyword] = parts.get(keyword, "") + ast.literal_eval(found[2])
        if "msgid" in parts:
            originals = [parts[key] for key in ("msgid", "msgid_plural") if key in parts]
            entries["\0".join(originals)] = "\0".join(parts[key] for key in sorted(parts) if key.startswith("msgstr"))
    return entries


def compiled(entries: Catalogue) -> bytes:
    """The bytes of a .mo file: a header, two tables of length and offset, the originals, the translations."""
    pairs = sorted((key.encode(), text.encode()) for key, text in entries.items() if text)
    texts = [key for key, _text in pairs] + [text for _key, text in pairs]
    tables_at = HEADER_WORDS * 4
    offset = tables_at + len(texts) * 8
    table = b""
    for text in texts:
        table += struct.pack("<II", len(text), offset)
        offset += len(text) + 1
    header = struct.pack("<7I", MAGIC, 0, len(pairs), tables_at, tables_at + len(pairs) * 8, 0, 0)
    return header + table + b"".join(text + b"\0" for text in texts)


def source_strings() -> dict[str, str]:
    """Every marked Japanese string of the tree, and the first file that has it."""
    found: dict[str, str] = {}
    for path in sorted(_sources()):
        name = str(path.relative_to(ROOT))
        for text in _marked_in(path):
            if JAPANESE.search(text):
                found.setdefault(text, name)
    return found


def _sources() -> Iterator[Path]:
    yield from (ROOT / "templates").rglob("*.html")
    yield from (ROOT / "templates").rglob("*.txt")
    for package in PACKAGES:
        yield from (path for path in (ROOT / package).rglob("*.py") if "migrations" not in path.parts)


def _marked_in(path: Path) -> Iterator[str]:
    source = path.read_text()
    if path.suffix != ".py":
        from django.utils.translation.template import templatize

        # Django turns a template into calls of gettext, with everything else blotted out by x.
        source = "\n".join(re.findall(r"\bn?gettext\([^\n]*?\)(?=\s|$)|_\([^\n]*?\)(?=\s|$)", templatize(source)))
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and _name(node.func) in MARKERS:
            literal = [a.value for a in node.args if isinstance(a, ast.Constant) and isinstance(a.value, str)]
            if literal:
                yield "\0".join(literal)


def _name(function: ast.expr) -> str:
    return function.id if isinstance(function, ast.Name) else getattr(function, "attr", "")


def missing() -> dict[str, str]:
    """The Japanese strings that have no English yet, and where they stand."""
    english = read(ENGLISH.read_text())
    return {text: place for text, place in source_strings().items() if not english.get(text)}


def main() -> int:
    """Compile, then say what is missing."""
    entries = read(ENGLISH.read_text())
    ENGLISH.with_suffix(".mo").write_bytes(compiled(entries))
    lacking = missing()
    for text, place in lacking.items():
        sys.stdout.write(f"{place}: {text!r}\n")
    sys.stdout.write(f"{len(entries) - 1} texts in English, {len(lacking)} missing\n")
    return 1 if lacking else 0


if __name__ == "__main__":
    raise SystemExit(main())
