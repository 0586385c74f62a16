"""What machines read of a program: what it is and whether it receives, its hours, its sessions' states."""

from datetime import timedelta
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from rest_framework.request import Request
from rest_framework.response import Response

from counseling import opening
from counseling.actions import receptions
from counseling.api.v1 import examples, shapes
from counseling.api.v1.base import MachineView
from counseling.api.v1.described import reads
from counseling.api.v1.inputs import HoursQuery, Nothing, SessionsQuery
from counseling.feeds.machines import sessions_page
from counseling.machines import Scope
from counseling.opening import TOKYO, midnight

DAY = timedelta(days=1)


class ProgramsView(MachineView):
    """The key's program."""

    scope = Scope.PROGRAMS

    @reads(
        Scope.PROGRAMS,
        shapes.Programs,
        summary=_("事業と受付"),
        description=_("このキーで読める事業と、いま受け付けているか、次にいつ開くか。"),
        example=examples.PROGRAMS,
        of_program=False,
    )
    def get(self, request: Request) -> Response:
        """As a list, of one: keys belong to one program each."""
        self.queried(Nothing)
        program = self.token.program
        shown = {name: getattr(program, name) for name in ("slug", "name", "kind", "starts_on", "ends_on")}
        shown["reception"] = receptions.receiving(program, timezone.now())
        return Response(shapes.Programs({"programs": [shown]}).data)


class HoursView(MachineView):
    """A program's opening hours."""

    scope = Scope.HOURS

    @reads(
        Scope.HOURS,
        shapes.Hours,
        summary=_("受付時間"),
        description=_("受付時間の決まりと、日ごとの時刻。休みや期間の終わりも反映しています。"),
        example=examples.HOURS,
        query=HoursQuery,
    )
    def get(self, request: Request, slug: str) -> Response:
        """The rules, and the days from `first` on."""
        program, wish = self.program(slug), self.queried(HoursQuery)
        hours = program.opening()
        days = opening.openings(hours.between(program.starts_on, program.ends_on), wish["first"], wish["days"])
        answer = {"time_zone": str(TOKYO), "rules": hours.to_json(), "days": [_day(*day) for day in days]}
        return Response(shapes.Hours(answer).data)


def _day(day: opening.Day, windows: list[opening.OpenWindow]) -> dict[str, Any]:
    openings = [
        {"opens_at": window.start, "closes_at": window.end, "intake_until": window.intake_until} for window in windows
    ]
    return {"date": day.date, "rule": day.kind, "holiday": day.holiday, "openings": openings}


class SessionsView(MachineView):
    """A program's sessions."""

    scope = Scope.SESSIONS

    @reads(
        Scope.SESSIONS,
        shapes.Sessions,
        summary=_("相談の状態"),
        description=_(
            "番号の順に読みます。番号は受けた順に付き、あとから小さい番号が現れることはありません。moreがtrueのあいだ、afterに前のafterを書いて読み進めると、途中で状態が変わっても、抜けも重なりもありません。変化を追うときは、まだ終わっていない相談のうちいちばん小さい番号の前から読み直し、versionを比べます。"
        ),
        example=examples.SESSIONS,
        query=SessionsQuery,
    )
    def get(self, request: Request, slug: str) -> Response:
        """One page of them, in the order of their numbers."""
        program, wish = self.program(slug), self.queried(SessionsQuery)
        first, last = wish.get("first"), wish.get("last")
        page = sessions_page(
            program,
            after=wish["after"],
            limit=wish["limit"],
            since=midnight(first) if first else None,
            until=midnight(last + DAY) if last else None,
        )
        return Response(shapes.Sessions(page).data)
