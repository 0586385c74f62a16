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
    """A new menu, still without a picture."""
    body = call.json()
    if len(menus(call).menus) >= 1000:
        raise Refused(400, "You've reached the maximum number of rich menus")
    menu = menus(call).create(f"richmenu-{call.platform.identifiers.token()}", body)
    return Answer({"richMenuId": menu.menu_id})


async def validate(call: Call) -> Answer:
    """Whether a menu would be taken."""
    RichMenus().create("", call.json())
    return Answer()


async def all_menus(call: Call) -> Answer:
    """Every menu of the channel."""
    return Answer({"richmenus": [menu.shown() for menu in menus(call).menus.values()]})


async def one_menu(call: Call) -> Answer:
    """One menu."""
    return Answer(menus(call).get(call.part("menu_id")).shown())


async def delete(call: Call) -> Answer:
    """Remove a menu wherever it is shown."""
    menus(call).delete(call.part("menu_id"))
    call.platform.live.tell("channels")
    return Answer()


async def paint(call: Call) -> Answer:
    """Upload the picture."""
    menus(call).paint(call.part("menu_id"), call.request.content_type, call.raw)
    return Answer()


async def picture(call: Call) -> Answer:
    """The picture as it was uploaded."""
    menu = menus(call).get(call.part("menu_id"))
    if not menu.picture:
        raise Refused(404, NOT_FOUND)
    return Answer(raw=menu.picture, content_type=menu.content_type)


async def set_default(call: Call) -> Answer:
    """Show it to everybody."""
    menus(call).show(call.part("menu_id"), None)
    call.platform.live.tell("channels")
    return Answer()


async def default(call: Call) -> Answer:
    """What everybody sees."""
    found = menus(call).default
    if found is None:
        raise Refused(404, "no default richmenu")
    return Answer({"richMenuId": found})


async def drop_default(call: Call) -> Answer:
    """Show no menu to everybody."""
    menus(call).default = None
    call.platform.live.tell("channels")
    return Answer()


async def link(call: Call) -> Answer:
    """Show it to one person."""
    user = call.part("user_id")
    if call.platform.people.tie(user, call.channel.channel_id) is not Tie.FRIEND:
        raise Refused(404, NOT_FOUND)
    menus(call).show(call.part("menu_id"), user)
    call.platform.live.tell("channels")
    return Answer()


async def linked(call: Call) -> Answer:
    """What one person sees instead of the default."""
    found = menus(call).linked.get(call.part("user_id"))
    if found is None:
        raise Refused(404, "the user has no richmenu")
    return Answer({"richMenuId": found})


async def unlink(call: Call) -> Answer:
    """Back to the default for one person."""
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
