"""The automatic texts a program starts with, by language and key. Pure: words only.

A program may keep texts of its own (an edition). Variables stand in braces; VARIABLES says which text has which.
"""

import re
from collections.abc import Iterable
from enum import StrEnum

from counseling import easy, phone_words, survey_words
from counseling.languages import LANGUAGES, instead
from counseling.text import is_storable, utf16_length

TEXTS: dict[str, dict[str, str]] = {
    "ja": {
        "greeting": (
            "友だち追加ありがとうございます。{program}です。\n"
            "匿名・無料でご相談いただけます。お話ししたいときに、メッセージを送ってください。\n"
            "受付時間:{hours}\n\n{notes}"
        ),
        "notes": (
            "・混み合っているときは、お返事までお待ちいただくことがあります。\n"
            "・相談員をお選びいただくことはできません。医療行為ではありません。\n"
            "・お話の内容は守ります。ただし命の危険があるときは、警察や児童相談所へお知らせすることがあります。\n"
            "・しばらくお返事がないときは、こちらからお話を終えることがあります。"
        ),
        "entry": (
            "ご連絡ありがとうございます。お話は、次のページでうかがいます(LINEには残りません)。\n\n{notes}\n\n"
            "いま{waiting}人がお待ちです。次のリンクは、{minutes}分のあいだ、1回だけひらけます。\n{url}\n\n{emergency}"
        ),
        "reply_here": (
            "返信が届きました。相談のページでお読みください。\n"
            "ページを閉じたときは、メニューの「相談する」を押してください。新しいリンクをお送りします。"
        ),
        "letter_here": "お知らせが届いています。次のリンクからお読みください({days}日のあいだ、1回だけひらけます)。\n{url}\nひらけないときは、メニューの「相談する」を押してください。",
        "consent": (
            "ご連絡ありがとうございます。{program}です。\nお話をうかがう前に、次のことをお読みください。\n\n{notes}\n\n"
            "利用規約の全文:{url}\n\n"
            "よろしければ、下の「同意して相談する」を押してください。押されるまで、お書きになったことばを相談員が読むことは"
            "ありません(命の危険があるときを除きます)。"
        ),
        "consent_again": (
            "まだ「同意して相談する」が押されていません。お話しになるときは、下のボタンを押してください。利用規約:{url}"
        ),
        "consent_refused": (
            "わかりました。お書きになったことばは、相談員が読まないまま消しました。\n"
            "お話ししたくなったら、いつでもまたメッセージを送ってください。\n\n{emergency}"
        ),
        "danger_before_consent": (
            "大切なことを書いてくださり、ありがとうございます。これは自動のお返事です。\n"
            "いのちの危険があるとき、いますぐだれかと話したいときは、次のところへ連絡してください。\n\n{emergency}\n\n{now}"
        ),
        "accepted": "ご連絡ありがとうございます。相談員がお返事するまで、少しお待ちください。いま{waiting}人がお待ちで、あなたは{place}番目です。",
        "off_hours": (
            "メッセージをありがとうございます。いまは受付時間外のため、お返事できません。\n受付時間:{hours}\n\n{emergency}"
        ),
        "after_intake_close": (
            "メッセージをありがとうございます。本日の受付は終了しました。\n受付時間:{hours}\n\n{emergency}"
        ),
        "not_yet": (
            "メッセージをありがとうございます。この相談窓口はまだ始まっていません。\n受付時間:{hours}\n\n{emergency}"
        ),
        "period_over": "メッセージをありがとうございます。この相談窓口の受付期間は終了しました。\n\n{emergency}",
        "out_of_scope": (
            "メッセージをありがとうございます。申し訳ありませんが、この窓口ではお受けできないご相談です。\n\n{emergency}"
        ),
        "unstaffed": (
            "メッセージをありがとうございます。ただいま相談員の準備をしています。お待たせして申し訳ありません。"
            "しばらくしてから、もう一度メッセージを送ってください。\n受付時間:{hours}\n\n{emergency}"
        ),
        "paused": (
            "メッセージをありがとうございます。ただいま受付を止めています。ご不便をおかけして申し訳ありません。"
            "再開しましたら、またお話をうかがいます。\n\n{emergency}"
        ),
        "closed": (
            "これまで{program}をご利用くださり、ありがとうございました。この相談窓口は終了しました。\n"
            "お話ししたいことがあるときは、次のところへご連絡ください。\n\n{emergency}"
        ),
        "limited": (
            "メッセージをありがとうございます。より多くの方のお話をうかがうため、1日にお受けできる回数を決めています。"
            "申し訳ありませんが、続きはまた明日以降にお聞かせください。\n受付時間:{hours}\n\n{emergency}"
        ),
        "agreed_limit": "メッセージをありがとうございます。お約束した回数のお話をうかがいましたので、続きは{again}からお聞かせください。お待ちしています。\nそれまでにだれかと話したくなったとき、いのちの危険があるときは、次のところへ連絡してください。\n\n{emergency}",
        "barred": "メッセージをありがとうございます。申し訳ありませんが、いまは、この窓口でのご相談をお休みさせていただいています。{again}からは、またお話をうかがいます。\nそれまでのあいだは、次のところでもお話を聞いてもらえます。いのちの危険があるときは、すぐに連絡してください。\n\n{emergency}",
        "nudge": "その後、いかがですか。ゆっくりで大丈夫です。お返事をお待ちしています。",
        "notice": "しばらくお返事がないようです。このままお返事がない場合は、いったんお話を終わりにします。またいつでもご連絡ください。",
        "idle_close": (
            "お返事がないため、今回はここでお話を終わりにします。お話ししたくなったら、受付時間内にまたメッセージを送ってください。\n\n{emergency}"
        ),
        "hours_over": "お待たせしたまま申し訳ありません。本日の相談時間が終了しました。\n受付時間:{hours}\n\n{emergency}",
        "farewell": "お話しくださり、ありがとうございました。また話したくなったら、いつでもご連絡ください。",
        "stepped_in": "ここからは、担当の相談員といっしょに、スーパーバイザー(相談員を支える責任者)もお話をうかがいます。",
        "unreadable": "申し訳ありません。いまのメッセージはこちらで表示できませんでした。文字で送っていただけますか。",
        "menu_hours": "{program}の受付時間\n{hours}\n\n{now}",
        "menu_talking": "いま相談員とつながっています。このままメッセージを書いて送ってください。",
    },
    "en": {
        "greeting": (
            "Thank you for adding us. This is {program}.\n"
            "You can talk with us anonymously and free of charge. Write whenever you want to talk.\n"
            "Hours: {hours}\n\n{notes}"
        ),
        "notes": (
            "- When many people write, it may take a while until we answer.\n"
            "- You cannot choose a counselor. This is not medical treatment.\n"
            "- What you say stays with us, except when a life is in danger: then we may tell the police or a child "
            "guidance centre.\n"
            "- If we do not hear from you for some time, we may end the talk."
        ),
        "entry": (
            "Thank you for writing. We talk on our own page, so that nothing remains on LINE.\n\n{notes}\n\n"
            "{waiting} people are waiting now. This link opens once, within {minutes} minutes:\n{url}\n\n{emergency}"
        ),
        "reply_here": (
            "A reply has come. Please read it on the page of your talk.\n"
            "If you closed it, press “Talk” in the menu: we send you a new link."
        ),
        "letter_here": "There is a notice for you. Please read it by this link (it opens once, within {days} days):\n{url}\nIf it does not open, press “Talk” in the menu.",
        "consent": (
            "Thank you for writing. This is {program}.\nPlease read this before we talk.\n\n{notes}\n\n"
            "All terms of use: {url}\n\n"
            "If you agree, press “Agree and talk” below. Until then no counselor reads what you wrote (except when a life "
            "is in danger)."
        ),
        "consent_again": (
            "You have not pressed “Agree and talk” yet. When you want to talk, please press the button below. "
            "Terms of use: {url}"
        ),
        "consent_refused": (
            "All right. What you wrote was deleted, and no counselor has read it.\n"
            "When you want to talk, please write again at any time.\n\n{emergency}"
        ),
        "danger_before_consent": (
            "Thank you for telling us something so important. This is an automatic answer.\n"
            "If a life is in danger, or you want to talk with somebody right now, please contact:\n\n{emergency}\n\n{now}"
        ),
        "accepted": "Thank you for writing. Please wait a little until a counselor answers. {waiting} people are waiting and you are number {place}.",
        "off_hours": "Thank you for writing. We are closed now and cannot answer.\nHours: {hours}\n\n{emergency}",
        "after_intake_close": "Thank you for writing. We take no more talks today.\nHours: {hours}\n\n{emergency}",
        "not_yet": "Thank you for writing. This service has not started yet.\nHours: {hours}\n\n{emergency}",
        "period_over": "Thank you for writing. The period of this service is over.\n\n{emergency}",
        "out_of_scope": "Thank you for writing. We are sorry, but this service is not for this question.\n\n{emergency}",
        "unstaffed": (
            "Thank you for writing. Our counselors are still getting ready. We are sorry to keep you waiting: please "
            "write again in a little while.\nHours: {hours}\n\n{emergency}"
        ),
        "paused": (
            "Thank you for writing. We have stopped taking talks for the moment and are sorry for the trouble. "
            "We will listen again as soon as we are back.\n\n{emergency}"
        ),
        "closed": (
            "Thank you for having talked with {program}. This service has ended.\n"
            "When you want to talk with somebody, please turn to:\n\n{emergency}"
        ),
        "limited": (
            "Thank you for writing. So that we can listen to many people, the number of talks a day is limited. "
            "We are sorry: please write to us again from tomorrow.\nHours: {hours}\n\n{emergency}"
        ),
        "agreed_limit": "Thank you for writing. We have talked as often as we agreed on, so please tell us more from {again}. We look forward to hearing from you.\nIf you want to talk with somebody before that, or a life is in danger, please contact:\n\n{emergency}",
        "barred": "Thank you for writing. We are sorry: for now we are taking a break from talking with you here. From {again} we are there for you again.\nUntil then you can talk with the following. If a life is in danger, please contact them at once.\n\n{emergency}",
        "nudge": "How are you now? Take your time. We are waiting for your answer.",
        "notice": (
            "We have not heard from you for a while. If we do not hear from you, we will end the talk for now. "
            "Please write again at any time."
        ),
        "idle_close": (
            "As we have not heard from you, we end the talk here. When you want to talk, please write again during our "
            "hours.\n\n{emergency}"
        ),
        "hours_over": "We are sorry to have kept you waiting. Our hours are over for today.\nHours: {hours}\n\n{emergency}",
        "farewell": "Thank you for talking with us. When you want to talk again, please write at any time.",
        "stepped_in": "From here on a supervisor, who stands by our counselors, talks with you together with your counselor.",
        "unreadable": "We are sorry, we could not show your message. Could you send it as text?",
        "menu_hours": "Hours of {program}\n{hours}\n\n{now}",
        "menu_talking": "You are connected with a counselor. Just write your message here.",
    },
    "ja-easy": easy.TEXTS,
}

