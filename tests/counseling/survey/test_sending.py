"""Whether an invitation goes out: for ever no comes before not yet."""

from dataclasses import fields

import pytest

from counseling.survey import Facts, Step, decide
from counseling.survey.sending import DROPS, WAITS


def test_where_nothing_speaks_against_it_it_goes_out() -> None:
    assert decide(Facts()) == (Step.SEND, "")


@pytest.mark.parametrize("name", DROPS)
def test_what_rules_it_out_drops_it(name: str) -> None:
    assert decide(Facts(**{name: True})) == (Step.DROP, name)
    assert decide(Facts(**{name: True}, talking=True)) == (Step.DROP, name)


@pytest.mark.parametrize("name", WAITS)
def test_what_delays_it_lets_it_wait(name: str) -> None:
    assert decide(Facts(**{name: True})) == (Step.WAIT, name)


def test_every_fact_is_decided_on() -> None:
    assert {one.name for one in fields(Facts)} == {*DROPS, *WAITS}
