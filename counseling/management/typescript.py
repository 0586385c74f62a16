"""Python's wire shapes as TypeScript: reads the typed dictionaries of `counseling.events`."""

import inspect
import types
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints, is_typeddict

from counseling.events import agency, arrangement, board, handover, risk, roster, session, talk, wall

LINE_WIDTH = 120
SIMPLE = {str: "string", int: "number", bool: "boolean", float: "number", type(None): "null"}


def shapes() -> dict[str, Any]:
    """Every shape and union of literals that crosses the wire, by name."""
    return {
        name: value
        for module in (session, risk, board, handover, talk, roster, wall, agency, arrangement)
        for name, value in vars(module).items()
        if not name.startswith("_")
        if get_origin(value) is Literal or (is_typeddict(value) and value.__module__ == module.__name__)
    }


def protocol() -> str:
    """The whole of static/src/protocol.ts."""
    parts = ["// Generated from counseling/events by `make docs`: do not edit.", ""]
    for name, value in shapes().items():
        parts += [_alias(name, value) if get_origin(value) is Literal else _interface(name, value), ""]
    return "\n".join(parts)


def _interface(name: str, shape: Any) -> str:
    lines = [f"/** {' '.join((inspect.getdoc(shape) or '').split())} */", f"export interface {name} {{"]
    lines += [f"  {field}: {_type(hint)};" for field, hint in get_type_hints(shape).items()]
    return "\n".join([*lines, "}"])


def _alias(name: str, hint: Any) -> str:
    """A union of literals; broken into lines as the formatter would."""
    values = [f'"{value}"' for value in get_args(hint)]
    line = f"export type {name} = {' | '.join(values)};"
    return line if len(line) <= LINE_WIDTH else f"export type {name} =\n  | " + "\n  | ".join(values) + ";"


def _type(hint: Any) -> str:
    """The TypeScript of a field's type."""
    if hint in SIMPLE:
        return SIMPLE[hint]
    if is_typeddict(hint):
        return str(hint.__name__)
    origin, args = get_origin(hint), get_args(hint)
    if origin is Literal:
        return _named(hint) or " | ".join(f'"{value}"' for value in args)
    if origin is list:
        return f"{_type(args[0])}[]" if len(get_args(args[0])) < 2 else f"({_type(args[0])})[]"
    if origin is dict:
        return f"Record<string, {_type(args[1])}>"
    if origin in {Union, types.UnionType}:
        return " | ".join(_type(arg) for arg in args)
    raise TypeError(f"no TypeScript for {hint}")


def _named(hint: Any) -> str | None:
    """The name under which events.py declares this literal, if it does."""
    return next((name for name, value in shapes().items() if value == hint), None)