for _others in (phone_words.TEXTS, survey_words.TEXTS):
    for _language, _texts in _others.items():
        TEXTS[_language] = TEXTS[_language] | _texts


# What every text may name; and what one text must name, or it would say nothing.
ANYWHERE = frozenset({"program", "hours", "notes", "emergency"})
ALSO: dict[str, frozenset[str]] = {
    "entry": frozenset({"url", "waiting", "minutes"}),
    "letter_here": frozenset({"url", "days"}),
    "consent": frozenset({"url"}),
    "consent_again": frozenset({"url"}),
    "danger_before_consent": frozenset({"now"}),
    "accepted": frozenset({"waiting", "place"}),
    **dict.fromkeys(("agreed_limit", "barred"), frozenset({"again"})),
    "menu_hours": frozenset({"now"}),
    **phone_words.VARIABLES,
    **survey_words.VARIABLES,
}
NEEDED: dict[str, frozenset[str]] = {
    **{key: frozenset({"emergency"}) for key, text in TEXTS["ja"].items() if "{emergency}" in text},
    "entry": frozenset({"url", "emergency"}),
    **dict.fromkeys(("consent", "letter_here"), frozenset({"url"})),
    "menu_hours": frozenset({"hours"}),
    **phone_words.NEEDED,
    **survey_words.NEEDED,
}
# LINE takes 5,000 UTF-16 units a message, and five messages a push; hours and contacts are still to be put in.
LONGEST_TEXT = 2_000
# Each of these is long itself: named more often, a text would fill more than a push.
MOST_OFTEN = {"notes": 1, "emergency": 1, "hours": 1, "url": 1, "program": 5}
VARIABLE = re.compile(r"\{([^{}]*)\}")
# A bracket that belongs to no variable was meant to: {hours without its end, or ｛hours｝ as the input method has it.
STRAY = re.compile("[{}｛｝]")

