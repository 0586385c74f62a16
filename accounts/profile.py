"""What a colleague who hands over should know of a person: stored as codes, shown as words."""

from collections.abc import Iterable, Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Words = Mapping[str, str | Promise]

QUALIFICATIONS: Words = {
    "certified_psychologist": _("公認心理師"),
    "clinical_psychologist": _("臨床心理士"),
    "psychiatric_social_worker": _("精神保健福祉士"),
    "social_worker": _("社会福祉士"),
    "nurse": _("看護師"),
    "public_health_nurse": _("保健師"),
    "midwife": _("助産師"),
    "doctor": _("医師"),
    "childcare_worker": _("保育士"),
    "school_counselor": _("スクールカウンセラー"),
    "industrial_counselor": _("産業カウンセラー"),
    "career_consultant": _("キャリアコンサルタント"),
    "telephone_counselor": _("電話相談員(養成研修修了)"),
}
LANGUAGES: Words = {
    "ja": _("日本語"),
    "plain_ja": _("やさしい日本語"),
    "en": _("英語"),
    "zh": _("中国語"),
    "ko": _("韓国・朝鮮語"),
    "vi": _("ベトナム語"),
    "tl": _("タガログ語"),
    "pt": _("ポルトガル語"),
    "es": _("スペイン語"),
    "ne": _("ネパール語"),
    "id": _("インドネシア語"),
    "th": _("タイ語"),
    "my": _("ミャンマー語"),
    "jsl": _("手話"),
}
CAN_TAKE: Words = {
    "suicidal": _("希死念慮"),
    "self_harm": _("自傷"),
    "trauma": _("トラウマ"),
    "violence": _("DV・配偶者からの暴力"),
    "sexual_violence": _("性被害"),
    "child_abuse": _("児童虐待"),
    "children": _("子ども・若者"),
    "parenting": _("子育て・産前産後"),
    "single_parent": _("ひとり親"),
    "bereaved": _("自死遺族"),
    "addiction": _("依存症"),
    "developmental": _("発達障害"),
    "mental_illness": _("精神疾患"),
    "eating": _("摂食障害"),
    "lgbtq": _("性的マイノリティ(LGBTQ)"),
    "hikikomori": _("ひきこもり"),
    "poverty": _("くらし・お金"),
    "work": _("仕事"),
    "disaster": _("災害"),
}
FIELDS: Mapping[str, Words] = {"qualifications": QUALIFICATIONS, "languages": LANGUAGES, "can_take": CAN_TAKE}


def labels() -> dict[str, dict[str, str]]:
    """For each field of a profile its codes with their words, in the language of who looks."""
    return {field: {code: str(word) for code, word in words.items()} for field, words in FIELDS.items()}


def words_of(field: str, codes: Iterable[str]) -> list[str]:
    """These codes as words, in the order of the table; a code that is no longer there stands at the end as it is."""
    held = list(codes)
    known = FIELDS[field]
    return [str(known[code]) for code in known if code in held] + [code for code in held if code not in known]


def known(field: str, codes: Iterable[str]) -> list[str]:
    """Those of these codes that the table has, each once, in its order."""
    chosen = set(codes)
    return [code for code in FIELDS[field] if code in chosen]
