"""The page with the telephones: its files, its live line, and the pictures in it."""

import asyncio
from pathlib import Path

from aiohttp import web

from simulator.gate import PLATFORM
from simulator.live import Subscriber
from simulator.script import listed

WEB = Path(__file__).parent / "web"
GATHER_SECONDS = 0.05
BEAT_SECONDS = 15.0
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:; media-src 'self'; "
    "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
TYPES = {".html": "text/html", ".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml"}


async def add_headers(request: web.Request, response: web.StreamResponse) -> None:
    """Our own pages load nothing foreign; LINE's answers stay as LINE's are."""
    if not request.path.startswith("/v2/"):
        response.headers.setdefault("Content-Security-Policy", POLICY)
        response.headers.setdefault("X-Content-Type-Options", "nosniff")
        response.headers.setdefault("Referrer-Policy", "no-referrer")
        response.headers.setdefault("Cache-Control", "no-store")


async def file(request: web.Request) -> web.Response:
    """One file of the page; only those that lie in the folder."""
    wanted = WEB / (request.match_info.get("name") or "index.html")
    if wanted.parent != WEB or wanted.suffix not in TYPES or not wanted.is_file():
        raise web.HTTPNotFound
    return web.Response(body=wanted.read_bytes(), content_type=TYPES[wanted.suffix], charset="utf-8")


async def stream(request: web.Request) -> web.StreamResponse:
    """Server-sent events: what happens, as it happens. A page fetches `/simulator/state` whenever it (re)connects."""
    live = request.app[PLATFORM].live
    subscriber = Subscriber()
    response = web.StreamResponse(headers={"Content-Type": "text/event-stream", "Cache-Control": "no-store"})
    await response.prepare(request)
    live.subscribers.add(subscriber)
    try:
        await response.write(b"retry: 1000\n\n")
        while True:
            await response.write(await next_lines(subscriber))
    except (ConnectionError, asyncio.CancelledError):
        return response
    finally:
        live.subscribers.discard(subscriber)


async def next_lines(subscriber: Subscriber) -> bytes:
    """What has gathered, or a heartbeat."""
    try:
        await asyncio.wait_for(subscriber.bell.wait(), BEAT_SECONDS)
    except TimeoutError:
        return b": still here\n\n"
    await asyncio.sleep(GATHER_SECONDS)
    return "".join(f"data: {line}\n\n" for line in subscriber.take()).encode()


async def content(request: web.Request) -> web.Response:
    """A file that a person sent, for the telephone's own screen."""
    found = request.app[PLATFORM].contents.get(request.match_info["message_id"])
    if found is None or found.gone:
        raise web.HTTPNotFound
    return web.Response(body=found.body, content_type=found.content_type, headers={"Content-Disposition": "inline"})


async def menu(request: web.Request) -> web.Response:
    """The rich menu under a talk: `{}` when there is none."""
    menus = request.app[PLATFORM].rich_menus[request.query.get("channel", "")]
    found = menus.for_user(request.query.get("user", ""))
    return web.json_response({} if found is None else found.shown())


async def menu_picture(request: web.Request) -> web.Response:
    """The rich menu's picture."""
    menus = request.app[PLATFORM].rich_menus[request.query.get("channel", "")].menus
    found = menus.get(request.match_info["menu_id"])
    if found is None or not found.picture:
        raise web.HTTPNotFound
    return web.Response(body=found.picture, content_type=found.content_type)


async def health(_: web.Request) -> web.Response:
    """200 while the process answers."""
    return web.json_response({"ok": True})


def add_routes(app: web.Application) -> None:
    """The page's addresses."""
    app.on_response_prepare.append(add_headers)
    app.router.add_get("/", file)
    app.router.add_get("/web/{name}", file)
    app.router.add_get("/health", health)
    app.router.add_get("/simulator/stream", stream)
    app.router.add_get("/simulator/content/{message_id}", content)
    app.router.add_get("/simulator/menu", menu)
    app.router.add_get("/simulator/characters", listed)
    app.router.add_get("/simulator/menu/{menu_id}/picture", menu_picture)
