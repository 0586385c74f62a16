"""The API's only parser: strict JSON objects."""

from collections.abc import Mapping
from typing import IO, Any

from rest_framework.exceptions import ParseError
from rest_framework.parsers import BaseParser

from counseling.text import UnacceptableJson, parse_object

BODY_LIMIT = 262_144


class StrictJSONParser(BaseParser):
    """One JSON object in UTF-8: no duplicate names, no NaN, no depth without end. Raises ParseError."""

    media_type = "application/json"

    def parse(
        self, stream: IO[Any], media_type: str | None = None, parser_context: Mapping[str, Any] | None = None
    ) -> dict[str, Any]:
        """The object; an empty body is an empty object."""
        raw = stream.read(BODY_LIMIT + 1)
        if not raw:
            return {}
        try:
            return parse_object(raw, limit=BODY_LIMIT)
        except UnacceptableJson as error:
            raise ParseError(code=error.code) from error
