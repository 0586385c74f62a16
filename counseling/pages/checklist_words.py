"""The checklist in words: what each line is for, how it stands, and where one sees to it."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from counseling.checklist import Item, Line, Mark
from counseling.feeds.checklist import PARTS
from counseling.models import Program
from counseling.pages.office import SECTIONS

Said = str | Promise

# What people call it, what it is for, and the section of the back office where one sees to it.
ITEMS: dict[Item, tuple[Said, Said, str]] = {
    Item.NAME: (_("事業名"), _("相談する人に見える、窓口の名前です。"), "general"),
    Item.COMMISSIONER: (_("委託元"), _("だれが設けている窓口かを、相談ページで伝えます。"), "general"),
    Item.PERIOD: (_("期間"), _("この期間だけ、相談を受け付けます。"), "general"),
    Item.HOURS: (_("受付時間"), _("この時間だけ、新しい相談を受け付けます。"), "opening"),
    Item.TERMS: (_("利用規約"), _("相談の前に読んで、同意していただきます。"), "terms"),
    Item.CONTACTS: (_("緊急連絡先"), _("どのページと自動メッセージにも載る、いますぐ頼れる先です。"), "contacts"),
    Item.TEXTS: (_("自動メッセージ"), _("受付・時間外・終わりなどに、自動で送る文章です。"), "texts"),
    Item.INTAKE: (_("受付の質問"), _("相談の前に、答えられる方にだけたずねます。"), "forms"),
    Item.CHANNEL: (_("相談の入口"), _("相談する人は、ここから入ってきます。"), "line"),
    Item.PEOPLE: (_("チーム"), _("相談に答える人と、見守るスーパーバイザーです。"), "team"),
    Item.ROSTER: (_("はじめの日のシフト"), _("受付が始まったとき、だれかがいるようにします。"), "roster"),
    Item.RISK: (_("緊急度の確認"), _("命の危険がありそうなとき、相談員が確かめる項目です。"), "forms"),
    Item.RECORD: (_("相談記録"), _("相談のあとに、相談員が書く項目です。"), "forms"),
    Item.SURVEY: (_("アンケート"), _("相談のあとに、相談した人にたずねます。"), "forms"),
    Item.TRIAL: (_("試しの相談"), _("公開の前に一度、入口から終わりまで通してみます。"), ""),
    Item.PRACTICE: (_("練習用の窓口"), _("相談員が、登場人物を相手に練習する窓口です。"), "practice"),
}
WHY: dict[tuple[Item, str], Said] = {
    (Item.NAME, "empty"): _("名前が書かれていません。"),
    (Item.COMMISSIONER, "empty"): _("書かれていません。ボランティアで運営するときは「ボランティア」と書きます。"),
    (Item.PERIOD, "over"): _("終了日を過ぎています。"),
    (Item.HOURS, "no_window"): _("期間のうちに、受け付ける時間がひとつもありません。"),
    (Item.TERMS, "empty"): _("書かれていません。"),
    (Item.TERMS, "not_translated"): _(
        "選べる言語のうちに、訳のないものがあります。その言語では、ほかの言語で読まれます。"
    ),
    (Item.CONTACTS, "old"): _("確かめてから180日を過ぎています。番号がいまも使えるか、確かめてください。"),
    (Item.TEXTS, "not_translated"): _(
        "選べる言語のうちに、訳のないものがあります。その言語では、ほかの言語で読まれます。"
    ),
    (Item.TEXTS, "invalid"): _("このままでは送れない文章があります。"),
    (Item.INTAKE, "invalid"): _("このままでは使えない質問があります。"),
    (Item.INTAKE, "not_translated"): _(
        "選べる言語のうちに、訳のないものがあります。その言語では、ほかの言語で読まれます。"
    ),
    (Item.CHANNEL, "no_page"): _("相談ページがありません。"),
    (Item.CHANNEL, "no_line"): _(
        "LINEがつながっていません。LINEを使わないときは、基本情報の「方式」を「Webのみ」にします。"
    ),
    (Item.CHANNEL, "line_fails"): _("LINEとのつながりに問題があります。"),
    (Item.CHANNEL, "line_paused"): _("LINEへの送信が止まっています。"),
    (Item.CHANNEL, "line_unchecked"): _("LINEとのつながりを、まだ確かめていません。"),
    (Item.CHANNEL, "line_look"): _("LINEの設定に、見直したほうがよいところがあります。"),
    (Item.PEOPLE, "no_counselor"): _("相談に答える人がいません。"),
    (Item.PEOPLE, "no_supervisor"): _("スーパーバイザーがいません。"),
    (Item.PEOPLE, "below_rule"): _("「受付に必要な勤務人数」に、チームの人数が足りません。"),
    (Item.ROSTER, "no_shifts"): _("はじめの3日のうちに、公開されたシフトのない日があります。"),
    (Item.RISK, "empty"): _("項目がありません。"),
    (Item.RISK, "invalid"): _("このままでは使えない項目があります。"),
    (Item.RECORD, "empty"): _("項目がありません。"),
    (Item.RECORD, "invalid"): _("このままでは使えない項目があります。"),
    (Item.SURVEY, "empty"): _("質問がありません。"),
    (Item.SURVEY, "invalid"): _("このままでは使えない質問があります。"),
    (Item.SURVEY, "not_translated"): _(
        "選べる言語のうちに、訳のないものがあります。その言語では、ほかの言語で読まれます。"
    ),
    (Item.SURVEY, "day_past"): _("送る日を過ぎています。「アンケートの送り方」を確かめてください。"),
    (Item.SURVEY, "day_inside"): _("送る日に、窓口の期間がまだ終わっていません。それでよいか確かめてください。"),
    (Item.SURVEY, "no_reach"): _(
        "この窓口の方式では、だれにも送られません。「アンケートの送り方」を確かめてください。"
    ),
    (Item.TRIAL, "not_tried"): _("まだ試していません。"),
    (Item.PRACTICE, "never_opens"): _("練習用の窓口は、公開できません。"),
}


@dataclass(frozen=True)
class Sign:
    """How a line stands, as a shape and a word. Write `icon="…"` with its keyword: the build finds icons by it."""

    icon: str
    word: Said


SIGNS: dict[Mark, Sign] = {
    Mark.DONE: Sign(icon="circle-check", word=_("できています")),
    Mark.MISSING: Sign(icon="circle-dashed", word=_("足りません")),
    Mark.LOOK: Sign(icon="eye", word=_("見ておきたい")),
}


@dataclass(frozen=True)
class Shown:
    """A line as it is shown; `address` is empty where nothing is to be seen to elsewhere."""

    mark: Mark
    sign: Sign
    name: Said
    purpose: Said
    why: Said
    address: str


def shown(line: Line, program: Program) -> Shown:
    """The line in words."""
    name, purpose, section = ITEMS[line.item]
    if line.item == Item.CHANNEL and program.channel_mode == "web_only":
        section = "general"
    there = section in {one.name for one in SECTIONS}
    address = reverse(f"office:{section}", args=[program.slug]) if there else ""
    if section == "forms":
        address = reverse("office:form", args=[program.slug, PARTS[line.item].value])
    if line.why in {"day_past", "day_inside", "no_reach"}:
        address = reverse("office:survey_plan", args=[program.slug])
    return Shown(line.mark, SIGNS[line.mark], name, purpose, WHY.get((line.item, line.why), ""), address)


def names(lines: list[Line]) -> list[str]:
    """What these lines are called."""
    return [str(ITEMS[line.item][0]) for line in lines]
