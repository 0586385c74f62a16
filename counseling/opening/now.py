"""Whether one can write just now, and if not, when: as a visitor reads it. Pure: the status is an argument."""

from datetime import date, datetime, timedelta

from counseling.languages import EASY, interface
from counseling.opening import easy
from counseling.opening.hours import TOKYO
from counseling.opening.status import Status
from counseling.opening.wording import JAPANESE_DAYS

# An opening that goes on and on (24 hours a day) has no end worth telling.
SOON = timedelta(days=1)

# Reasons that concern one visitor: what the hours say is no answer to them.
OF_ONE = ("limited", "agreed_limit", "barred", "out_of_scope")

# By the reason why nobody is let in; empty while somebody is.
SENTENCES: dict[str, dict[str, str]] = {
    "ja": {
        "": "いま受け付けています。",
        "off_hours": "いまは受付時間外です。",
        "after_intake_close": "今日の受付は終わりました。",
        "not_yet": "この相談窓口は、まだ始まっていません。",
        "period_over": "この相談窓口の受付期間は終わりました。",
        "unstaffed": "ただいま相談員の準備をしています。しばらくしてから、もう一度お試しください。",
        "paused": "ただいま受付を止めています。",
        "closed": "この相談窓口は終わりました。",
        **dict.fromkeys(OF_ONE, "いまは、ここでお話をうかがうことができません。"),
        "until": "いま受け付けています({moment}まで)。",
        "next": "次の受付は、{moment}からです。",
    },
    EASY: easy.NOW | dict.fromkeys(OF_ONE, easy.NOT_HERE),
    "en": {
        "": "We are open now.",
        "off_hours": "We are closed now.",
        "after_intake_close": "We take no more talks today.",
        "not_yet": "This service has not started yet.",
        "period_over": "The period of this service is over.",
        "unstaffed": "Our counselors are still getting ready. Please try again in a little while.",
        "paused": "We take no new talks for the time being.",
        "closed": "This service has ended.",
        **dict.fromkeys(OF_ONE, "We cannot talk with you here just now."),
        "until": "We are open now (new talks until {moment}).",
        "next": "We open next on {moment}.",
    },
}


def moment(at: datetime, language: str) -> str:
    """11月23日(月) 14:02, with readings in easy Japanese, or Mon 23 Nov, 14:02 (JST)."""
    there = at.astimezone(TOKYO)
    if language == EASY:
        return easy.moment(there)
    if language == "ja":
        return f"{day(there, language)} {there:%H:%M}"
    return f"{day(there, language)}, {there:%H:%M} (JST)"


def day(on: date, language: str) -> str:
    """11月23日(月), with readings in easy Japanese, or Mon 23 Nov."""
    if language == EASY:
        return easy.day(on)
    if language == "ja":
        return f"{on.month}月{on.day}日({JAPANESE_DAYS[on.weekday()]})"
    return f"{on:%a} {on.day} {on:%b}"


def describe_now(status: Status, why: str, now: datetime, language: str) -> str:
    """One or two sentences. `why` is the reason why nobody is let in now (Refusal), empty while somebody is."""
    language = interface(language)
    said = SENTENCES[language]
    if not why and status.window and status.window.intake_until - now <= SOON:
        return said["until"].format(moment=moment(status.window.intake_until, language))
    # While people are lacking nobody knows when; the next opening would be too late an answer.
    if not why or why in {"unstaffed", *OF_ONE} or status.next_open is None:
        return said[why]
    between = " " if language == "en" else ""
    return said[why] + between + said["next"].format(moment=moment(status.next_open, language))
