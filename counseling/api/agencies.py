"""The directory of agencies, searched beside a talk."""

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.roles import Right
from counseling import permissions
from counseling.api.base import StaffView
from counseling.api.inputs import Input
from counseling.feeds import agencies as feed
from counseling.feeds.agencies import Search
from counseling.models import AgencyKind

LONGEST_WISH = 100


class SearchInput(Input):
    """What is looked for; what is left away or empty may be anything."""

    q = serializers.CharField(required=False, allow_blank=True, max_length=LONGEST_WISH)
    kind = serializers.ChoiceField(required=False, allow_blank=True, choices=AgencyKind.values)
    area = serializers.CharField(required=False, allow_blank=True, max_length=LONGEST_WISH)


class AgenciesView(StaffView):
    """Agencies of a program."""

    @extend_schema(parameters=[SearchInput], responses={200: dict})
    def get(self, request: Request, program_id: int) -> Response:
        """Those in use that fit best, at most 20, and how many fit."""
        permissions.require(self.person, Right.WATCH_BOARD, program_id)
        form = SearchInput(data=request.query_params.dict())
        form.is_valid(raise_exception=True)
        wish = form.validated_data
        search = Search(words=wish.get("q", ""), kind=wish.get("kind", ""), area=wish.get("area", ""))
        return Response(feed.agencies(program_id, search))
