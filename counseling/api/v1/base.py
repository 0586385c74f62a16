"""What every view for machines shares: the key that asks, its program, and a query that was checked."""

from collections.abc import Callable, Iterable
from typing import Any, ClassVar, cast

from django.http import Http404
from rest_framework.negotiation import BaseContentNegotiation
from rest_framework.parsers import BaseParser
from rest_framework.renderers import BaseRenderer
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from counseling.api.v1.access import BearerToken, FairShare, HasScope
from counseling.api.v1.errors import answer
from counseling.api.v1.inputs import Query
from counseling.machines import Scope
from counseling.models import ApiToken, Program


class JsonAlone(BaseContentNegotiation):
    """The answer is JSON whatever was asked for: no header and no `format` in the address makes it another."""

    def select_parser(self, request: Request, parsers: Iterable[BaseParser]) -> BaseParser:
        """The only one."""
        return next(iter(parsers))

    def select_renderer(
        self, request: Request, renderers: Iterable[BaseRenderer], format_suffix: str | None = None
    ) -> tuple[BaseRenderer, str]:
        """The only one."""
        renderer = next(iter(renderers))
        return renderer, str(renderer.media_type)


class MachineView(APIView):
    """A view that reads, for keys with its `scope`."""

    request: Request
    http_method_names = ["get", "head"]
    content_negotiation_class = JsonAlone
    authentication_classes = (BearerToken,)
    permission_classes = (HasScope,)
    throttle_classes = (FairShare,)
    scope: ClassVar[Scope]

    @property
    def token(self) -> ApiToken:
        """The key that asks; good, or the view would not run."""
        return cast("ApiToken", self.request.auth)

    def program(self, slug: str) -> Program:
        """The key's program, if it is called so: no other exists for it (404)."""
        if self.token.program.slug != slug:
            raise Http404
        return self.token.program

    def queried(self, kind: type[Query]) -> dict[str, Any]:
        """The address's query as `kind` allows it. Raises ValidationError."""
        return kind.read(self.request.query_params)

    def get_exception_handler(self) -> Callable[..., Response | None]:
        """Errors as machines are told them."""
        return answer

    def finalize_response(self, request: Request, response: Response, *args: Any, **kwargs: Any) -> Response:
        """Nothing of it stays in a cache between us."""
        response = super().finalize_response(request, response, *args, **kwargs)
        response.headers["Cache-Control"] = "no-store"
        return response
