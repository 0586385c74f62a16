"""The rich menu on LINE: made, painted, shown to everybody; and removed again.

Source: LINE Messaging API reference, "Rich menu". A menu can be painted once and never be changed: one that looks
different is another one.
"""

import contextlib

from linebot.v3.messaging import (
    PostbackAction,
    RichMenuArea,
    RichMenuBounds,
    RichMenuRequest,
    RichMenuSize,
)

from counseling import rich_menu
from counseling.connection import NoAnswer
from counseling.gateways.line.asking import a_place, api_of, asked, pictures_of
from counseling.gateways.line.menu_picture import picture
from counseling.models import Channel

NOT_FOUND = 404
# Nobody sees the name: it is how we know our menus from those that others made for the account.
NAME = "madoguchi"


def request() -> RichMenuRequest:
    """The menu as LINE takes it."""
    areas = [
        RichMenuArea(
            bounds=RichMenuBounds(**bounds._asdict()),
            action=PostbackAction(label=rich_menu.LABELS[area], data=rich_menu.data_of(area)),
        )
        for area, bounds in rich_menu.BOUNDS.items()
    ]
    size = RichMenuSize(width=rich_menu.WIDTH, height=rich_menu.HEIGHT)
    return RichMenuRequest(size=size, selected=True, name=NAME, chatBarText=rich_menu.BAR, areas=areas)


def make(channel: Channel) -> str:
    """Make the menu and show it to everybody in place of the one before; its id.

    Raises NoAnswer, and then leaves all as it was.
    """
    with a_place():
        api, wish = api_of(channel), request()
        asked(api.validate_rich_menu_object, wish)
        menu_id: str = asked(api.create_rich_menu, wish).rich_menu_id
        try:
            asked(pictures_of(channel).set_rich_menu_image, menu_id, picture(), _headers={"Content-Type": "image/png"})
            asked(api.set_default_rich_menu, menu_id)
        except NoAnswer:
            with contextlib.suppress(NoAnswer):
                _delete(channel, menu_id)
            raise
        with contextlib.suppress(NoAnswer):
            _delete_ours(channel, but=menu_id)
    return menu_id


def remove(channel: Channel) -> None:
    """No menu of ours is shown to anybody any more. Raises NoAnswer."""
    with a_place():
        _delete_ours(channel)


def _delete_ours(channel: Channel, but: str = "") -> None:
    """Also those that were left over when a process died in the middle."""
    for menu in asked(api_of(channel).get_rich_menu_list).richmenus:
        if menu.name == NAME and menu.rich_menu_id != but:
            _delete(channel, menu.rich_menu_id)


def _delete(channel: Channel, menu_id: str) -> None:
    try:
        asked(api_of(channel).delete_rich_menu, menu_id)
    except NoAnswer as none:
        if none.status != NOT_FOUND:
            raise
