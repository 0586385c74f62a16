"""A sitting is closed by one function alone: nothing else in the house writes that state."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from django.conf import settings

from counseling.lifecycle import MOVES, Move, State

ROOT = Path(settings.BASE_DIR)
PLACES = ("accounts", "config", "counseling", "reports")
RECORDS = "counseling/actions/records.py"


@cache
def sources() -> dict[str, str]:
    """Every file of the house, but for the tests' and migrations'."""
    paths = [path for place in PLACES for path in sorted((ROOT / place).rglob("*.py"))]
    return {str(path.relative_to(ROOT)): path.read_text() for path in paths if "migrations" not in path.parts}


@cache
def functions() -> list[tuple[str, ast.FunctionDef | ast.AsyncFunctionDef]]:
    """Every function, with its file, that could write the state of a session."""
    return [
        (name, node)
        for name, source in sources().items()
        if "Move." in source or "session.state" in source or "state=" in source
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    ]


def written(node: ast.AST) -> Iterator[str]:
    """What stands on the right of every assignment to a session's state, and of `state=` where rows are written."""
    for one in ast.walk(node):
        if isinstance(one, ast.Assign):
            for target, value in _pairs(one):
                if ast.unparse(target) == "session.state":
                    yield ast.unparse(value)
        if isinstance(one, ast.Call) and "Session" in ast.unparse(one.func).split("."):
            yield from (ast.unparse(word.value) for word in one.keywords if word.arg == "state" and _writes(one))


def _pairs(one: ast.Assign) -> Iterator[tuple[ast.expr, ast.expr]]:
    for target in one.targets:
        if isinstance(target, ast.Tuple) and isinstance(one.value, ast.Tuple):
            yield from zip(target.elts, one.value.elts, strict=False)  # a starred one takes the rest
        else:
            yield target, one.value


def _writes(call: ast.Call) -> bool:
    return ast.unparse(call.func).rsplit(".", maxsplit=1)[-1] in {"Session", "create", "update", "get_or_create"}


def test_only_one_move_leads_to_closed() -> None:
    assert [move for move, (_from, to) in MOVES.items() if to == State.CLOSED] == [Move.CLOSE]
    assert MOVES[Move.CLOSE][0] == {State.WRAP_UP}


def test_the_move_is_made_by_filing_the_record_alone() -> None:
    """Whoever else names it only asks whether it could be made, or says that it could not."""
    naming = {(name, node.name) for name, node in functions() if "Move.CLOSE" in ast.unparse(node)}
    assert naming == {(RECORDS, "file"), (RECORDS, "_opened"), (RECORDS, "_close")}
    making = {node.name for _name, node in functions() if any("Move.CLOSE" in value for value in written(node))}
    assert making == {"_close"}
    calling = {
        node.name
        for name, node in functions()
        if name == RECORDS
        for one in ast.walk(node)
        if isinstance(one, ast.Call) and ast.unparse(one.func) == "_close"
    }
    assert calling == {"file"}


def test_every_state_that_is_written_comes_from_the_table_of_moves() -> None:
    found = {(name, node.name): value for name, node in functions() for value in written(node)}
    assert len(found) > 5
    # Sessions that are being made are in no state yet that anybody had to reach.
    beginnings = {"State.WRAP_UP.value", "lifecycle.after(Move.ENTER, State.INTAKE)"}
    # Taken up again, where the state was asked of the table before anything else.
    reopened = {("counseling/actions/sessions.py", "reopen"): "state"}
    for place, value in found.items():
        assert value.startswith("lifecycle.after(Move.") or value in beginnings or reopened.get(place) == value or (
            value == "lifecycle.after(move, State(session.state))"
        ), (place, value)  # fmt: skip


def test_whoever_passes_a_move_on_never_passes_that_one() -> None:
    passed = {
        ast.unparse(word)
        for _name, node in functions()
        for one in ast.walk(node)
        if isinstance(one, ast.Call)
        and ast.unparse(one.func).rsplit(".", maxsplit=1)[-1] in {"finish", "_turn", "_hand", "_take"}
        for word in [*one.args, *(keyword.value for keyword in one.keywords)]
        if "Move." in ast.unparse(word)
    }
    assert passed
    assert not any("CLOSE" in word for word in passed)


@pytest.mark.parametrize(
    "words", ["UPDATE counseling_session ", "counseling_session SET", 'state="closed"', "state='closed'"]
)
def test_no_statement_of_its_own_closes_one(words: str) -> None:
    assert [name for name, source in sources().items() if words in source] == []
