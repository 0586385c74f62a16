"""Which gateway carries which kind of channel, for those that push. The web page reads by itself."""

from counseling.gateways.base import Gateway
from counseling.gateways.line.gateway import LineGateway
from counseling.models.program import ChannelKind

LINE = LineGateway()
GATEWAYS: dict[str, Gateway] = {ChannelKind.LINE: LINE}
