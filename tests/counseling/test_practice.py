"""Characters of a practice: what they hear, how it moves them, what they say next, and files that cannot be played."""

import copy
import json
import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counseling import triage
from counseling.practice import CAST, Character, Ending, Heard, Hearing, InvalidCharacter, Mood, hear, react, read
from counseling.practice.cast import FOLDER
from counseling.practice.character import MOST_TRUST
from counseling.practice.reacting import Turn, pause_before

STUDENT, YOUTH, SILENT = CAST["student"], CAST["youth"], CAST["silent"]
every_character = pytest.mark.parametrize("character", CAST.values(), ids=CAST)


def raw(name: str = "1-student") -> dict[str, Any]:
    return dict(json.loads((FOLDER / f"{name}.json").read_text()))


def talk(character: Character, *ways: Heard) -> list[Turn]:
    """The turns of a talk in which the counselor speaks in these ways."""
    mood, turns = Mood(character.trust), []
    for way in ways:
        turns.append(react(character, mood, Hearing(way)))
        mood = turns[-1].mood
    return turns


@pytest.mark.parametrize(
    ("words", "heard"),
    [
        ("死にたいと思うほど、おつらいのでしょうか。", Heard.DYING),
        ("消えたいという気持ちがあるのですか？", Heard.DYING),
        ("「死にたい」と書いてくださいましたね。", Heard.EMPATHY),
        ("死んではいけません。どうしてですか？", Heard.BLAME),
        ("みんなつらいんですよ。頑張ってください。", Heard.BLAME),
        ("ここまでよく頑張ってこられましたね。", Heard.EMPATHY),
        ("何年生ですか？いつからですか？だれにされたんですか？", Heard.CROWD),
        ("まず警察に相談したほうがいいです。", Heard.ADVICE),
        ("病院を受診してみてはどうですか。", Heard.ADVICE),
        ("よかったら、ゆっくり話してみてくださいね。", Heard.QUESTION),
        ("よかったら話してみてください。", Heard.QUESTION),
        ("それはつらかったですね。", Heard.EMPATHY),
        ("一緒に考えていきましょう。", Heard.EMPATHY),
        ("ここでお待ちしています。", Heard.EMPATHY),
        ("いつごろからですか？", Heard.QUESTION),
        ("もう少し教えてください", Heard.QUESTION),
        ("今日はここまでにしましょう。またいつでも書いてくださいね。", Heard.PARTING),
        ("はい。", Heard.PLAIN),
        ("", Heard.PLAIN),
    ],
)
def test_what_is_heard_is_said_by_a_table(words: str, heard: Heard) -> None:
    assert hear(words).heard == heard


def test_the_words_that_showed_it_are_told_once_each() -> None:
    assert hear("それはつらかったですね。本当につらかったですね。不安ですよね。").because == ("つらかった", "不安です")


def test_wide_letters_and_half_kana_are_heard_alike() -> None:
    assert hear("いつからですか?").heard == hear("いつからですか？").heard == Heard.QUESTION


@given(st.text(max_size=400))
def test_whatever_is_said_something_is_heard(words: str) -> None:
    heard = hear(words)
    assert heard.heard not in {Heard.SILENCE, Heard.EARLY_ADVICE, Heard.EARLY_PARTING}
    assert all(heard.because)


def test_there_are_seven_characters_each_of_their_own_kind() -> None:
    assert list(CAST) == ["student", "wife", "father", "elder", "youth", "tester", "silent"]
    assert len({character.name for character in CAST.values()}) == len(CAST)


@every_character
@given(st.data())
def test_every_talk_stays_within_the_rule(character: Character, data: st.DataObject) -> None:
    ways = data.draw(st.lists(st.sampled_from(Heard), max_size=40))
    told: tuple[int, ...] = ()
    for turn in talk(character, *ways):
        assert 0 <= turn.mood.trust <= MOST_TRUST
        assert turn.mood.told[: len(told)] == told
        assert len(set(turn.mood.told)) == len(turn.mood.told)
        told = turn.mood.told
        assert turn.part
        assert (turn.mood.trust == 0) <= (turn.ending == Ending.LEAVES)
        if turn.ending:
            break


@every_character
def test_the_same_talk_goes_the_same_way(character: Character) -> None:
    ways = [Heard.EMPATHY, Heard.QUESTION, Heard.ADVICE, Heard.BLAME, Heard.EMPATHY]
    assert talk(character, *ways) == talk(character, *ways)


@every_character
def test_who_listens_hears_all_of_it_and_is_thanked(character: Character) -> None:
    ways = [Heard.EMPATHY, Heard.DYING, *[Heard.EMPATHY] * 8, Heard.ADVICE, *[Heard.EMPATHY] * 6]
    turns = talk(character, *ways)
    ended = next(turn for turn in turns if turn.ending)
    assert ended.ending == Ending.THANKS
    assert len(ended.mood.told) == len(character.story)


@every_character
def test_who_judges_is_left(character: Character) -> None:
    assert any(turn.ending == Ending.LEAVES for turn in talk(character, *[Heard.BLAME] * 4))


