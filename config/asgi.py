"""The ASGI application: HTTP to Django, WebSockets to the consumers, each from our own origins only."""

import os

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
django.setup(set_prefix=False)

from channels.routing import ProtocolTypeRouter  # noqa: E402 - Django must be set up first
from django.conf import settings  # noqa: E402
from django.contrib.staticfiles.handlers import ASGIStaticFilesHandler  # noqa: E402

from config.one_hop import Handler  # noqa: E402
from counseling.consumers import sockets  # noqa: E402

http = Handler()

application = ProtocolTypeRouter(
    {
        "http": ASGIStaticFilesHandler(http) if settings.SERVE_STATIC else http,
        "websocket": sockets,
    }
)
