"""Forms in words: what each is for, what a question asks and means, and what keeps one from being published."""

from django.utils.functional import Promise
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from counseling.forms import Form, Kind, Question, ReportKey
from counseling.forms.questions import LONGEST_HELP, LONGEST_LABEL, MOST_CHOICES, MOST_QUESTIONS, WITH_CHOICES
from counseling.gateways.web.questions import offered
from counseling.languages import said
from counseling.models import Part
from counseling.models.edition import LONGEST_NOTE
from counseling.text import ruby

Said = str | Promise

# What each form is for, in the order of a session's life. Part names them.
PURPOSES: dict[Part, Said] = {
    Part.INTAKE: _("相談の前に、相談者にたずねます。どれも答えなくてかまいません。"),
    Part.RISK: _("命の危険がありそうなとき、相談員が確かめます。"),
    Part.RECORD: _("相談のあとに、相談員が書きます。集計のもとになります。"),
    Part.SURVEY: _("相談のあとに、相談者にたずねます。答えるかどうかは自由です。"),
}
FORMS = tuple(PURPOSES)
# Whom they ask: visitors may always decline, and read them in their own language.
OF_VISITORS = frozenset({Part.INTAKE, Part.SURVEY})
KINDS: dict[Kind, Said] = {
    Kind.CHOICE: _("1つ選ぶ"),
    Kind.CHOICES: _("いくつでも選ぶ"),
    Kind.YES_NO: _("はい・いいえ"),
    Kind.TEXT: _("短い文"),
    Kind.LONG_TEXT: _("長い文"),
    Kind.NUMBER: _("数"),
    Kind.DATE: _("日付"),
}
REPORTS: dict[ReportKey, Said] = {
    ReportKey.WHO: _("相談者の立場"),
    ReportKey.AGE_BAND: _("年代"),
    ReportKey.GENDER: _("性別"),
    ReportKey.AREA: _("地域"),
    ReportKey.OCCUPATION: _("職業"),
    ReportKey.MAIN_COMPLAINT: _("主訴"),
    ReportKey.TOPICS: _("相談内容"),
    ReportKey.VIOLENCE: _("虐待・暴力"),
    ReportKey.DISASTER: _("災害と被害"),
    ReportKey.DONE: _("行ったこと"),
    ReportKey.AGENCY_KIND: _("つないだ先の種別"),
    ReportKey.CONSENT: _("つなぐことへの同意"),
    ReportKey.CONNECTION: _("つなぎの結果"),
    ReportKey.FOLLOW_UP: _("要フォロー"),
    ReportKey.GOOD_TO_HAVE_TALKED: _("相談してよかった"),
    ReportKey.WOULD_TALK_AGAIN: _("また相談したい"),
    ReportKey.EASY_TO_TALK: _("話しやすかった"),
    ReportKey.SATISFACTION: _("満足度"),
}
# By the codes of forms.InvalidForm and forms.wrong, alone or at one place of a question.
TOLD: dict[str, Said] = {
    "label.no_label": _("日本語の質問文を書いてください。"),
    "choices.no_label": _("日本語のことばを書いてください。使わないときは「外す」を押します。"),
    "too_long": _("長すぎます。%(most)s文字までにしてください。"),
    "choices.no_choices": _("選択肢を足してください。"),
    "choices.too_many": _("選択肢は%(most)s個までです。"),
    "choices.twice": _("同じ選択肢が2つあります。どちらかを外してください。"),
    "form.too_many": _("質問は%(most)s個までです。"),
    "same_words": _("上と同じことばです。見分けられるようにしてください。"),
    "bad_character": _("保存できない文字が入っています。書きなおしてください。"),
    "shown_if.no_choices": _("どの答えのときにたずねるかを選んでください。"),
    "shown_if.unknown_question": _("条件にした質問が、なくなっています。条件を選びなおしてください。"),
    "shown_if.asked_later": _("条件にした質問が、この質問より後にあります。順番か条件を変えてください。"),
    "shown_if.unknown_choice": _("条件にした選択肢が、なくなっています。条件を選びなおしてください。"),
    "report.twice": _("同じ集計項目の質問が、上にもあります。どちらかを「集計しない」にしてください。"),
    "report.report_elsewhere": _("この集計項目は、このフォームでは使えません。"),
    "report.report_not_so": _("この集計項目は、この答え方では数えられません。答え方か集計項目を変えてください。"),
}
LIMITS = {
    "label": LONGEST_LABEL,
    "help": LONGEST_HELP,
    "choices": MOST_CHOICES,
    "form": MOST_QUESTIONS,
    "note": LONGEST_NOTE,
}
UNKNOWN = _("このままでは使えません。この質問を外して、作りなおしてください。")


def told(place: str, code: str) -> str:
    """What keeps a form from being published, and what to do; `place` is a part of a question, or "form"."""
    most = LONGEST_LABEL if (place, code) == ("choices", "too_long") else LIMITS.get(place, 0)
    return str(TOLD.get(f"{place}.{code}") or TOLD.get(code) or UNKNOWN) % {"most": most}


def name_of(question: Question) -> str:
    """A question as staff call it: its words, without readings."""
    return ruby.plain(question.asked(get_language() or "ja")) or gettext("(まだ書いていない質問)")


def choice_words(question: Question) -> dict[str, str]:
    """The answers to choose from, as staff read them."""
    return {value: ruby.plain(words) for value, words in offered(question, get_language() or "ja")}


def condition_words(form: Form, question: Question) -> str:
    """When the question is asked; empty where it always is."""
    condition = question.shown_if
    if condition is None:
        return ""
    earlier = form.question(condition.key)
    words = choice_words(earlier) if earlier else {}
    answers = "".join(f"「{words[value]}」" for value in condition.values if value in words)
    if earlier is None or not answers:
        return gettext("条件の答えがありません")
    return gettext("「%(question)s」で%(answers)sのときだけ") % {"question": name_of(earlier), "answers": answers}


def remarks(form: Form, question: Question) -> list[str]:
    """How it is answered and what it means, in short."""
    found = [
        str(KINDS[question.kind]),
        gettext("必須") if question.required else "",
        gettext("個人情報") if question.personal else "",
        gettext("集計: %(name)s") % {"name": REPORTS[question.report]} if question.report else "",
        condition_words(form, question),
    ]
    return [one for one in found if one]


def described(form: Form, question: Question) -> str:
    """All that the question is, a line for each thing: for telling two versions apart."""
    lines = [_in_languages(question.label), gettext("、").join(remarks(form, question))]
    if question.help:
        lines.append(gettext("説明: %(words)s") % {"words": _in_languages(question.help)})
    if question.kind in WITH_CHOICES:
        lines += [f"・{_in_languages(one.label)}" for one in question.choices]
    return "\n".join(lines)


def _in_languages(words: dict[str, str]) -> str:
    return " / ".join(words[code] for code in sorted(words, key=lambda code: code != "ja"))


def plain(words: dict[str, str]) -> str:
    """Words in several languages, as staff read them."""
    return ruby.plain(said(words, get_language() or "ja"))
