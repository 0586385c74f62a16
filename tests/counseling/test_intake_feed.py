"""What was answered before the talk, as staff read it: every kind, in the words of the edition that was answered."""

from typing import Any

import pytest
from django.utils import translation

from accounts.models import User
from counseling import feeds
from counseling.actions import editions, sessions, visits
from counseling.events import IntakeAnswer
from counseling.forms import Answers, Choice, Condition, Form, Kind, Question
from counseling.models import Channel, Part, Program, Session

pytestmark = pytest.mark.django_db
CHOICES = (Choice("a", {"ja": "仕事《しごと》", "en": "Work"}), Choice("b", {"ja": "お金"}))
EVERY_KIND = Form((
    Question("one", Kind.CHOICE, {"ja": "どれか", "en": "Which one"}, CHOICES),
    Question("many", Kind.CHOICES, {"ja": "いくつか"}, CHOICES),
    Question("safe", Kind.YES_NO, {"ja": "安全《あんぜん》ですか"}),
    Question("children", Kind.NUMBER, {"ja": "子どもの数"}, shown_if=Condition("safe", ("yes",))),
    Question("since", Kind.DATE, {"ja": "いつから"}),
    Question("called", Kind.TEXT, {"ja": "呼ばれたい名前"}, personal=True),
    Question("story", Kind.LONG_TEXT, {"ja": "くわしく"}),
))  # fmt: skip
GIVEN: Answers = {
    "one": "a", "many": ["b", "a"], "safe": "yes", "children": 0, "since": "2026-11-23", "called": "そらさん",
    "story": "一行目\n<b>二行目</b>",
}  # fmt: skip


def publish(program: Program, form: Form, by: User) -> None:
    editions.publish(program_id=program.pk, part=Part.INTAKE, content=form.to_json(), by=by)


def start(web_channel: Channel, answers: Answers, identity: str = "v") -> Session:
    return visits.start(
        channel_id=web_channel.pk, identity=identity * 43, terms_version=1, attributes=answers, line="はじめまして"
    )


def intake(session: Session, user: User, language: str = "ja") -> list[IntakeAnswer]:
    with translation.override(language):
        return feeds.session_state(session.pk, user)["intake"]


def told(session: Session, user: User, language: str = "ja") -> dict[str, Any]:
    return {one["label"]: one["answers"] for one in intake(session, user, language)}


def test_every_kind_of_answer_is_put_into_words(program: Program, web_channel: Channel, aoi: User) -> None:
    publish(program, EVERY_KIND, aoi)
    assert told(start(web_channel, GIVEN), aoi) == {
        "どれか": ["仕事"],
        "いくつか": ["お金", "仕事"],
        "安全ですか": ["はい"],
        "子どもの数": ["0"],
        "いつから": ["2026年11月23日(月)"],
        "呼ばれたい名前": ["そらさん"],
        "くわしく": ["一行目\n<b>二行目</b>"],
    }


def test_they_are_in_the_readers_language_or_in_japanese(program: Program, web_channel: Channel, aoi: User) -> None:
    publish(program, EVERY_KIND, aoi)
    english = told(start(web_channel, GIVEN), aoi, "en")
    assert (english["Which one"], english["いくつか"], english["安全ですか"]) == (["Work"], ["お金", "Work"], ["Yes"])


def test_what_tells_who_they_are_is_marked(program: Program, web_channel: Channel, aoi: User) -> None:
    publish(program, EVERY_KIND, aoi)
    answers = intake(start(web_channel, GIVEN), aoi)
    assert [one["key"] for one in answers if one["personal"]] == ["called"]


def test_what_was_not_answered_is_not_there(web_channel: Channel, aoi: User) -> None:
    assert intake(start(web_channel, {}), aoi) == []
    assert told(start(web_channel, {"age": "20s"}, "w"), aoi) == {"年代": ["20代"]}


def test_a_new_edition_changes_nothing_in_what_was_answered_before(
    program: Program, web_channel: Channel, aoi: User, haru: User
) -> None:
    publish(program, EVERY_KIND, aoi)
    old = start(web_channel, GIVEN)
    before = intake(old, aoi)
    renamed = (Choice("a", {"ja": "はたらくこと"}), Choice("b", {"ja": "おかね"}))
    publish(program, Form((Question("one", Kind.CHOICES, {"ja": "別の問い"}, renamed),)), aoi)
    new = start(web_channel, {"one": ["a"]}, "w")
    assert intake(old, aoi) == before
    assert told(new, aoi) == {"別の問い": ["はたらくこと"]}
    sessions.claim(session_id=old.pk, by=haru)
    mine = feeds.my_sessions(haru, Session.objects.all())
    assert [state["intake"] for state in mine] == [before]


def test_answers_from_before_editions_were_kept_stand_as_they_are(web_channel: Channel, aoi: User) -> None:
    session = start(web_channel, {"age": "20s"})
    Session.objects.filter(pk=session.pk).update(editions={}, attributes={"age": "20s", "topics": ["work", "money"]})
    assert told(session, aoi) == {"age": ["20s"], "topics": ["work", "money"]}
