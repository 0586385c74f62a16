"""What the house says about a survey (アンケート): its texts and buttons. Pure: words only."""

TEXTS: dict[str, dict[str, str]] = {
    "ja": {
        "survey_invite": (
            "お話しくださり、ありがとうございました。よろしければ、短いアンケートにお答えください(1分ほど)。\n"
            "答えるかどうかは自由です。答えなくても、これからのご相談には何も変わりません。\n"
            "途中で終えたときは、そこまでのお答えを受け取ります。お答えは、あとから取り消せます。\n\n"
            "下のボタンか、次のページから、{until}までお答えいただけます。ご感想は、このページに書けます。\n{url}"
        ),
        "survey_link": (
            "お話しくださり、ありがとうございました。よろしければ、短いアンケートにお答えください(1分ほど)。\n"
            "答えるかどうかは自由です。答えなくても、これからのご相談には何も変わりません。\n\n"
            "次のページから、{until}までお答えいただけます。\n{url}"
        ),
        "survey_thanks": (
            "お答えくださり、ありがとうございました。よりよい相談窓口にするために使わせていただきます。\n"
            "取り消したいときは、下のボタンを押してください。"
        ),
        "survey_declined": "わかりました。お答えは必要ありません。お話ししたくなったら、いつでもメッセージを送ってください。",
        "survey_withdrawn": "お答えを取り消しました。消しましたので、集計にも入りません。",
        "survey_over": (
            "このアンケートは、もう終わっています。お気持ちをありがとうございます。\n"
            "お話ししたいことがあるときは、いつでもメッセージを送ってください。"
        ),
    },
    "ja-easy": {
        "survey_invite": (
            "話《はな》して　くれて、ありがとうございました。よかったら、アンケート〈短《みじか》い　質問《しつもん》〉に　答《こた》えて　"
            "ください。1分《ぷん》くらいです。\n"
            "答《こた》えなくても　いいです。答《こた》えなくても、また　話《はな》せます。\n"
            "途中《とちゅう》で　やめても　いいです。後《あと》で　答《こた》えを　消《け》すことも　できます。\n\n"
            "下《した》の　ボタンか、次《つぎ》の　ページで、{until}まで　答《こた》えることが　できます。言《い》いたい　ことは、ページに　書《か》けます。\n{url}"
        ),
        "survey_link": (
            "話《はな》して　くれて、ありがとうございました。よかったら、アンケート〈短《みじか》い　質問《しつもん》〉に　答《こた》えて　"
            "ください。1分《ぷん》くらいです。\n"
            "答《こた》えなくても　いいです。答《こた》えなくても、また　話《はな》せます。\n\n"
            "次《つぎ》の　ページで、{until}まで　答《こた》えることが　できます。\n{url}"
        ),
        "survey_thanks": (
            "答《こた》えて　くれて、ありがとうございました。もっと　いい　相談《そうだん》にする　ために　使《つか》います。\n"
            "答《こた》えを　消《け》したい　ときは、下《した》の　ボタンを　押《お》して　ください。"
        ),
        "survey_declined": (
            "わかりました。答《こた》えなくて　いいです。話《はな》したい　ときは、いつでも　メッセージを　書《か》いて　ください。"
        ),
        "survey_withdrawn": "あなたの　答《こた》えを　消《け》しました。数《かぞ》えません。",
        "survey_over": (
            "この　アンケート〈質問《しつもん》〉は、もう　終《お》わりました。ありがとうございます。\n"
            "話《はな》したい　ときは、いつでも　メッセージを　書《か》いて　ください。"
        ),
    },
    "en": {
        "survey_invite": (
            "Thank you for talking with us. If you like, please answer a short survey (about a minute).\n"
            "Whether you answer is up to you. If you do not, nothing changes for talks to come.\n"
            "If you stop halfway, we take the answers given until then. You can take them back later.\n\n"
            "Until {until} you can use the buttons below or this page, where you can also write in your own words:\n{url}"
        ),
        "survey_link": (
            "Thank you for talking with us. If you like, please answer a short survey (about a minute).\n"
            "Whether you answer is up to you. If you do not, nothing changes for talks to come.\n\n"
            "You can answer on this page until {until}:\n{url}"
        ),
        "survey_thanks": (
            "Thank you for your answers. We use them to become better at listening.\n"
            "To take them back, press the button below."
        ),
        "survey_declined": "All right, you need not answer. When you want to talk, please write at any time.",
        "survey_withdrawn": "Your answers are taken back. They are deleted and not counted.",
        "survey_over": (
            "This survey is over already. Thank you all the same.\nWhen you want to talk, please write at any time."
        ),
    },
}
KEYS = tuple(TEXTS["ja"])
VARIABLES = {
    "survey_invite": frozenset({"url", "until"}),
    "survey_link": frozenset({"url", "until"}),
}
NEEDED = {key: frozenset({"url"}) for key in VARIABLES}

START = {"ja": "アンケートに答える", "ja-easy": "答《こた》える", "en": "Answer"}
DECLINE = {"ja": "答えない", "ja-easy": "答《こた》えない", "en": "No, thank you"}
BACK = {"ja": "ひとつ前へ", "ja-easy": "前《まえ》の　質問《しつもん》", "en": "Back"}
STOP = {"ja": "ここで終える", "ja-easy": "ここで　終《お》わる", "en": "Stop here"}
WITHDRAW = {"ja": "回答を取り消す", "ja-easy": "答《こた》えを　消《け》す", "en": "Take back my answers"}
NONE = {"ja": "どれも選ばない", "ja-easy": "どれも　選《えら》ばない", "en": "None of these"}
