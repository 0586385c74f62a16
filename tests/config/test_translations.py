"""What our compiler writes, Python's own gettext reads."""

import gettext
import io

from config.translations import compiled, read

PO = r"""
msgid ""
msgstr ""
"Content-Type: text/plain; charset=UTF-8\n"
"Plural-Forms: nplurals=2; plural=n != 1;\n"

#: pages/talk.py:10
msgid "待機列"
msgstr "Queue"

msgid "とても長い"
"文です"
msgstr ""
"Two "
"lines, \"quoted\"\n"

msgctxt "button"
msgid "送信"
msgstr "Send"

msgid "%(n)s人"
msgid_plural "%(n)s人たち"
msgstr[0] "%(n)s person"
msgstr[1] "%(n)s people"

#, fuzzy
msgid "保留"
msgstr "Perhaps"

msgid "未訳"
msgstr ""
"""


def english() -> gettext.GNUTranslations:
    return gettext.GNUTranslations(io.BytesIO(compiled(read(PO))))


def test_a_text_is_found() -> None:
    assert english().gettext("待機列") == "Queue"


def test_lines_that_continue_are_joined() -> None:
    assert english().gettext("とても長い文です") == 'Two lines, "quoted"\n'


def test_a_context_keeps_two_meanings_apart() -> None:
    assert (english().pgettext("button", "送信"), english().gettext("送信")) == ("Send", "送信")


def test_one_and_many_differ() -> None:
    assert english().ngettext("%(n)s人", "%(n)s人たち", 1) == "%(n)s person"
    assert english().ngettext("%(n)s人", "%(n)s人たち", 3) == "%(n)s people"


def test_fuzzy_and_missing_ones_stay_japanese() -> None:
    assert (english().gettext("保留"), english().gettext("未訳")) == ("保留", "未訳")