Texts = dict[str, dict[str, str]]  # language → key → text


def variables(key: str) -> frozenset[str]:
    """The variables the text `key` may name."""
    return (ANYWHERE | ALSO.get(key, frozenset())) - ({"notes"} if key == "notes" else set())


def problems(own: object) -> list[tuple[str, str, str]]:
    """What is wrong with a program's own texts: (path, code, which variable or language).

    Codes: not_an_object, unknown_language, unknown_text, bad_character, too_long, unknown_variable, missing_variable,
    repeated_variable, stray_bracket.
    """
    if not isinstance(own, dict) or not all(isinstance(texts, dict) for texts in own.values()):
        return [("", "not_an_object", "")]
    found = [(str(language), "unknown_language", str(language)) for language in own if language not in LANGUAGES]
    for language, texts in own.items():
        for key, text in texts.items():
            found += [(f"{language}.{key}", code, what) for code, what in problems_of(str(key), text)]
    return found


def problems_of(key: str, text: object) -> list[tuple[str, str]]:
    """What is wrong with one text: (code, which variable); an empty one stands for the house's own."""
    if key not in TEXTS["ja"]:
        return [("unknown_text", key)]
    if not isinstance(text, str):
        return [("not_an_object", key)]
    if not text.strip():
        return []
    if not is_storable(text):
        return [("bad_character", "")]
    named = VARIABLE.findall(text)
    found = [("unknown_variable", name) for name in sorted(set(named) - variables(key))]
    found += [("missing_variable", name) for name in sorted(NEEDED.get(key, frozenset()) - set(named))]
    found += [("repeated_variable", name) for name, most in MOST_OFTEN.items() if named.count(name) > most]
    found += [("stray_bracket", stray[0]) for stray in [STRAY.search(VARIABLE.sub("", text))] if stray]
    return found + ([("too_long", str(LONGEST_TEXT))] if utf16_length(text) > LONGEST_TEXT else [])


