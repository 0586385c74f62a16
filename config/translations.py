"""Compiles locale/*/LC_MESSAGES/*.po, which Django's own command does only where GNU gettext is installed.

Only the standard library. The format is gettext's own: a table of originals, a table of translations, both sorted.
"""

import ast
import struct
import sys
from collections.abc import Iterator

from config.embedded import ROOT

MAGIC = 0x950412DE
HEADER_BYTES = 7 * 4
CONTEXT_END = "\x04"
KEYWORDS = ("msgctxt", "msgid_plural", "msgid", "msgstr")


def main() -> None:
    """Write a .mo beside every .po."""
    for path in sorted((ROOT / "locale").glob("*/LC_MESSAGES/*.po")):
        messages = read(path.read_text(encoding="utf-8"))
        path.with_suffix(".mo").write_bytes(compiled(messages))
        sys.stdout.write(f"  {path.relative_to(ROOT)}: {len(messages)}\n")


def read(text: str) -> dict[str, str]:
    """Original → translation of a .po file, in the joined forms a .mo file wants; fuzzy and empty ones left out."""
    found = {}
    for entry in text.split("\n\n"):
        lines = [line.strip() for line in entry.splitlines()]
        if any(line.startswith("#,") and "fuzzy" in line for line in lines):
            continue
        fields = dict(_fields(lines))
        translations = [fields[key] for key in sorted(fields) if key.startswith("msgstr")]
        if not translations or not all(translations):
            continue
        original = "\0".join(fields[key] for key in ("msgid", "msgid_plural") if key in fields)
        context = fields["msgctxt"] + CONTEXT_END if "msgctxt" in fields else ""
        found[context + original] = "\0".join(translations)
    return found


def _fields(lines: list[str]) -> Iterator[tuple[str, str]]:
    """Keyword → text of one entry, the continued lines joined."""
    keyword, text = "", ""
    for line in lines:
        if line.startswith(KEYWORDS):
            if keyword:
                yield keyword, text
            keyword, _, quoted = line.partition(" ")
            text = ast.literal_eval(quoted)
        elif line.startswith('"'):
            text += ast.literal_eval(line)
    if keyword:
        yield keyword, text


def compiled(messages: dict[str, str]) -> bytes:
    """The .mo file's bytes: lengths and offsets of every text, then the texts, each closed by NUL."""
    pairs = sorted((original.encode(), translation.encode()) for original, translation in messages.items())
    originals_at = HEADER_BYTES
    translations_at = originals_at + 8 * len(pairs)
    place = translations_at + 8 * len(pairs)
    tables = [b"", b""]
    texts = b""
    for column in (0, 1):
        for pair in pairs:
            tables[column] += struct.pack("<II", len(pair[column]), place + len(texts))
            texts += pair[column] + b"\0"
    header = struct.pack("<7I", MAGIC, 0, len(pairs), originals_at, translations_at, 0, 0)
    return header + tables[0] + tables[1] + texts


if __name__ == "__main__":
    main()