@every_character
def test_nobody_waits_for_ever(character: Character) -> None:
    endings = [turn.ending for turn in talk(character, *[Heard.SILENCE] * 20) if turn.ending]
    assert endings[0] in {Ending.SILENCE, Ending.LEAVES}


def test_advice_before_its_time_closes_and_after_it_helps() -> None:
    early = react(STUDENT, Mood(STUDENT.trust), Hearing(Heard.ADVICE))
    assert (early.heard, early.mood.trust) == (Heard.EARLY_ADVICE, STUDENT.trust - 2)
    later = react(STUDENT, Mood(STUDENT.ready_at), Hearing(Heard.ADVICE))
    assert (later.heard, later.mood.trust) == (Heard.ADVICE, STUDENT.ready_at + 1)


def test_the_youth_says_it_only_when_asked_plainly() -> None:
    told = [turn.part for turn in talk(YOUTH, *[Heard.EMPATHY, Heard.QUESTION] * 4)]
    assert "story.0" not in told
    assert "story.3" not in told, "what follows it is not told before it"
    assert talk(YOUTH, Heard.EMPATHY, Heard.DYING)[-1].part == "story.0"


def test_a_parting_before_it_was_said_is_early_however_much_they_trust() -> None:
    assert react(YOUTH, Mood(MOST_TRUST), Hearing(Heard.PARTING)).heard == Heard.EARLY_PARTING


def test_silence_is_borne_by_who_came_to_be_with_somebody() -> None:
    assert react(SILENT, Mood(SILENT.trust), Hearing(Heard.SILENCE)).mood.trust == SILENT.trust
    assert react(STUDENT, Mood(STUDENT.trust), Hearing(Heard.SILENCE)).mood.trust < STUDENT.trust


@every_character
def test_nobody_comes_at_high_risk_so_that_trainees_can_take_them(character: Character) -> None:
    assert all(triage.level(triage.find(line)) < triage.Risk.HIGH for line in character.opening)


@every_character
def test_no_line_tells_how_one_could_die(character: Character) -> None:
    ways = re.compile(r"飛び降り|飛び込|首を|つる|ロープ|薬|睡眠剤|練炭|切っ|リスト|ホーム|線路|橋|屋上|包丁|カッター")
    lines = [
        *character.opening,
        *(line for chapter in character.story for line in chapter.says),
        *(line for answers in character.answers.values() for lines in answers for line in lines),
        *(line for lines in character.endings.values() for line in lines),
        *character.felt.values(),
    ]
    assert [line for line in lines if ways.search(line)] == []


def test_longer_lines_take_longer_up_to_a_bound() -> None:
    pace = STUDENT.pace
    assert (
        pause_before("はい", pace) < pause_before("はい、そうです", pace) <= pause_before("あ" * 300, pace) == pace.most
    )
    assert pause_before("はい", pace, first=True) == pace.first


@pytest.mark.parametrize("part", ["", "story.99", "story.x", "answer.nothing.0", "ending.stopped", "nowhere"])
def test_a_part_that_is_gone_has_no_lines(part: str) -> None:
    assert STUDENT.lines(part) == ()


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ({"name": ""}, "name: "),
        ({"trust": 0}, "trust: "),
        ({"trust": True}, "trust: "),
        ({"patience": 5}, "patience: "),
        ({"heart": 40}, "heart: "),
        ({"pace": {"first": 1}}, "pace.least: "),
        ({"pace": None}, "pace.: "),
        ({"moves": {"shouting": 1}}, "moves: "),
        ({"moves": {"blame": -99}}, "moves: "),
        ({"opening": []}, "opening: "),
        ({"opening": ["あ" * 301]}, "opening: "),
        ({"story": []}, "story: "),
        ({"story": [{"at": 99, "says": ["あ"]}]}, "story[0].at: "),
        ({"story": [{"at": 1, "on": ["x"], "says": ["あ"]}]}, "story[0].on: "),
        ({"story": [{"at": 1, "after": 0, "says": ["あ"]}]}, "story[0].after: "),
        ({"story": ["あ"]}, "story[0]: "),
        ({"answers": {}}, "answers: "),
        ({"felt": {}}, "felt: "),
        ({"endings": {"thanks": []}}, "endings: "),
    ],
)
def test_a_file_nobody_can_play_is_refused_and_says_where(change: dict[str, Any], problem: str) -> None:
    with pytest.raises(InvalidCharacter) as refused:
        read(copy.deepcopy(raw()) | change)
    assert any(one.startswith(problem) for one in refused.value.problems)


@pytest.mark.parametrize("broken", [None, [], "x", {}, {"key": "x"}])
def test_what_is_no_file_of_a_character_is_refused(broken: Any) -> None:
    with pytest.raises(InvalidCharacter):
        read(broken)


def test_all_that_is_wrong_is_said_at_once() -> None:
    with pytest.raises(InvalidCharacter) as refused:
        read(raw() | {"name": "", "trust": 99, "opening": []})
    assert len(refused.value.problems) == 3
