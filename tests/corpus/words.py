"""C1: words that must come through byte for byte, however strange."""

from __future__ import annotations

from base64 import b64encode
from typing import Any

TYPED_LIMIT_UNITS = 20_000
FAMILY = "\U0001f468\u200d\U0001f469\u200d\U0001f467\u200d\U0001f466"
ENGLAND = "\U0001f3f4\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f"
BLANK = (
    "only spaces",
    "only ideographic spaces",
    "only ZWJ",
    "only line ends",
    "only zero width spaces",
    "only fillers",
)

TEXTS = {
    "plain Japanese": "相談したいことがあります。",
    "family emoji": FAMILY,
    "flag of England": ENGLAND,
    "flag of Japan": "\U0001f1ef\U0001f1f5",
    "half a flag": "\U0001f1ef",
    "red heart emoji": "\u2764\ufe0f",
    "red heart as text": "\u2764",
    "skin colour": "\U0001f44d\U0001f3fd",
    "keycap": "1\ufe0f\u20e3",
    "Z with 500 accents": "Z" + "\u0301" * 500,
    "marks of two classes": "Z" + "\u0301\u0323" * 250,
    "mark without a base": "\u0301",
    "struck through": "つ\u0336ら\u0336い\u0336",
    "Thai stack": "ก็ น้ำ ที่ ผู้ใหญ่",
    "Khmer stack": "ខ្មែរ ស្រ្តី",
    "Devanagari": "क्षत्रिय नमस्ते",
    "Hangul syllables": "안녕하세요",
    "Hangul jamo": "\u1100\u1161\u11a8\u1102\u1161",
    "Arabic and Hebrew": "abc مرحبا 123 שלום xyz",
    "right-to-left override": "\u202egpj.exe\u202c",
    "left-to-right override": "\u202dabc\u202c",
    "isolates": "\u2066a\u2069\u2067b\u2069\u2068c\u2069",
    "unclosed override": "こんにちは\u202e",
    "zero width characters": "死\u200bに\u200cた\u200dい",
    "BOM inside": "a\ufeffb",
    "BOM first": "\ufeffこんにちは",
    "line separator": "一\u2028二",
    "paragraph separator": "一\u2029二",
    "soft hyphen": "a\u00adb",
    "noncharacters": "\ufffe\uffff\U0001ffff",
    "replacement character": "\ufffd",
    "private use": "\ue000\U000f0000",
    "unassigned": "\U0003fffd",
    "half-width kana": "ｶﾞﾝﾊﾞﾚﾅｲ ﾂﾗｲ",
    "composed ga": "\u304c",
    "decomposed ga": "\u304b\u3099",
    "astral kanji": "\U00020bb7野家",
    "kanji with a variation selector": "葛\U000e0100城",
    "compatibility kanji": "\ufa19\u2f00",
    "wave dashes": "〜～",
    "yen and backslash": "¥\\",
    "CRLF": "一\r\n二\r\n",
    "CR": "一\r二",
    "mixed line ends": "a\r\nb\nc\rd\n\re",
    "tabs": "a\tb\t",
    "C0 controls": "a\x01\x07\x08\x0b\x0c\x1b\x1c\x1f\x7fb",
    "C1 controls": "a\x80\x85\x9fb",
    "spaces around": "  あ  ",
    "only spaces": "   ",
    "only ideographic spaces": "\u3000\u3000",
    "only ZWJ": "\u200d\u200d",
    "only line ends": "\n\r\n",
    "only zero width spaces": "\u200b",
    "only fillers": "\u3164\u2800\uffa0",
    "zero": "0",
    "null": "null",
    "None": "None",
    "undefined": "undefined",
    "true": "true",
    "NaN": "NaN",
    "an object printed": "[object Object]",
    "empty braces": "{}",
    "template braces": "{{7*7}} ${7*7} {% raw %} %s %(a)s {0}",
    "backslash u": "\\u0000 \\ud83d",
    "quotes": "'\"`´”’",
    "SQL": "'; DROP TABLE message; --",
    "HTML": "<b>あ</b>&amp;<!-- -->",
    "formula": "=1+1",
    "dollar emoji of LINE": "$ありがとう$",
    "one letter": "あ",
    "one digit full width": "１",
}
# (unit, times, after)
LONG = {
    "5,000 units": ("あ", 5_000, ""),
    "5,001 units": ("あ", 5_001, ""),
    "emoji on the border": ("あ", 4_999, "\U0001f600"),
    "family on the border": ("あ", 4_995, FAMILY),
    "flag on the border": ("あ", 4_998, "\U0001f1ef\U0001f1f5"),
    "flags only": ("\U0001f1ef\U0001f1f5", 1_300, ""),
    "decomposed ga on the border": ("あ", 4_999, "\u304b\u3099い"),
    "CRLF on the border": ("あ", 4_999, "\r\nい"),
    "5,000 units and a line end": ("あ", 5_000, "\n"),
    "astral kanji only": ("\U00020bb7", 2_501, ""),
    "sentences": ("これは長い相談です。", 1_500, ""),
    "20,000 units": ("あ", 20_000, ""),
    "20,001 units": ("あ", 20_001, ""),
    "20 KB": ("a", 20_480, ""),
    "64 KB - 1": ("a", 65_535, ""),
    "64 KB": ("a", 65_536, ""),
    "Z with 64 KB of accents": ("\u0301", 32_768, ""),
    "64 KB of ZWJ": ("\u200d", 21_845, ""),
}


def cases() -> list[dict[str, Any]]:
    short = [_case(name, text) for name, text in TEXTS.items()]
    return short + [_case(name, unit, times, after) for name, (unit, times, after) in LONG.items()]


def _case(name: str, unit: str, times: int = 1, after: str = "") -> dict[str, Any]:
    text = unit * times + after
    units = len(text.encode("utf-16-le")) // 2
    blank = name in BLANK or "of ZWJ" in name
    refused = "too_long" if units > TYPED_LIMIT_UNITS else "empty" if blank else "same"
    stored: dict[str, Any] = {"name": name, "bytes": b64encode(unit.encode()).decode()}
    if times > 1:
        stored |= {"times": times, "after": b64encode(after.encode()).decode()}
    return stored | {"outcome": {"units": units, "clean": refused, "repair": "same"}}
