"""What the buttons and the questions before a talk say besides the program's own words. Pure: words only."""

from counseling.languages import Labels

AGREE: Labels = {"ja": "同意して相談する", "ja-easy": "はい、話《はな》します", "en": "Agree and talk"}
REFUSE: Labels = {"ja": "同意しない", "ja-easy": "いいえ", "en": "I do not agree"}
NONE: Labels = {"ja": "答えない", "ja-easy": "答《こた》えない", "en": "Prefer not to say"}
MORE: Labels = {"ja": "ほかの答え", "ja-easy": "ほかの　答《こた》え", "en": "More answers"}
DONE: Labels = {"ja": "これでよい", "ja-easy": "これで　いいです", "en": "That is all"}
YES: Labels = {"ja": "はい", "ja-easy": "はい", "en": "Yes"}
NO: Labels = {"ja": "いいえ", "ja-easy": "いいえ", "en": "No"}
DAY: Labels = {"ja": "日を選ぶ", "ja-easy": "日《ひ》を　選《えら》ぶ", "en": "Pick a day"}
# Whoever reads none of the other buttons finds this one.
LANGUAGE = "ことば/Language"

WHICH_LANGUAGE = "ことばを選んでください。\nPlease choose your language."
CHOOSE: Labels = {
    "ja": "下のボタンから選んでください。",
    "ja-easy": "下《した》の　ボタンを　押《お》して　ください。",
    "en": "Please choose from the buttons below.",
}
CHOOSE_SEVERAL: Labels = {
    "ja": "あてはまるものを、いくつでも選べます。選び終わったら「これでよい」を押してください。",
    "ja-easy": (
        "いくつでも　選《えら》ぶことが　できます。終《お》わったら　「これで　いいです」を　押《お》して　ください。"
    ),
    "en": "Choose as many as you like, then press “That is all”.",
}
WRITE: Labels = {
    "ja": "そのまま、ことばで書いて送ってください。",
    "ja-easy": "メッセージを　書《か》いて　送《おく》って　ください。",
    "en": "Just write it and send it.",
}
NUMBER: Labels = {
    "ja": "数字で書いて送ってください。",
    "ja-easy": "数字《すうじ》を　書《か》いて　送《おく》って　ください。",
    "en": "Please send a number.",
}
WHICH_DAY: Labels = {
    "ja": "ボタンから日を選ぶか、「2026年11月26日」のように書いて送ってください。",
    "ja-easy": "ボタンを　押《お》して、日《ひ》を　選《えら》んで　ください。",
    "en": "Pick a day with the button, or write it like 2026-11-26.",
}
OPTIONAL: Labels = {
    "ja": "(答えなくてもかまいません)",
    "ja-easy": "(答《こた》えなくても　いいです)",
    "en": "(You need not answer.)",
}
CHOSEN: Labels = {"ja": "選んだもの:", "ja-easy": "選《えら》んだ　もの:", "en": "Chosen: "}
BETWEEN: Labels = {"ja": "、", "ja-easy": "、", "en": ", "}

# What people write instead of pressing 同意して相談する or 同意しない.
AGREED = ("同意する", "同意します", "同意", "agree", "I agree")
REFUSED = ("同意しない", "同意しません", "同意できません", "I do not agree", "I don't agree", "disagree")
