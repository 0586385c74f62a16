"""Words of danger found in a message, and the risk they raise. Pure.

The law: a machine may raise risk; only a person lowers it. A finding is a spelling in a list and a place in the text,
so that it can be shown and explained; 「死にたくない」 is found too, because a person must judge it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import IntEnum, StrEnum
from functools import lru_cache

from counseling.text import Folded, normalise


class Risk(IntEnum):
    """危険度 of a session."""

    NONE = 0
    LOW = 1
    MODERATE = 2
    HIGH = 3
    IMMINENT = 4


class Meaning(StrEnum):
    """What a word of danger points to."""

    SUICIDE = "suicide"
    SELF_HARM = "self_harm"
    VIOLENCE = "violence"
    CHILD_IN_DANGER = "child_in_danger"


# That danger is imminent (a plan, the means, now) is a judgement, and judgements are for persons.
HIGHEST_BY_MACHINE = Risk.HIGH
MOST_WORDS, LONGEST_WORD = 500, 60


@lru_cache(maxsize=4096)
def spelled(pattern: str) -> str:
    """A word as it is looked for: whatever its width, kana, spaces and punctuation."""
    return normalise(pattern).text


@dataclass(frozen=True)
class Word:
    """One spelling to look for, whatever its width, kana, spaces and punctuation."""

    pattern: str
    level: Risk
    meaning: Meaning

    def __post_init__(self) -> None:
        if not spelled(self.pattern):
            raise ValueError("a word of danger needs a letter")
        if not Risk.NONE < self.level <= HIGHEST_BY_MACHINE:
            raise ValueError("a word raises risk, and at most to high")


@dataclass(frozen=True)
class Finding:
    """A word of danger at `text[start:end]` (code points of the original text)."""

    start: int
    end: int
    word: str
    level: Risk
    meaning: Meaning


SPELLINGS: dict[tuple[Meaning, Risk], str] = {
    (Meaning.SUICIDE, Risk.HIGH): """
        死にた 死にて しにたい しにたく しにたか しにてえ タヒにた 氏にたい 4にたい 逝きたい 逝きそう 死のう
        死んでしまいたい しんでしまいたい 死んじゃいたい 死ぬしかな 死ぬつもり 死ぬ準備 死ぬ方法 死に方 楽に死
        死んだほうが 死んだ方が しんだほうが 自殺 じさつ 自死 自決 自害 希死念慮 遺書 遺言を書 いしょをかい 首を吊
        首吊 首つり くびつり 首をつ くびをつ 首を括 首をくく 飛び降り 飛降り 飛びおり とびおり 電車に飛び込
        線路に飛び込 身投げ 練炭 硫化水素 致死量 富士の樹海 一緒に死 無理心中 一家心中 心中しよう 心中したい 命を絶
        いのちをたつ 生きるのをやめ 人生を終わら 命を終わら
        kill_myself killing_myself suicide suicidal want_to_die wanna_die end_my_life take_my_own_life kms
        better_off_dead hang_myself jump_off_the
    """,
    (Meaning.SUICIDE, Risk.MODERATE): """
        消えたい きえたい 消えてしまいたい 消えてなくなりたい 消えちゃいたい きえちゃいたい 消えていなくなりたい
        いなくなりたい 居なくなりたい いなくなってしまいたい 終わりにしたい おわりにしたい 終わらせたい おわらせたい
        全部終わり 生きていたくな 生きてたくな 生きたくな いきたくない世 生きてる意味 生きる意味 生きている意味
        生きていけな 生きていても仕方 生きててもしかた 生きてても仕方 生きててごめん 生きるのに疲れ 生きるのがつら
        生きるのが辛 生きるのがしんど 生きるのに疲 生きてるのがつら 生きてるのが辛 生まれてこなければ
        産まれてこなければ 産まれなければ 生まれなければ 楽になりたい らくになりたい ずっと眠っていたい
        目が覚めなければ 目覚めたくな このまま眠ったまま この世から この世にいたくな あの世 天国に行きたい 死ぬ
        しぬほど 死んで 死んだら 死にそう 死を考え 死ねば 死ねたら 今までありがとう いままでありがとう
        お世話になりました最後 最後のメッセージ 飛び込みたい 入水 ホームから
        want_to_disappear no_reason_to_live end_it_all don't_want_to_live do_not_want_to_live tired_of_living
    """,
    (Meaning.SUICIDE, Risk.LOW): """
        もう限界 もうげんかい もう無理 もうむり もうダメ もう駄目 疲れ果て 居場所がな いばしょがな ひとりぼっち 絶望
        助けて たすけて 誰もわかってくれな 価値がない 価値のない いらない人間
        hopeless worthless help_me
    """,
    (Meaning.SELF_HARM, Risk.HIGH): """
        オーバードーズ OD ODした ODする 薬を大量 大量の薬 大量に薬 薬をたくさん飲 薬を全部飲 薬いっぱい飲
        くすりをたくさん 手首を切 てくびをき 腕を切 首を切 血が止まら
        overdose overdosed cut_myself cutting_myself
    """,
    (Meaning.SELF_HARM, Risk.MODERATE): """
        リスカ リストカット アムカ アームカット レグカ レッグカット 自傷 じしょう行為 自分を傷つけ 自分を切
        カッターで切 カミソリ 剃刀 切っちゃった 切りたい 根性焼き 頭を打ちつけ 髪を抜 血を見ると 瀉血 市販薬
        ブロン錠 ブロンを飲 パキり 吐いてしまう 過食嘔吐
        self_harm self_injury hurt_myself hurting_myself
    """,
    (Meaning.VIOLENCE, Risk.HIGH): """
        殺され ころされ 殺す 殺してや ころしてや 殺したい ころしたい 殺害 首を絞め 首を締め 首をしめ 首絞め
        くびをしめ 包丁を 刃物 凶器 監禁 拉致 レイプ 強姦 犯され 襲われ おそわれ 性暴力 性被害 今殴 今も殴
        ドアを叩いて
        kill_me going_to_kill will_kill raped strangled stabbed
    """,
    (Meaning.VIOLENCE, Risk.MODERATE): """
        殴られ なぐられ 殴る 刺され 逃げられない 無理やり 無理矢理 押しかけて 殴った 殴って 蹴られ けられた 叩かれ
        たたかれ 髪を引っ張 突き飛ば つきとば 物を投げ 暴力 ぼうりょく DV 暴行 痣 アザだらけ 骨折させ 怪我をさせ
        脅され おどされ 脅迫 ストーカー被害 ストーカーされ ストーカー行為 つきまとわ 待ち伏せ 触られ さわられ 痴漢
        盗撮 裸の写真 画像を送れ ばらまく 死ね 怖くて帰れ 家に帰れな 帰りたくな 逃げてき 逃げたい
        abused beaten_up he_hits_me she_hits_me hits_me threatened stalked
    """,
    (Meaning.CHILD_IN_DANGER, Risk.HIGH): """
        子どもを殺 子供を殺 こどもを殺 赤ちゃんを殺 子どもの首 子供の首 子どもを刺 子供を刺 揺さぶって 揺さぶった
        窒息 子どもが動かな 子供が動かな 赤ちゃんが動かな 息をしていな 意識がな 親に殺 父に殺 母に殺 お父さんに触
        父に触 性的虐待 食べさせてもらえな ご飯をもらえな ごはんをもらえな 何日も食べて 何も食べてな 家に入れてもら
        家から出さ 閉め出され 締め出され 閉じ込められ とじこめられ 置き去り
        my_dad_touches my_father_touches
    """,
    (Meaning.CHILD_IN_DANGER, Risk.MODERATE): """
        虐待 ぎゃくたい ネグレクト 親に殴 親に叩 親に蹴 父に殴 母に殴 父に叩 母に叩 お父さんに殴 お母さんに殴
        お父さんに叩 お母さんに叩 パパに叩 ママに叩 子どもを叩 子供を叩 こどもをたた 子どもを殴 子供を殴 叩いてしま
        たたいてしま 手をあげてしま 手を上げてしま 手が出てしま 怒鳴ってしま どなってしま 子どもを置いて
        子供を置いて 子どもだけ 子供だけ 子どもがかわいくな 子供が可愛くな 育てられな 産み捨て 親が帰ってこな
        親がいな 縛られ お風呂に入れてもら 学校に行かせてもら
        child_abuse neglected
    """,
}

WORDS_OF_DANGER: tuple[Word, ...] = tuple(
    Word(pattern.replace("_", " "), level, meaning)
    for (meaning, level), patterns in SPELLINGS.items()
    for pattern in patterns.split()
)


class InvalidDictionary(ValueError):
    """A program's own words of danger that cannot be kept; `problems` lists (path, code).

    Codes: not_an_object, not_a_list, no_letter, bad_level, bad_meaning, twice, too_many.
    """

    def __init__(self, problems: list[tuple[str, str]]) -> None:
        super().__init__("; ".join(f"{path}: {code}" for path, code in problems))
        self.problems = problems


def read_dictionary(stored: object) -> tuple[Word, ...]:
    """The words of danger of a program: the house's, less what it left out, and its own.

    Stored as {"added": [{"pattern", "level", "meaning"}], "left_out": [pattern, …]}; None is the house's alone.
    Raises InvalidDictionary.
    """
    if stored is None:
        return WORDS_OF_DANGER
    if not isinstance(stored, dict):
        raise InvalidDictionary([("", "not_an_object")])
    added, left_out = stored.get("added", []), stored.get("left_out", [])
    if not isinstance(added, list) or not isinstance(left_out, list):
        raise InvalidDictionary([("added", "not_a_list")])
    problems: list[tuple[str, str]] = [("added", "too_many")] if len(added) > MOST_WORDS else []
    own = [word for place, one in enumerate(added) if (word := _word(one, f"added.{place}", problems))]
    folded = [spelled(word.pattern) for word in own]
    problems += [(f"added.{place}", "twice") for place, one in enumerate(folded) if one in folded[:place]]
    if problems:
        raise InvalidDictionary(problems)
    gone = {spelled(str(pattern)) for pattern in left_out} | set(folded)
    return (*(word for word in WORDS_OF_DANGER if spelled(word.pattern) not in gone), *own)


def _word(stored: object, path: str, problems: list[tuple[str, str]]) -> Word | None:
    told = stored if isinstance(stored, dict) else {}
    pattern, risk, meaning = told.get("pattern"), told.get("level"), told.get("meaning")
    wrong = {
        "no_letter": not isinstance(pattern, str) or len(pattern) > LONGEST_WORD or not spelled(pattern),
        "bad_level": not isinstance(risk, int) or not Risk.NONE < risk <= HIGHEST_BY_MACHINE,
        "bad_meaning": not isinstance(meaning, str) or meaning not in set(Meaning),
    }
    codes = [code for code, holds in wrong.items() if holds]
    problems += [(path, code) for code in codes]
    return None if codes else Word(str(pattern), Risk(int(str(risk))), Meaning(str(meaning)))


def find(text: str, words: Iterable[Word] = WORDS_OF_DANGER) -> list[Finding]:
    """Words of danger in `text`, by place; one that lies inside another of the same or a higher level is left out."""
    folded = normalise(text)
    findings = [
        Finding(start, end, word.pattern, word.level, word.meaning)
        for word in words
        for start, end in _places(folded, text, spelled(word.pattern))
    ]
    findings.sort(key=lambda finding: (finding.start, -finding.end, -finding.level))
    return list(_widest(findings))


def level(findings: Iterable[Finding]) -> Risk:
    """The highest risk among findings."""
    return max((finding.level for finding in findings), default=Risk.NONE)


def raised(current: Risk, found: Risk) -> Risk:
    """The risk after the machine's finding: never below `current`, and never raised above high."""
    return max(current, min(found, HIGHEST_BY_MACHINE))


def _places(folded: Folded, text: str, pattern: str) -> Iterator[tuple[int, int]]:
    place = folded.text.find(pattern)
    while place >= 0:
        start, end = folded.span(place, place + len(pattern))
        # Latin letters make words by their neighbours: "OD" is not in "good". Japanese has no such borders.
        if not (pattern.isascii() and (_is_latin(text[start - 1 : start]) or _is_latin(text[end : end + 1]))):
            yield start, end
        place = folded.text.find(pattern, place + 1)


def _is_latin(character: str) -> bool:
    letter = spelled(character)
    return letter.isascii() and letter.isalnum()


def _widest(findings: Iterable[Finding]) -> Iterator[Finding]:
    """Of findings in order of place, those that no earlier one of their level or above covers."""
    reach = dict.fromkeys(Risk, 0)
    for finding in findings:
        if finding.end > max(reach[risk] for risk in Risk if risk >= finding.level):
            reach[finding.level] = finding.end
            yield finding
