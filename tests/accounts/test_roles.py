"""The table of roles and rights says what the trade says (domain.md §3)."""

from accounts.roles import RIGHTS, Right, Role, holders
from accounts.templatetags.components import ROLE_WORDS, role_words


def test_every_role_has_its_row_and_its_word() -> None:
    assert set(RIGHTS) == set(ROLE_WORDS) == set(Role)


def test_a_role_held_twice_is_said_once() -> None:
    assert role_words(["supervisor", "counselor", "supervisor"]) == "相談員、スーパーバイザー"


def test_an_officer_of_the_commissioner_has_no_right_to_words() -> None:
    assert RIGHTS[Role.OFFICER] == {Right.SEE_PUBLIC_RESULTS}


def test_only_supervisors_read_what_is_not_theirs() -> None:
    assert holders(Right.READ_ALL) == holders(Right.STEER) == [Role.SUPERVISOR]


def test_an_administrator_neither_talks_nor_reads() -> None:
    assert RIGHTS[Role.ADMINISTRATOR].isdisjoint({Right.TAKE_SESSIONS, Right.READ_ALL, Right.STEER})


def test_whoever_takes_sessions_sees_the_board() -> None:
    assert set(holders(Right.TAKE_SESSIONS)) <= set(holders(Right.WATCH_BOARD))


def test_every_right_is_held_by_someone() -> None:
    assert [right for right in Right if not holders(right)] == []
