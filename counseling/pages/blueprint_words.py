"""What is wrong with a program's file, and where in it, as people say it."""

from collections.abc import Iterator

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from counseling.agencies import Reason
from counseling.pages import agency_words, reply_forms, survey_plan_words, text_words
from counseling.pages.edition_words import language_name
from counseling.pages.text_words import PURPOSES

Words = dict[str, str | Promise]

PLACES: Words = {
    "": gettext_lazy("ファイル"),
    "version": gettext_lazy("ファイルの版"),
    "program": gettext_lazy("事業"),
    "parts": gettext_lazy("文章と質問"),
    "name": gettext_lazy("事業名"),
    "kind": gettext_lazy("種別"),
    "commissioner": gettext_lazy("委託元"),
    "audience": gettext_lazy("対象"),
    "area": gettext_lazy("地域"),
    "channel_mode": gettext_lazy("方式"),
    "languages": gettext_lazy("言語"),
    "hours": gettext_lazy("受付時間"),
    "required_lines": gettext_lazy("必要な回線数"),
    "rules": gettext_lazy("設定"),
    "retention": gettext_lazy("保存期間"),
    "report": gettext_lazy("報告書"),
    "texts": gettext_lazy("自動メッセージ"),
    "terms": gettext_lazy("利用規約"),
    "contacts": gettext_lazy("緊急連絡先"),
    "intake": gettext_lazy("受付の質問"),
    "record": gettext_lazy("相談記録"),
    "risk": gettext_lazy("緊急度の確認"),
    "survey": gettext_lazy("アンケート"),
    "danger_words": gettext_lazy("危険を示すことば"),
    "steps": gettext_lazy("緊急時の手順"),
    "telephone": gettext_lazy("電話"),
    "survey_plan": gettext_lazy("アンケートの送り方"),
    "canned_replies": gettext_lazy("定型文"),
    "shift_patterns": gettext_lazy("シフトのパターン"),
    "agencies": gettext_lazy("関係機関"),
}
DAYS: Words = {
    "mon": gettext_lazy("月曜日"),
    "tue": gettext_lazy("火曜日"),
    "wed": gettext_lazy("水曜日"),
    "thu": gettext_lazy("木曜日"),
    "fri": gettext_lazy("金曜日"),
    "sat": gettext_lazy("土曜日"),
    "sun": gettext_lazy("日曜日"),
    "holiday": gettext_lazy("祝日"),
}
# Kinds of what is stored (keeping.RETENTION).
KEPT: Words = {
    "words": gettext_lazy("相談のことば"),
    "records": gettext_lazy("相談記録"),
    "contacts": gettext_lazy("連絡先"),
    "pictures": gettext_lazy("写真"),
    "addresses": gettext_lazy("IPアドレス"),
}
# Members deeper in the file, each within its own place.
MEMBERS: dict[str, Words] = {
    "hours": {
        "weekly": "",
        **DAYS,
        "exceptions": gettext_lazy("特別な日"),
        "year_end_closed": gettext_lazy("年末年始の休み"),
        "intake_close": gettext_lazy("受付締切"),
        "starts_on": gettext_lazy("開始日"),
        "ends_on": gettext_lazy("終了日"),
    },
    "required_lines": DAYS,
    "rules": {
        "capacity": gettext_lazy("1人の同時対応数"),
        "routing": gettext_lazy("相談の割り当て方"),
        "offer_for": gettext_lazy("返事を待つ時間"),
        "nudge_after": gettext_lazy("最初の声かけまで"),
        "notice_after": gettext_lazy("終わりの予告まで"),
        "close_after": gettext_lazy("終わりにするまで"),
        "least_on_duty": gettext_lazy("受付に必要な勤務人数"),
        "least_supervisors": gettext_lazy("うちSVの人数"),
        "surge_lines": gettext_lazy("増強する回線数"),
        "surge_first_hour": gettext_lazy("受付開始から1時間は増強する"),
        "rescue_after": gettext_lazy("接続が切れた相談を戻すまで"),
        "call_after": gettext_lazy("呼び出しを次の人に知らせるまで"),
        "same_counselor": gettext_lazy("前回の相談員を優先する"),
        "rest_after_heavy": gettext_lazy("重い相談のあとの休み"),
        "heavy_after": gettext_lazy("重い相談とみなす長さ"),
        "care_pause": gettext_lazy("重い相談のあとにすすめる休憩"),
        "amber_after": gettext_lazy("お待たせの目安"),
        "episode_silence": gettext_lazy("次の相談と数えるまで"),
        "daily_limit": gettext_lazy("1日の上限回数"),
        "approves_trainees": gettext_lazy("研修中の相談員の返信をSVが確認する"),
        "shows_reading": gettext_lazy("見守りを相談員に示す"),
        "tells_stepping_in": gettext_lazy("SVが加わることを相談者に伝える"),
        "consents_on_line": gettext_lazy("LINEで同意をもらってから受け付ける"),
        "intake_lapses_after": gettext_lazy("同意や質問の途中で止まったとき"),
        "neutral_title": gettext_lazy("タブの名前を目立たなくする"),
        "record_due_after": gettext_lazy("記録の期限"),
        "record_edit_for": gettext_lazy("記録を直せる時間"),
        "record_read_for": gettext_lazy("記録を読める日数"),
        "referral_ask_after": gettext_lazy("つなぎの結果を聞くまで"),
        "referral_overdue_after": gettext_lazy("つなぎの遅れをSVに知らせるまで"),
        "letter_names_writer": gettext_lazy("紹介状に担当者の名前を入れる"),
        "follow_up_escalates_after": gettext_lazy("要フォローの遅れを責任者に知らせるまで"),
        "return_code_life": gettext_lazy("再訪コードの期限"),
        "outreach_people": gettext_lazy("訪問に行く人数"),
    },
    "retention": KEPT,
    "report": {"day": gettext_lazy("1日の数え方")},
    "contacts": {
        "contacts": "",
        "checked_on": gettext_lazy("確かめた日"),
        "number": gettext_lazy("電話番号"),
        "name": gettext_lazy("名前"),
    },
    "danger_words": {"added": gettext_lazy("加えたことば"), "left_out": gettext_lazy("外したことば")},
    "steps": {"steps": "", "text": gettext_lazy("すること"), "who": gettext_lazy("だれが")},
    "telephone": {
        "line": gettext_lazy("窓口の電話番号"),
        "calls_back": gettext_lazy("折り返しの電話をする"),
        "hours": gettext_lazy("電話の時間"),
    },
    "survey_plan": survey_plan_words.FIELDS,
    "canned_replies": {
        "shortcut": gettext_lazy("ショートカット"),
        "title": gettext_lazy("題名"),
        "body": gettext_lazy("本文"),
    },
    "agencies": agency_words.FIELDS,
    "shift_patterns": {
        "name": gettext_lazy("名前"),
        "role": gettext_lazy("役割"),
        "starts": gettext_lazy("始まり"),
        "ends": gettext_lazy("終わり"),
        "lines": gettext_lazy("回線数"),
    },
}
FORMS = frozenset({"intake", "record", "risk", "survey"})
FORM_MEMBERS: Words = {
    "choices": "",
    "kind": gettext_lazy("答え方"),
    "help": gettext_lazy("説明"),
    "report": gettext_lazy("集計の項目"),
    "shown_if": gettext_lazy("たずねる条件"),
    "properties": "",
    "x-order": gettext_lazy("質問の並び"),
    "required": gettext_lazy("必ず答える質問"),
    "allOf": gettext_lazy("必ず答える質問"),
}
# What the page of the texts says better.
OF_TEXTS = frozenset(
    {"unknown_variable", "missing_variable", "repeated_variable", "stray_bracket", "too_long", "bad_character"}
)
CODES: Words = {
    "not_json": gettext_lazy("読み取れません。Madoguchiから書き出したファイルを選んでください。"),
    "other_format": gettext_lazy("Madoguchiの事業のファイルではありません。ほかのシステムのファイルは取り込めません。"),
    "newer_version": gettext_lazy(
        "このMadoguchiより新しい版で書き出されています(版 %(what)s)。Madoguchiを新しくしてから取り込んでください。"
    ),
    "too_large": gettext_lazy("大きすぎます(2MBまで)。"),
    "unreadable": gettext_lazy("保存できない文字が入っています。"),
    "not_an_object": gettext_lazy("形が違います。"),
    "not_a_list": gettext_lazy("一覧の形が違います。"),
    "missing": gettext_lazy("書かれていません。"),
    "none": gettext_lazy("1件も書かれていません。"),
    "too_long": gettext_lazy("長すぎます。"),
    "too_many": gettext_lazy("多すぎます。"),
    "unknown": gettext_lazy("「%(what)s」という項目は知りません。"),
    "unknown_key": gettext_lazy("知らない項目です。"),
    "bad_value": gettext_lazy("この値は使えません(%(what)s)。"),
    "out_of_bounds": gettext_lazy("決められた範囲の外です(%(what)s)。"),
    "out_of_order": gettext_lazy("前の段階より後の時間にしてください。"),
    "more_than_people": gettext_lazy("勤務人数より多くはできません。"),
    "twice": gettext_lazy("同じものが2つあります。"),
    "bad_text": gettext_lazy("時刻は「12:00-22:00」の形で書きます。"),
    "end_before_start": gettext_lazy("終わりが始まりより前です。"),
    "ends_before_start": gettext_lazy("終わりが始まりより前です。"),
    "past_32": gettext_lazy("終わりは翌朝8時(32:00)までにしてください。"),
    "starts_next_day": gettext_lazy("始まりは24時より前にしてください。翌日の受付は、翌日の行に書きます。"),
    "overlap": gettext_lazy("ほかの時間帯と重なっています。"),
    "bad_date": gettext_lazy("日付は「2026-11-23」の形で、2000年から2100年までにしてください。"),
    "not_a_boolean": gettext_lazy("はい・いいえ(true・false)で書きます。"),
    "bad_minutes": gettext_lazy("0から480までの分数で書きます。"),
    "unknown_language": gettext_lazy("「%(what)s」という言語は使えません。"),
    "bad_character": gettext_lazy("保存できない文字が入っています。"),
    "unknown_text": gettext_lazy("この名前のメッセージはありません。"),
    "no_name": gettext_lazy("名前が書かれていません。"),
    "no_hours": gettext_lazy("電話で話せる時間を、どれか1日には書いてください。"),
    "bad_number": gettext_lazy("電話番号を確かめてください。"),
    "no_letter": gettext_lazy("ことばを確かめてください。"),
    "bad_level": gettext_lazy("緊急度を確かめてください。"),
    "bad_meaning": gettext_lazy("危険の種類を確かめてください。"),
    "bad_key": gettext_lazy("記号を確かめてください。英小文字・数字・下線で書きます。"),
    "bad_kind": gettext_lazy("この答え方はありません。"),
    "no_text": gettext_lazy("することが書かれていません。"),
    "no_label": gettext_lazy("日本語の文が書かれていません。"),
    "no_choices": gettext_lazy("選択肢がありません。"),
    "choices_not_wanted": gettext_lazy("この答え方に選択肢は要りません。"),
    "bad_report": gettext_lazy("この集計の項目はありません。"),
    "report_elsewhere": gettext_lazy("この質問票では、その集計の項目は使えません。"),
    "report_not_so": gettext_lazy("この答え方では、その集計の項目は使えません。"),
    "same_words": gettext_lazy("同じことばの選択肢が2つあります。"),
    "unknown_question": gettext_lazy("条件にした質問がありません。"),
    "asked_later": gettext_lazy("条件にできるのは、前にある質問だけです。"),
    "unknown_choice": gettext_lazy("条件にした選択肢がありません。"),
    "bad_name": gettext_lazy("名前を20文字までで書きます。"),
    "bad_hours": gettext_lazy("時刻を確かめてください。"),
    "bad_lines": gettext_lazy("回線数は1から10までです。"),
    "not_in_role": gettext_lazy("この役割では予定できません。"),
}


