"""What machines are told, for the OpenAPI document: each event with its body and an example."""

from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import OpenApiExample, OpenApiRequest, OpenApiResponse, OpenApiWebhook, extend_schema

from counseling.api.v1 import examples, shapes
from counseling.machines import Event

TAKEN = OpenApiResponse(
    description=_("受け取りました(200から299まで)。ほかの返事と、10秒以内に来ない返事は、届かなかったものとします。")
)


def _described(
    event: Event, data: type[shapes.Shape], summary: str | Promise, example: dict[str, Any]
) -> OpenApiWebhook:
    shown = OpenApiExample("example", value=example)
    decorate = extend_schema(
        summary=summary,
        description=summary,
        request=OpenApiRequest(shapes.told(event, data), examples=[shown]),
        responses={"2XX": TAKEN},
        tags=["notifications"],
    )
    return OpenApiWebhook(event.value, decorate)


WEBHOOKS = [
    _described(Event.RECEPTION_OPENED, shapes.OpenedData, _("受付が始まった"), examples.OPENED),
    _described(Event.RECEPTION_CLOSED, shapes.ClosedData, _("受付が終わった"), examples.CLOSED),
    _described(Event.RISK_RAISED, shapes.RiskData, _("緊急度が上がった"), examples.RAISED),
]
