"""What the automatic texts are called and for, along a session's life; and what is wrong with one, in words."""

from dataclasses import dataclass
from difflib import get_close_matches

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from counseling import survey_words, wording
from counseling.lifecycle import Refusal
from counseling.wording import Standing

Words = str | Promise
# The texts by what happens to a visitor, first to last; what is nowhere here still stands at the end of the page.
GROUPS: tuple[tuple[Words, tuple[str, ...]], ...] = (
    (_("LINEで友だちになったとき"), ("greeting", "notes")),
    (_("LINEのメニューと入口"), ("entry", "reply_here", "letter_here", "menu_hours", "menu_talking")),
    (_("LINEでの同意"), ("consent", "consent_again", "consent_refused", "danger_before_consent")),
    (_("受け付けたとき"), ("accepted",)),
    (
        _("受け付けられないとき"),
        (
            "off_hours", "after_intake_close", "not_yet", "period_over", "unstaffed", "paused", "closed", "limited",
            "agreed_limit", "barred", "out_of_scope",
        ),
    ),
    (_("相談のあいだ"), ("stepped_in", "unreadable")),
    (
        _("電話にうつるとき"),
        (
            "phone_line", "phone_offer", "phone_when", "phone_number", "phone_wrong", "phone_voice", "phone_agreed",
            "phone_full", "phone_cancelled",
        ),
    ),
    (_("お返事がないとき"), ("nudge", "notice", "idle_close")),
    (_("終わるとき"), ("farewell", "hours_over")),
    (_("アンケート"), survey_words.KEYS),
)  # fmt: skip
ELSE = _("そのほか")


@dataclass(frozen=True)
class Purpose:
    """A text's title, and when it is told."""

    title: Words
    when: Words


PURPOSES: dict[str, Purpose] = {
    "greeting": Purpose(_("友だち追加のあいさつ"), _("LINEで友だちになった人に、すぐ届きます。")),
    "notes": Purpose(
        _("注意書き"),
        _("ほかの文の{notes}のところに入ります。LINEのメニューで、利用規約がまだないときにも出ます。"),
    ),
    "entry": Purpose(_("Webページの案内"), _("LINEを入口にする方式で、LINEに書かれたメッセージへの返事です。")),
    "menu_hours": Purpose(_("メニューの「受付時間」"), _("LINEのメニューで「受付時間」を押した人に届きます。")),
    "menu_talking": Purpose(
        _("相談中に「相談する」を押したとき"),
        _("相談中の人が、LINEのメニューで「相談する」を押したとき。"),
    ),
    "accepted": Purpose(_("受付のお知らせ"), _("相談を受け付けて、順番を待っていただくとき。")),
    "off_hours": Purpose(_("時間外の応答"), _("受付時間の外に、話しかけられたとき。")),
    "after_intake_close": Purpose(_("受付締切のあと"), _("その日の受付締切から、終了時刻までのあいだ。")),
    "not_yet": Purpose(_("はじまる前"), _("開始日より前に、話しかけられたとき。")),
    "period_over": Purpose(_("期間が終わったあと"), _("終了日を過ぎて、話しかけられたとき。")),
    "unstaffed": Purpose(_("相談員がそろうまで"), _("受付時間のうちで、受付に必要な人数がそろっていないとき。")),
    "reply_here": Purpose(
        _("返信が届いたお知らせ"),
        _("LINEから入り、Webで話す窓口で、相談のページを見ていない人に返信したとき。中身は書きません。"),
    ),
    "letter_here": Purpose(
        _("要フォローのメッセージのお知らせ"),
        _(
            "LINEから入り、Webで話す窓口で、要フォローから相談者に書いたとき。中身は書かず、読むためのリンクを付けます。"
        ),
    ),
    "consent": Purpose(
        _("同意のお願い"),
        _("LINEで同意をもらってから受け付ける窓口で、はじめに。下に「同意して相談する」などのボタンが付きます。"),
    ),
    "consent_again": Purpose(_("同意のお願い(くり返し)"), _("ボタンが押されないまま、ことばが届いたとき。")),
    "consent_refused": Purpose(_("同意されなかったとき"), _("「同意しない」が押され、書かれたことばを消したあと。")),
    "danger_before_consent": Purpose(
        _("同意の前に危険のことば"),
        _("まだだれも読まないところに、危険を示すことばが届いたとき、すぐに。受付時間の外でも。"),
    ),
    "paused": Purpose(_("受付停止中"), _("受付を止めているあいだ。")),
    "closed": Purpose(_("窓口を閉じたあと"), _("窓口を終了したあと。待っていた人にも届きます。")),
    "limited": Purpose(_("1日の上限"), _("1日にお受けできる回数に達した人に。命の危険がありそうなときは届きません。")),
    "agreed_limit": Purpose(
        _("約束した目安"),
        _("SVが約束した回数に達した人に。命の危険がありそうなときは届かず、相談につながります。"),
    ),
    "barred": Purpose(
        _("受付停止中の人"),
        _("SVが受付を停止した人に、12時間に1回だけ。命の危険がありそうなときは届かず、相談につながります。"),
    ),
    "out_of_scope": Purpose(_("対象外"), _("この窓口の対象ではないとき。")),
    "stepped_in": Purpose(_("SVが加わるとき"), _("スーパーバイザーが、相談員といっしょに話しはじめるとき。")),
    "unreadable": Purpose(_("表示できないメッセージ"), _("こちらで表示できないものが届いたとき。")),
    "phone_line": Purpose(_("電話番号の案内"), _("相談員が、窓口の電話番号を案内するとき。")),
    "phone_offer": Purpose(_("折り返し電話の提案"), _("相談員が、こちらから電話することを提案するとき。")),
    "phone_when": Purpose(_("電話の時間をたずねる"), _("LINEで、電話を希望されたとき。下に時間のボタンが付きます。")),
    "phone_number": Purpose(_("電話番号をたずねる"), _("LINEで、電話の時間を選んだあと。")),
    "phone_wrong": Purpose(_("かけられない番号"), _("LINEで届いた番号に、電話をかけられないとき。")),
    "phone_voice": Purpose(_("名乗ってよいかをたずねる"), _("LINEで、電話番号が届いたあと。")),
    "phone_agreed": Purpose(_("電話の約束"), _("電話の時間と番号が決まったとき。")),
    "phone_full": Purpose(_("電話の時間がない"), _("選べる電話の時間が、なくなっていたとき。")),
    "phone_cancelled": Purpose(_("電話の取り消し"), _("電話を希望されなかったとき、取り消したとき。")),
    "nudge": Purpose(_("声かけ"), _("お返事がしばらくないとき、はじめに。")),
    "notice": Purpose(_("終わりの予告"), _("声かけのあとも、お返事がないとき。")),
    "idle_close": Purpose(_("お返事がないときの終わり"), _("予告のあともお返事がなく、相談を終えるとき。")),
    "farewell": Purpose(_("終わりのあいさつ"), _("相談員が、あいさつを送って相談を終えるとき。")),
    "survey_invite": Purpose(_("アンケートのお願い(LINEのボタン)"), _("LINEのボタンで1問ずつたずねるとき、はじめに。")),
    "survey_link": Purpose(_("アンケートのお願い(リンク)"), _("LINEで、アンケートのページのリンクを送るとき。")),
    "survey_thanks": Purpose(
        _("アンケートのお礼"), _("LINEで答え終わったとき。下に「回答を取り消す」のボタンが付きます。")
    ),
    "survey_declined": Purpose(_("アンケートに答えないとき"), _("LINEで「答えない」を押したとき。")),
    "survey_withdrawn": Purpose(_("アンケートの取り消し"), _("LINEで答えを取り消したとき。")),
    "survey_over": Purpose(_("アンケートが終わっているとき"), _("終わったアンケートのボタンを、あとから押したとき。")),
    "hours_over": Purpose(_("時間切れ"), _("お待ちのあいだに、その日の相談時間が終わったとき。")),
}
VARIABLES: dict[str, Words] = {
    "program": _("窓口の名前"),
    "hours": _("受付時間"),
    "notes": _("注意書き"),
    "emergency": _("緊急連絡先"),
    "url": _("ページのアドレス"),
    "waiting": _("待っている人数"),
    "minutes": _("リンクをひらける分数"),
    "place": _("何番目か"),
    "again": _("次にお話しできる日"),
    "now": _("いま受け付けているかどうか"),
    "line": _("窓口の電話番号"),
    "line_hours": _("電話の時間"),
    "slot": _("電話する日時"),
    "until": _("アンケートの最後の日"),
    "days": _("リンクをひらける日数"),
}
STANDINGS: dict[Standing, Words] = {
    Standing.OWN: _("この窓口の文"),
    Standing.HOUSE: _("標準の文"),
    Standing.BEHIND: _("標準の文のまま(日本語は書き直してあります)"),
    Standing.MISSING: _("まだありません"),
}
# Told on LINE alone; and those a visitor reads on a page of their own, with the contacts as telephone links below.
ON_LINE_ONLY = frozenset({
    "greeting", "notes", "entry", "reply_here", "letter_here", "menu_hours", "menu_talking", "unreadable",
    "consent", "consent_again", "consent_refused", "danger_before_consent",
    "phone_when", "phone_number", "phone_wrong", "phone_voice", "phone_full", *survey_words.KEYS,
})  # fmt: skip
ON_A_PAGE = frozenset(map(str, Refusal))


