"""How a view for machines is described: what it gives, with an example, and every way it may refuse."""

from collections.abc import Callable
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import OpenApiExample, OpenApiParameter, OpenApiResponse, extend_schema

from counseling.api.v1.inputs import Query
from counseling.api.v1.shapes import Problem, Shape
from counseling.machines import Scope

REFUSALS = {
    400: _("項目に誤りがあります。"),
    401: _("キーがないか、使えません。"),
    403: _("このキーでは読めません。"),
    404: _("このキーの事業ではないか、ありません。"),
    429: _("1分あたりの回数をこえました。Retry-Afterの秒数だけ待ちます。"),
}
SLUG = OpenApiParameter("slug", str, OpenApiParameter.PATH, description=_("事業のslug。"))


def reads(
    scope: Scope,
    shape: type[Shape],
    *,
    summary: str | Promise,
    description: str | Promise,
    example: dict[str, Any],
    query: type[Query] | None = None,
    of_program: bool = True,
) -> Callable[[Any], Any]:
    """Describes a `get` that gives `shape`; `of_program` says that its address names one."""
    shown = OpenApiExample("example", value=example, response_only=True, status_codes=["200"])
    refusals = REFUSALS if of_program else {code: told for code, told in REFUSALS.items() if code != 404}
    decorate: Callable[[Any], Any] = extend_schema(
        operation_id=shape.__name__.lower(),
        summary=summary,
        description=description,
        parameters=[*([SLUG] if of_program else []), *([query] if query else [])],
        responses={
            200: OpenApiResponse(shape, description=summary, examples=[shown]),
            **{code: OpenApiResponse(Problem, description=told) for code, told in refusals.items()},
        },
        tags=[scope.value],
        extensions={"x-scope": scope.value},
    )
    return decorate
