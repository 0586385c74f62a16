"""The application: LINE's addresses, the operator's, and the page."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

from aiohttp import web

from simulator import control, line_api, line_menus, page
from simulator.channels import ChannelsFile
from simulator.gate import PLATFORM, WINDOWS
from simulator.platform import Platform

# LINE takes 2 MB; the operator uploads films through the same server.
LARGEST_BODY = 64 * 1024 * 1024
LOOK_SECONDS = 1.0


def create_app(platform: Platform | None = None, channels_file: Path | None = None) -> web.Application:
    """The whole simulator; `channels_file` is read at the start and whenever it changes."""
    platform = platform or Platform()
    app = web.Application(client_max_size=LARGEST_BODY)
    app[PLATFORM] = platform
    app[WINDOWS] = {}
    line_api.add_routes(app)
    line_menus.add_routes(app)
    control.add_routes(app)
    page.add_routes(app)
    app.router.add_route("*", "/{path:.*}", line_api.unknown)
    app.cleanup_ctx.append(lambda _: upkeep(platform, channels_file))
    return app


async def upkeep(platform: Platform, channels_file: Path | None) -> AsyncIterator[None]:
    """Watch the file of channels; at the end let go of everything that waits."""
    watching = None
    if channels_file is not None:
        watched = ChannelsFile(channels_file, platform.channels)
        watched.refresh()
        watching = asyncio.ensure_future(watch(platform, watched))
    yield
    if watching is not None:
        watching.cancel()
    await platform.webhooks.close()


async def watch(platform: Platform, watched: ChannelsFile) -> None:
    """Look at the file once a second."""
    while True:
        await asyncio.sleep(LOOK_SECONDS)
        if watched.refresh():
            platform.live.tell("channels")