class Standing(StrEnum):
    """Where a text stands in one language."""

    OWN = "own"  # the program wrote it
    HOUSE = "house"  # the house's own is told
    BEHIND = "behind"  # so it is, though the program wrote the Japanese one anew: they may say different things
    MISSING = "missing"  # nobody has written it: another language's is told


def standing(own: Texts, key: str, language: str) -> Standing:
    """Where the text `key` stands in this language."""
    if own.get(language, {}).get(key):
        return Standing.OWN
    if not TEXTS.get(language, {}).get(key):
        return Standing.MISSING
    return Standing.BEHIND if own.get("ja", {}).get(key) else Standing.HOUSE


def missing(own: Texts, languages: Iterable[str]) -> list[tuple[str, str]]:
    """Which texts have no words in which of these languages: (key, language)."""
    return [(key, one) for one in languages for key in TEXTS["ja"] if standing(own, key, one) == Standing.MISSING]


def spoken(own: Texts, key: str, language: str) -> str:
    """The language in which `language` reads the text `key`: its own, or what is read instead of it."""
    return next(one for one in instead(language) if own.get(one, {}).get(key) or TEXTS.get(one, {}).get(key))


def text_for(own: Texts, key: str, language: str) -> str:
    """The program's own text, or the text every program starts with.

    Where a language has neither, that of the language that is read instead (languages.instead).
    """
    there = spoken(own, key, language)
    return own.get(there, {}).get(key) or TEXTS[there][key]


def filled(own: Texts, key: str, language: str, **values: object) -> str:
    """The text with its variables filled; {notes} is a text itself. What a value says is taken as it stands."""
    text = text_for(own, key, language).replace("{notes}", text_for(own, "notes", language))
    return VARIABLE.sub(lambda found: str(values.get(found[1], found[0])), text)
