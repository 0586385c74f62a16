"""Words of danger in a message: kept with it, sealed, in their places, and told to who may read the words."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from counseling import feeds
from counseling.actions import messages
from counseling.events import FindingView
from counseling.hub import reading
from counseling.models import Channel, Message, Part, Program, Session
from counseling.models.edition import Edition
from counseling.triage import Meaning, Risk
from tests.conftest import SORA, Say
from tests.counseling.asked import ask_first, press

pytestmark = pytest.mark.django_db


def told(session: Session) -> list[list[FindingView]]:
    """What staff are told of the findings in each of the visitor's messages, by both ways of reading."""
    key = session.visitor.key()
    events = [one["message"] for one in feeds.session_events(session.pk, 0)]
    by_log = [one["findings"] for one in events if one and one["author"] == "visitor"]
    by_hub = [one["message"] for one in reading.session_events(session.pk, 0, key)]
    assert by_log == [one["findings"] for one in by_hub if one and one["author"] == "visitor"]
    return by_log


def test_each_word_is_told_with_its_place_level_and_meaning(sora_says: Say) -> None:
    session = sora_says("𠮷です。もう シ ニ タ イ。リスカした")
    assert told(session) == [
        [
            {"start": 7, "end": 14, "word": "しにたい", "level": 3, "meaning": "suicide"},
            {"start": 15, "end": 18, "word": "リスカ", "level": 2, "meaning": "self_harm"},
        ]
    ]
    message = Message.objects.get(author="visitor")
    words = message.words(session.visitor.key())
    assert [words[one.start : one.end] for one in message.found(session.visitor.key())] == ["シ ニ タ イ", "リスカ"]


def test_words_without_danger_and_words_of_ours_carry_nothing(active: Session, sora_says: Say) -> None:
    sora_says("きょうは晴れました")
    assert told(active) == [[], []]
    assert not Message.objects.exclude(findings=b"").exists()


def test_the_words_of_the_programs_own_dictionary_are_found(program: Program, sora_says: Say) -> None:
    content = {"added": [{"pattern": "黒い箱", "level": 1, "meaning": "suicide"}], "left_out": ["死にた"]}
    edition = Edition.objects.create(program=program, part=Part.DANGER_WORDS, number=1, content=content)
    Program.objects.filter(pk=program.pk).update(editions={**program.editions, Part.DANGER_WORDS: edition.pk})
    session = sora_says("死にたい、くろいはこ、黒 い 箱")
    assert [one["word"] for one in told(session)[0]] == ["黒い箱"]
    # What was found stays as it was found, whatever the dictionary says later.
    Program.objects.filter(pk=program.pk).update(editions=program.editions)
    assert [one["word"] for one in told(session)[0]] == ["黒い箱"]


def test_findings_are_sealed_in_a_place_of_their_own(sora_says: Say) -> None:
    session = sora_says("もう死にたい")
    message = Message.objects.get(author="visitor")
    stored = bytes(message.findings)
    assert "死".encode() not in stored
    assert b"suicide" not in stored
    (found,) = message.found(session.visitor.key())
    assert (found.level, found.meaning) == (Risk.HIGH, Meaning.SUICIDE)
    message.findings = message.body
    with pytest.raises(Exception, match=r"message\.findings"):
        message.found(session.visitor.key())


def test_what_is_unsent_takes_its_findings_along(sora_says: Say, line_channel: Channel) -> None:
    session = sora_says("もう死にたい")
    message = Message.objects.get(author="visitor")
    messages.unsend(channel_id=line_channel.pk, external_id=str(message.external_id))
    assert told(session)[-1] == []
    assert bytes(Message.objects.get(pk=message.pk).findings) == b""
    assert feeds.risk_state(session.pk)["history"][0]["words"] == []


def test_before_consent_nothing_is_told_and_without_it_nothing_stays(
    program: Program, sora_says: Say, line_channel: Channel
) -> None:
    ask_first(program)
    session = sora_says("つらいです。カミソリ")
    message = Message.objects.get(author="visitor")
    assert message.findings
    assert (told(session), message.found(session.visitor.key())) == ([], [])
    press(line_channel, "同意しない")
    assert bytes(Message.objects.get(pk=message.pk).findings) == b""


def test_after_consent_it_is_told(program: Program, sora_says: Say, line_channel: Channel) -> None:
    ask_first(program)
    session = sora_says("もう死にたい")
    assert feeds.risk_state(session.pk)["history"][0]["words"] == []
    press(line_channel, "同意して相談する")
    assert [one["word"] for one in told(session)[-1]] == ["死にた"]
    assert feeds.risk_state(session.pk)["history"][0]["words"] == ["死にた"]


def test_visitors_are_told_of_no_finding(active: Session, sora_says: Say) -> None:
    sora_says("もう死にたい")
    state = feeds.talk_state(active.visitor_id)
    events, _upto = feeds.talk_events(active.pk, 0)
    assert "finding" not in str(state) + str(events)


def test_a_word_with_findings_costs_no_statement_more(active: Session, line_channel: Channel) -> None:
    Session.objects.update(risk=Risk.IMMINENT)
    counts = []
    for number, words in enumerate(("まだ起きています", "はい、起きています", "もう死にたい")):
        with CaptureQueriesContext(connection) as asked:
            messages.receive(channel_id=line_channel.pk, identity=SORA, text=words, external_id=f"q{number}")
            reading.session_events(active.pk, active.version, active.visitor.key())
        counts.append(len(asked))
    assert counts[1] == counts[2]
