"""A machine as another house runs one: a key, and nothing else."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

from django.http.response import HttpResponseBase
from django.test import Client

from accounts.models import User
from counseling.actions import tokens
from counseling.machines import Scope
from counseling.models import Program

YEAR = timedelta(days=365)


@dataclass
class Machine:
    """Asks /api/v1/ with its key."""

    key: str
    program: Program

    def get(self, path: str, **query: object) -> Any:
        """The answer to GET /api/v1/<path>?<query>."""
        return self.send("GET", f"/api/v1/{path}" + (f"?{urlencode(query)}" if query else ""))

    def of(self, part: str, **query: object) -> Any:
        """The answer for a part of its program."""
        return self.get(f"programs/{self.program.slug}/{part}", **query)

    def send(self, method: str, address: str, **headers: str) -> HttpResponseBase:
        """Any request."""
        return Client().generic(method, address, headers={"Authorization": f"Bearer {self.key}", **headers})


def machine(program: Program, by: User, scopes: Iterable[Scope] = tuple(Scope), name: str = "集計") -> Machine:
    """A machine whose key `by` makes now."""
    _token, key = tokens.make(program_id=program.pk, by=by, name=name, scopes=scopes, life=YEAR)
    return Machine(key, program)
