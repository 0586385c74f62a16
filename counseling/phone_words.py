"""What the house says when a talk moves to the telephone (電話移行): its texts and buttons. Pure: words only."""

TEXTS: dict[str, dict[str, str]] = {
    "ja": {
        "phone_line": (
            "お電話でもお話をうかがえます。よろしければ、こちらへおかけください。\n{line}\n受付:{line_hours}\n\n"
            "このまま、ここで文字でお話しになってもかまいません。"
        ),
        "phone_offer": (
            "よろしければ、こちらからお電話して、お話をうかがうこともできます。\n電話の時間:{line_hours}\n\n"
            "下のボタンからお答えください。お断りになっても、ここでのお話はこれまでどおり続けられます。"
        ),
        "phone_when": "いつお電話するのがよいですか。下のボタンから選んでください。",
        "phone_full": "申し訳ありません。いま、お電話できる時間がありません。このまま、ここでお話をうかがいます。",
        "phone_number": (
            "お電話してよい番号を、数字だけで書いて送ってください。\n番号は、電話をかける人だけが見て、電話のあとに消します。"
        ),
        "phone_wrong": "この番号にはおかけできないようです。0からはじまる番号を、もう一度たしかめて送っていただけますか。",
        "phone_voice": (
            "ほかの方が電話に出られるかもしれません。そのとき、こちらが名乗ってもよいですか。\n"
            "安全でないと思われるときは、名乗りません。"
        ),
        "phone_agreed": (
            "ありがとうございます。{slot}にお電話します。番号は、かける人だけが見ます。\n"
            "やめたくなったときは、いつでも取り消せます。"
        ),
        "phone_cancelled": "わかりました。お電話はしません。うかがっていた番号は消しました。このまま、ここでお話をうかがいます。",
    },
    "ja-easy": {
        "phone_line": (
            "電話《でんわ》でも　話《はな》せます。よかったら、ここに　電話《でんわ》して　ください。\n{line}\n"
            "電話《でんわ》の　時間《じかん》:{line_hours}\n\nここで　メッセージを　書《か》いても　いいです。"
        ),
        "phone_offer": (
            "あなたに　電話《でんわ》して、話《はなし》を　聞《き》くことも　できます。\n"
            "電話《でんわ》の　時間《じかん》:{line_hours}\n\n下《した》の　ボタンを　押《お》して　ください。"
            "「いいえ」でも、ここで　話《はな》せます。"
        ),
        "phone_when": "いつ　電話《でんわ》を　しますか。下《した》の　ボタンを　押《お》して　ください。",
        "phone_full": "ごめんなさい。いま、電話《でんわ》できる　時間《じかん》が　ありません。ここで　話《はな》して　ください。",
        "phone_number": (
            "電話番号《でんわばんごう》を　数字《すうじ》で　書《か》いて　送《おく》って　ください。\n"
            "番号《ばんごう》は、電話《でんわ》を　する　人《ひと》だけが　見《み》ます。電話《でんわ》の　後《あと》で　消《け》します。"
        ),
        "phone_wrong": (
            "この　番号《ばんごう》には　電話《でんわ》できません。0から　始《はじ》まる　番号《ばんごう》を　もう　一度《いちど》　"
            "送《おく》って　ください。"
        ),
        "phone_voice": (
            "ほかの　人《ひと》が　電話《でんわ》に　出《で》るかもしれません。そのとき、私《わたし》たちの　名前《なまえ》を　"
            "言《い》っても　いいですか。"
        ),
        "phone_agreed": (
            "ありがとうございます。{slot}に　電話《でんわ》します。\nやめたい　ときは、いつでも　やめることが　できます。"
        ),
        "phone_cancelled": (
            "わかりました。電話《でんわ》は　しません。番号《ばんごう》は　消《け》しました。ここで　話《はな》して　ください。"
        ),
    },
    "en": {
        "phone_line": (
            "You can also talk with us by telephone. If you like, please call:\n{line}\nHours: {line_hours}\n\n"
            "You can just as well go on writing here."
        ),
        "phone_offer": (
            "If you like, we can call you and talk by telephone.\nTelephone hours: {line_hours}\n\n"
            "Please answer with the buttons below. If you would rather not, our talk here goes on as before."
        ),
        "phone_when": "When may we call you? Please choose from the buttons below.",
        "phone_full": "We are sorry, there is no time left for a call just now. We go on listening here.",
        "phone_number": (
            "Please send the number we may call, in digits only.\n"
            "Only the person who calls you sees it, and it is deleted after the call."
        ),
        "phone_wrong": "It seems we cannot call this number. Could you check it and send it again? It begins with 0.",
        "phone_voice": (
            "Somebody else may pick up the telephone. May we say who we are then?\nWhere it may not be safe, we will not."
        ),
        "phone_agreed": (
            "Thank you. We will call you on {slot}. Only the person who calls you sees your number.\n"
            "If you change your mind, you can cancel at any time."
        ),
        "phone_cancelled": "All right, we will not call you. The number was deleted. We go on listening here.",
    },
}
VARIABLES = {
    "phone_line": frozenset({"line", "line_hours"}),
    "phone_offer": frozenset({"line_hours"}),
    "phone_agreed": frozenset({"slot"}),
}
NEEDED = {"phone_line": frozenset({"line"}), "phone_agreed": frozenset({"slot"})}

# Buttons: at most 20 characters on LINE.
YES = {"ja": "電話で話したい", "ja-easy": "電話《でんわ》で　話《はな》します", "en": "Yes, call me"}
NO = {"ja": "ここで話したい", "ja-easy": "いいえ、ここで　話《はな》します", "en": "I prefer to write"}
BACK = {"ja": "電話を取り消す", "ja-easy": "電話《でんわ》を　やめます", "en": "Cancel the call"}
NOW = {"ja": "いますぐ", "ja-easy": "いま", "en": "Right now"}
VOICES: dict[str, dict[str, str]] = {
    "program": {"ja": "窓口の名前でよい", "ja-easy": "言《い》っても　いいです", "en": "You may say it"},
    "surname": {
        "ja": "名字だけにしてほしい", "ja-easy": "名字《みょうじ》〈家族《かぞく》の　名前《なまえ》〉だけ",
        "en": "Only your surname",
    },
    "nobody": {"ja": "本人以外には話さない", "ja-easy": "私《わたし》だけに　話《はな》して", "en": "Talk to me only"},
}  # fmt: skip
# A number that was taken into its own table stands in the talk like this.
TAKEN = {
    "ja": "(電話番号を受け取りました {number})",
    "ja-easy": "(電話番号《でんわばんごう》を　受《う》け取《と》りました {number})",
    "en": "(We have taken your number {number})",
}