def purpose(key: str) -> Purpose:
    """What the text is for; a text without words of its own is called by its key."""
    return PURPOSES.get(key, Purpose(key, ""))


def groups() -> list[tuple[Words, list[str]]]:
    """Every text there is, in its group."""
    known = {key for _title, keys in GROUPS for key in keys}
    others = [key for key in wording.TEXTS["ja"] if key not in known]
    return [*((title, list(keys)) for title, keys in GROUPS), *([(ELSE, others)] if others else [])]


def told(key: str, code: str, what: str) -> str:
    """What is wrong with the words of the text `key`, and what to do."""
    if code == "unknown_variable":
        return _unknown(key, what)
    return {
        "missing_variable": gettext("{%(name)s}(%(meaning)s)がありません。この文には必ず入れてください。"),
        "repeated_variable": gettext("{%(name)s}が何度も入っています。%(most)s回までにしてください。"),
        "stray_bracket": gettext("「%(name)s」が余っています。差し込みは、半角の{ }ではさんで書きます。"),
        "too_long": gettext("長すぎます。LINEの数え方で%(name)s文字までにしてください。"),
        "bad_character": gettext("保存できない文字が入っています。書きなおしてください。"),
    }[code] % {"name": what, "meaning": VARIABLES.get(what, what), "most": wording.MOST_OFTEN.get(what, 1)}  # fmt: skip


def _unknown(key: str, what: str) -> str:
    known = sorted(wording.variables(key))
    near = get_close_matches(what.strip().lower(), known, n=1)
    said = gettext("{%(name)s}という差し込みはありません。") % {"name": what}
    if near:
        return said + gettext("{%(name)s}(%(meaning)s)のことですか。") % {
            "name": near[0],
            "meaning": VARIABLES[near[0]],
        }
    usable = "、".join(f"{{{name}}}" for name in known)
    return said + gettext("この文で使えるのは、%(names)sです。") % {"names": usable}
