"""The automatic texts a program starts with, by language and key. Pure: words only.

A program may replace any of them (`Program.texts`). Variables stand in braces: {program}, {hours}, {waiting}, {url}.
Sources of the emergency numbers: the public pages of the lines themselves, as of 2026-11.
"""

JA_EMERGENCY = (
    "お急ぎのときは、こちらへご連絡ください。\n"
    "・命の危険があるとき:警察 110/救急 119\n"
    "・#いのちSOS 0120-061-338\n"
    "・よりそいホットライン 0120-279-338(24時間)\n"
    "・24時間子供SOSダイヤル 0120-0-78310\n"
    "・児童相談所 189(いちはやく)\n"
    "・DV相談＋ 0120-279-889(24時間)"
)
EN_EMERGENCY = (
    "If it is urgent, please contact:\n"
    "- Danger to life: police 110 / ambulance 119\n"
    "- #Inochi SOS 0120-061-338\n"
    "- Yorisoi Hotline 0120-279-338 (24 hours)\n"
    "- 24-hour SOS dial for children 0120-0-78310\n"
    "- Child guidance centre 189\n"
    "- DV Hotline Plus 0120-279-889 (24 hours)"
)

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
        "entry": "ご連絡ありがとうございます。お話は、次のページでうかがいます(LINEには残りません)。\n{url}\n\n{emergency}",
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
        "nudge": "その後、いかがですか。ゆっくりで大丈夫です。お返事をお待ちしています。",
        "notice": "しばらくお返事がないようです。このままお返事がない場合は、いったんお話を終わりにします。またいつでもご連絡ください。",
        "idle_close": (
            "お返事がないため、今回はここでお話を終わりにします。お話ししたくなったら、受付時間内にまたメッセージを送ってください。\n\n{emergency}"
        ),
        "hours_over": "お待たせしたまま申し訳ありません。本日の相談時間が終了しました。\n受付時間:{hours}\n\n{emergency}",
        "farewell": "お話しくださり、ありがとうございました。また話したくなったら、いつでもご連絡ください。",
        "unreadable": "申し訳ありません。いまのメッセージはこちらで表示できませんでした。文字で送っていただけますか。",
        "emergency": JA_EMERGENCY,
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
        "entry": "Thank you for writing. We talk on this page, so that nothing remains on LINE:\n{url}\n\n{emergency}",
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
        "unreadable": "We are sorry, we could not show your message. Could you send it as text?",
        "emergency": EN_EMERGENCY,
    },
}


def text_for(own: dict[str, dict[str, str]], key: str, language: str) -> str:
    """The program's own text, or the text every program starts with. Unknown languages read Japanese."""
    language = language if language in TEXTS else "ja"
    return own.get(language, {}).get(key) or TEXTS[language][key]


def filled(own: dict[str, dict[str, str]], key: str, language: str, **values: object) -> str:
    """The text with its variables filled; {notes} and {emergency} are texts themselves."""
    text = text_for(own, key, language)
    for name in ("notes", "emergency"):
        text = text.replace("{" + name + "}", text_for(own, name, language))
    for name, value in values.items():
        text = text.replace("{" + name + "}", str(value))
    return text