def told(problems: list[tuple[str, str, str]]) -> list[str]:
    """Each problem as a line: where, and what."""
    return [f"{place_of(path)}: {_why(path, code, what)}" for path, code, what in problems]


def _why(path: str, code: str, what: str) -> str:
    if path.startswith("parts.texts.") and code in OF_TEXTS:
        return text_words.told(path.rpartition(".")[2], code, what)
    if path.startswith("canned_replies.") and code == "unknown_variable":
        return reply_forms.told("body", code, what)
    if path.startswith("agencies.") and code in set(Reason) and code not in CODES:
        return agency_words.why(path.rpartition(".")[2], Reason(code))
    return str(CODES[code]) % {"what": what[:40]}


def place_of(path: str) -> str:
    """「受付時間 月曜日 1つ目の時間帯」 for program.hours.weekly.mon.0."""
    steps = path.split(".")
    if steps[0] in {"program", "parts"} and len(steps) > 1:
        steps = steps[1:]
    head, *rest = steps
    words = [str(PLACES.get(head, head)), *(str(word) for word in _inside(head, rest))]
    return " ".join(word for word in words if word)


def _inside(head: str, steps: list[str]) -> Iterator[str | Promise]:
    """The words for what lies below a place of the file."""
    members = FORM_MEMBERS if head in FORMS else MEMBERS.get(head, {})
    for depth, step in enumerate(steps):
        if step.isdecimal():
            yield _numbered(head, int(step) if head == "required_lines" else int(step) + 1)
        elif step in members:
            yield members[step]
        elif head in {"texts", "terms"} and depth == 0:
            yield language_name(step)
        elif head == "texts" and step in PURPOSES:
            yield _("「%(what)s」") % {"what": PURPOSES[step].title}
        else:
            yield _("「%(what)s」") % {"what": step[:40]}


def _numbered(head: str, number: int) -> str:
    if head == "required_lines":
        return _("%(hour)d時") % {"hour": number}
    if head == "hours":
        return ngettext("%(count)dつ目の時間帯", "%(count)dつ目の時間帯", number) % {"count": number}
    if head in FORMS:
        return ngettext("%(count)dつ目の選択肢", "%(count)dつ目の選択肢", number) % {"count": number}
    return ngettext("%(count)d件目", "%(count)d件目", number) % {"count": number}
