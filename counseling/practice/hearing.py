"""What a character hears in a counselor's words: one of a few ways of speaking, and the words that show it. Pure.

From what weighs most to what weighs least: the first that is found is what was heard. It is no
judgement of a counselor; it is what makes a made-up person answer in a way that can be explained.
"""

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum


class Heard(StrEnum):
    """A way of speaking, as a character hears it."""

    DYING = "dying"  # asks plainly about dying
    BLAME = "blame"  # judges, compares, cheers on
    CROWD = "crowd"  # many questions at once
    EARLY_ADVICE = "early_advice"  # says what to do before the character is ready for it
    ADVICE = "advice"
    EARLY_PARTING = "early_parting"  # ends the talk before the character has said what it came for
    PARTING = "parting"
    EMPATHY = "empathy"
    QUESTION = "question"
    PLAIN = "plain"
    SILENCE = "silence"  # says nothing for long


@dataclass(frozen=True)
class Hearing:
    """What was heard, and the counselor's own words that show it, in their order."""

    heard: Heard
    because: tuple[str, ...] = ()


# So many questions in one message are felt as an interrogation.
MANY_QUESTIONS = 3
_DYING = r"死に|死の[うこ]|死ん|死を|死ぬ|自殺|自死|消えたい|消えてしま|いなくなり|命を絶|命を終"
_ASKS = (
    r"[?？]|でしょうか|(?:です|ます|ません)か(?:[。、…\s]|$)"
    r"|(?:教え|聞かせ|話し)て(?:みて)?(?:くださ|いただ|もらえ|ほしい)"
)
_BLAME = (
    r"気のせい|考えすぎ|考え過ぎ|気にしすぎ|甘え|しっかりし|わがまま|大げさ|落ち着いてください|元気を?出し"
    r"|(?:頑|がん)張(?:って(?![いきこみ])|りましょう|れば|ろう)|がんば(?:って(?![いきこみ])|りましょう|れば|ろう)"
    r"|みんな(?:も)?(?:同じ|そう|つら|辛|大変)|(?:誰|だれ)(?:に)?でもある|もっと(?:つら|辛|大変)"
    r"|あなたに(?:も)?(?:悪い|原因|問題)|あなたが悪|(?:なぜ|なんで|どうして)[^。?？]{0,30}な(?:い|かった)(?:の|ん)(?:です)?か"
    r"|死んではいけ|死んじゃ(?:だめ|ダメ)|命を?粗末|命は大切|いたずら(?:です|は|なら)|ふざけ"
)
_ADVICE = (
    r"(?:た|ない)(?:ほう|方)が(?:いい|良い|よい|安全)|べきで|べきだ"
    r"|(?<!話し)(?<!聞かせ)(?<!教え)(?<!書い)てみ(?:て|ては|ません|ましょう|たら)"
    r"|(?<!話し)(?<!聞かせ)(?<!教え)(?<!書い)(?<!待っ)(?<!使っ)(?<!てみ)てください(?!って|と)"
    r"|おすすめ|お勧め|(?<!考え)(?<!ていき)ましょう(?!か)|たらどう|ればいい|れば良い|受診|通院|通報|避難して|逃げて|別れ(?:た|て)"
)
_PARTING = (
    r"(?:今日|本日|今夜|今回)は(?:ここ|この辺|このへん|これ)|終わりに(?:し|さ)|そろそろ|相談を終|おやすみなさい"
    r"|また(?:いつでも|お話|来て|書いて|ご連絡|声を|待って|連絡)"
)
_EMPATHY = (
    r"(?:つら|辛|苦し|しんど|怖|こわ|悲し|寂し|さみし|悔し|くやし|痛|心細)(?:い|かった|く)"
    r"|大変(?:です|でし|だ|な)|不安(?:です|でし|だ|な|に)|疲れ(?:ま|て|た|る)|無理も?な(?:い|かった)|限界(?:です|だ|な|まで)"
    r"|(?:頑|がん)張って(?:こら|き|いら|い)|がんばって(?:こら|き|いら|い)|よく(?:話|書|耐|頑|がん|ここ|伝)"
    r"|(?:話し|打ち明け|教え|書い|伝え|連絡し|相談し|来)て(?:くださ(?:って|り|いまし)|くれて|いただ)"
    r"|お?気持ち|そうだったん|そうでしたか|そうなんですね|(?:ひとり|一人|独り)で(?:抱|が(?:まん|んば)|我慢|背負|耐)"
    r"|ありがとうござい|お待ちして|待って(?:い)?ます|ゆっくりで|急がなくて|ここにい|そばに|一緒に(?:考|い)|お?怒り|もっともです"
)
_QUESTION = rf"{_ASKS}|(?:どんな|どのよう|いつ(?:から|ごろ)|何か|なにか)[^。]*[?？か]"
_blame, _dying, _asks = re.compile(_BLAME), re.compile(_DYING), re.compile(_ASKS)
_questions = re.compile(r"[?？]+|(?:です|ます|ません|でしょう)か(?=[。、…\s]|$)")
# How far a character is makes an advice or a parting early: here they are just that.
_REST = {
    Heard.PARTING: re.compile(_PARTING),
    Heard.ADVICE: re.compile(_ADVICE),
    Heard.EMPATHY: re.compile(_EMPATHY),
    Heard.QUESTION: re.compile(_QUESTION),
}


def hear(words: str) -> Hearing:
    """What is heard in these words: never SILENCE, and never one of the early forms."""
    plain = unicodedata.normalize("NFKC", words)
    if blamed := _found(_blame, plain):
        return Hearing(Heard.BLAME, blamed)
    if (named := _found(_dying, plain)) and _asks.search(plain):
        return Hearing(Heard.DYING, named)
    if len(_questions.findall(plain)) >= MANY_QUESTIONS:
        return Hearing(Heard.CROWD)
    for heard, pattern in _REST.items():
        if found := _found(pattern, plain):
            return Hearing(heard, () if heard == Heard.QUESTION else found)
    return Hearing(Heard.PLAIN)


def _found(pattern: re.Pattern[str], words: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(match.group() for match in pattern.finditer(words)))
