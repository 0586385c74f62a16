"""LINE's rich menu endpoints."""

from aiohttp import web

from simulator.gate import Answer, Call, Endpoint, gated
from simulator.people import Tie
from simulator.refusals import NOT_FOUND, Refused
from simulator.rich_menus import RichMenus


def menus(call: Call) -> RichMenus:
    """The channel's menus."""
    return call.platform.rich_menus[call.channel.channel_id]


async def create(call: Call) -> Answer:
    body = call.json()
    if len(menus(call).menus) >= 1000:
        raise Refused(400, "You've reached the maximum number of rich menus")
    menu = menus(call).create(f"richmenu-{call.platform.identifiers.token()}", body)
    return Answer({"richMenuId": menu.menu_id})


async def validate(call: Call) -> Answer:
    RichMenus().create("", call.json())
    return Answer()


async def all_menus(call: Call) -> Answer:
    return Answer({"richmenus": [menu.shown() for menu in menus(call).menus.values()]})


async def one_menu(call: Call) -> Answer:
    return Answer(menus(call).get(call.part("menu_id")).shown())


async def delete(call: Call) -> Answer:
    menus(call).delete(call.part("menu_id"))
    call.platform.live.tell("channels")
    return Answer()


async def paint(call: Call) -> Answer:
    menus(call).paint(call.part("menu_id"), call.request.content_type, call.raw)
    return Answer()


async def picture(call: Call) -> Answer:
    menu = menus(call).get(call.part("menu_id"))
    if not menu.picture:
        raise Refused(404, NOT_FOUND)
    return Answer(raw=menu.picture, content_type=menu.content_type)


async def set_default(call: Call) -> Answer:
    menus(call).show(call.part("menu_id"), None)
    call.platform.live.tell("channels")
    return Answer()


async def default(call: Call) -> Answer:
    found = menus(call).default
    if found is None:
        raise Refused(404, "no default richmenu")
    return Answer({"richMenuId": found})


async def drop_default(call: Call) -> Answer:
    menus(call).default = None
    call.platform.live.tell("channels")
    return Answer()


async def link(call: Call) -> Answer:
    user = call.part("user_id")
    if call.platform.people.tie(user, call.channel.channel_id) is not Tie.FRIEND:
        raise Refused(404, NOT_FOUND)
    menus(call).show(call.part("menu_id"), user)
    call.platform.live.tell("channels")
    return Answer()


async def linked(call: Call) -> Answer:
    found = menus(call).linked.get(call.part("user_id"))
    if found is None:
        raise Refused(404, "the user has no richmenu")
    return Answer({"richMenuId": found})


async def unlink(call: Call) -> Answer:
    menus(call).linked.pop(call.part("user_id"), None)
    call.platform.live.tell("channels")
    return Answer()


ENDPOINTS: tuple[tuple[str, str, Endpoint], ...] = (
    ("POST", "/v2/bot/richmenu", create),
    ("POST", "/v2/bot/richmenu/validate", validate),
    ("GET", "/v2/bot/richmenu/list", all_menus),
    ("GET", "/v2/bot/richmenu/{menu_id}", one_menu),
    ("DELETE", "/v2/bot/richmenu/{menu_id}", delete),
    ("POST", "/v2/bot/richmenu/{menu_id}/content", paint),
    ("GET", "/v2/bot/richmenu/{menu_id}/content", picture),
    ("POST", "/v2/bot/user/all/richmenu/{menu_id}", set_default),
    ("GET", "/v2/bot/user/all/richmenu", default),
    ("DELETE", "/v2/bot/user/all/richmenu", drop_default),
    ("POST", "/v2/bot/user/{user_id}/richmenu/{menu_id}", link),
    ("GET", "/v2/bot/user/{user_id}/richmenu", linked),
    ("DELETE", "/v2/bot/user/{user_id}/richmenu", unlink),
)


def add_routes(app: web.Application) -> None:
    """LINE's addresses for menus."""
    for method, path, endpoint in ENDPOINTS:
        app.router.add_route(method, path, gated(endpoint))
