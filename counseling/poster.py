"""The poster (ポスター) that tells the public of a program: in the house's own languages. Pure."""

from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from counseling import opening
from counseling.contacts import Contacts
from counseling.languages import EASY, ENGLISH, JAPANESE, LANGUAGES
from counseling.opening import Hours
from counseling.text import ruby

# In which the house itself speaks: a poster in another language would lead to nobody who understands it.
SPOKEN = (JAPANESE, EASY, ENGLISH)
WORDS: dict[str, dict[str, str]] = {
    JAPANESE: {
        "lead": "ひとりで抱えていませんか。\nスマートフォンから、文字で相談できます。",
        "free": "匿名・無料",
        "audience": "対象",
        "area": "地域",
        "hours": "受付時間",
        "period": "期間",
        "scan_page": "カメラでQRコードを読み取ると、相談のページが開きます。",
        "scan_line": "カメラでQRコードを読み取って、LINEの友だちに追加してください。",
        "code": "QRコード",
        "promise": (
            "お名前はいりません。お話の内容は守ります。"
            "ただし、命の危険があるときは、警察などにお知らせすることがあります。"
        ),
        "urgent": "急いで助けがほしいときは、お電話ください",
        "by": "運営",
    },
    EASY: {
        "lead": "困《こま》って　いませんか。\nスマートフォンで、文字《もじ》で　話《はな》すことが　できます。",
        "free": "お金《かね》は　いりません・名前《なまえ》も　いりません",
        "audience": "話《はな》せる　人《ひと》",
        "area": "ところ",
        "hours": "話《はな》せる　時間《じかん》",
        "period": "いつから　いつまで",
        "scan_page": "カメラで　この　四角《しかく》を　うつして　ください。相談《そうだん》の　ページが　ひらきます。",
        "scan_line": (
            "カメラで　この　四角《しかく》を　うつして　ください。LINEの　友《とも》だちに　なって　ください。"
        ),
        "code": "QRコード",
        "promise": (
            "あなたの　話《はなし》を　ほかの　人《ひと》に　言《い》いません。"
            "でも、命《いのち》が　あぶない　ときは、警察《けいさつ》などに　知《し》らせることが　あります。"
        ),
        "urgent": "急《いそ》いで　いる　ときは、電話《でんわ》して　ください",
        "by": "この　相談《そうだん》を　して　いる　ところ",
    },
    ENGLISH: {
        "lead": "You do not have to carry it alone.\nTalk with us in writing, on your phone.",
        "free": "Anonymous and free",
        "audience": "For",
        "area": "Area",
        "hours": "Hours",
        "period": "Period",
        "scan_page": "Scan the code with your camera: our page opens.",
        "scan_line": "Scan the code with your camera and add us as a friend on LINE.",
        "code": "QR code",
        "promise": (
            "We need no name. What you say stays with us, except when a life is in danger: "
            "then we may tell the police or others."
        ),
        "urgent": "If you need help at once, please call",
        "by": "Run by",
    },
}
# More would leave no room for the rest; the most urgent stand first.
MOST_LINES = 8
DAYS = "月火水木金土日"
MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip


@dataclass(frozen=True)
class Told:
    """What a program's poster tells; `door` is whether its code leads to a page or to LINE."""

    name: str
    commissioner: str
    audience: str
    area: str
    hours: Hours
    starts_on: date
    ends_on: date | None
    contacts: Contacts
    door: Literal["page", "line"]
    address: str


def content(told: Told, language: str) -> dict[str, Any]:
    """What `templates/paper/poster.typ` draws. Readings stand in brackets, as print has them."""
    words = {key: ruby.bracketed(text) for key, text in WORDS[language].items()}
    facts = {
        "hours": ruby.bracketed(opening.describe(told.hours, language)),
        "period": period(told.starts_on, told.ends_on, language),
        "audience": told.audience,
        "area": told.area,
    }
    lines = [(one.named(language), one.number, one.told(language)) for one in told.contacts.lines[:MOST_LINES]]
    return {
        "language": LANGUAGES[language].tag,
        "title": told.name,
        "lead": words["lead"],
        "free": words["free"],
        "facts": [[words[key], text] for key, text in facts.items() if text],
        "scan": words[f"scan_{told.door}"],
        "address": told.address,
        "alt": f"{words['code']}: {told.address}",
        "promise": words["promise"],
        "urgent": words["urgent"],
        "lines": [[ruby.bracketed(text) for text in line] for line in lines],
        "by": f"{words['by']}: {told.commissioner}" if told.commissioner else "",
    }


def period(first: date, last: date | None, language: str) -> str:
    """From when until when, in words; empty where no end is known: whoever reads it then reads it any day."""
    if last is None:
        return ""
    until = " –\n" if language == ENGLISH else "から\n" if language == EASY else "〜\n"
    return f"{_day(first, language)}{until}{_day(last, language)}{'まで' if language == EASY else ''}"


def _day(day: date, language: str) -> str:
    if language == ENGLISH:
        return f"{day.day} {MONTHS[day.month - 1]} {day.year}"
    weekday = "" if language == EASY else f"({DAYS[day.weekday()]})"
    return f"{day.year}年{day.month}月{day.day}日{weekday}"
