"""Rich menus: their rules, their pictures and whom they are shown to."""

from dataclasses import dataclass, field
from typing import Any

from simulator import media
from simulator.refusals import NOT_FOUND, Refused, invalid_fields
from simulator.rules import Details, check_action, check_text, wrong

MAX_AREAS = 20
MAX_PICTURE_BYTES = 1_000_000
WIDTHS, LEAST_HEIGHT, LEAST_RATIO = (800, 2500), 250, 1.45
PICTURES = ("image/jpeg", "image/png")
BOUNDS = {"x": 0, "y": 0, "width": 1, "height": 1}


@dataclass
class RichMenu:
    """A menu of one channel; it is shown only once it has a picture."""

    menu_id: str
    fields: dict[str, Any]
    picture: bytes = b""
    content_type: str = ""

    def shown(self) -> dict[str, Any]:
        """As LINE's list gives it."""
        return {"richMenuId": self.menu_id} | self.fields


@dataclass
class RichMenus:
    """The menus of one channel, the default one, and those linked to one person."""

    menus: dict[str, RichMenu] = field(default_factory=dict)
    default: str | None = None
    linked: dict[str, str] = field(default_factory=dict)

    def get(self, menu_id: str) -> RichMenu:
        """The menu; raises Refused 404."""
        if menu_id not in self.menus:
            raise Refused(404, NOT_FOUND)
        return self.menus[menu_id]

    def create(self, menu_id: str, body: dict[str, Any]) -> RichMenu:
        """A new menu without a picture; raises Refused 400."""
        details = list(check_rich_menu(body))
        if details:
            raise invalid_fields(details)
        kept = {name: body[name] for name in ("size", "selected", "name", "chatBarText", "areas")}
        menu = self.menus[menu_id] = RichMenu(menu_id, kept)
        return menu

    def delete(self, menu_id: str) -> None:
        """Remove the menu wherever it is shown."""
        del self.menus[self.get(menu_id).menu_id]
        self.default = None if self.default == menu_id else self.default
        self.linked = {user: menu for user, menu in self.linked.items() if menu != menu_id}

    def paint(self, menu_id: str, content_type: str, picture: bytes) -> None:
        """Give the menu its picture, once; raises Refused."""
        menu = self.get(menu_id)
        if content_type not in PICTURES:
            raise Refused(415, f"The content type, {content_type}, is not supported")
        if len(picture) > MAX_PICTURE_BYTES:
            raise Refused(413, "Request Entity Too Large")
        if not fits(media.size_of(picture)):
            raise Refused(400, "The image is not of the size of a rich menu")
        if menu.picture:
            raise Refused(400, "An image has already been uploaded to the richmenu")
        menu.picture, menu.content_type = picture, content_type

    def show(self, menu_id: str, user_id: str | None) -> None:
        """Show it to one person, or to all (None); a menu without a picture is refused as LINE does."""
        if not self.get(menu_id).picture:
            raise Refused(400, "must upload richmenu image before applying it to user")
        if user_id is None:
            self.default = menu_id
        else:
            self.linked[user_id] = menu_id

    def for_user(self, user_id: str) -> RichMenu | None:
        """What that person sees under the talk."""
        return self.menus.get(self.linked.get(user_id) or self.default or "")


def check_rich_menu(body: dict[str, Any]) -> Details:
    """The rules of a rich menu object."""
    size = body.get("size")
    width, height = (size.get("width"), size.get("height")) if isinstance(size, dict) else (None, None)
    if not isinstance(width, int) or not WIDTHS[0] <= width <= WIDTHS[1]:
        yield wrong("Must be between 800 and 2500", "size.width")
    elif not isinstance(height, int) or not fits((width, height)):
        yield wrong("Must be 250 or more, with a ratio of 1.45 or more", "size.height")
    if not isinstance(body.get("selected"), bool):
        yield wrong("May not be null", "selected")
    yield from check_text(body.get("name"), "name", 300)
    yield from check_text(body.get("chatBarText"), "chatBarText", 14)
    areas = body.get("areas")
    if not isinstance(areas, list) or len(areas) > MAX_AREAS:
        yield wrong(f"Size must be between 0 and {MAX_AREAS}", "areas")
        return
    for index, area in enumerate(areas):
        yield from check_area(area, f"areas[{index}]", width, height)


def fits(size: tuple[int, int]) -> bool:
    """Whether LINE takes a menu of this width and height."""
    width, height = size
    return WIDTHS[0] <= width <= WIDTHS[1] and height >= LEAST_HEIGHT and width / height >= LEAST_RATIO


def check_area(area: object, where: str, width: object, height: object) -> Details:
    """A rectangle in whole pixels, within the menu, and what a tap on it does."""
    bounds = area.get("bounds") if isinstance(area, dict) else None
    if not isinstance(area, dict) or not isinstance(bounds, dict):
        yield wrong("May not be null", f"{where}.bounds")
        return
    for name, least in BOUNDS.items():
        value = bounds.get(name)
        if isinstance(value, bool) or not isinstance(value, int) or value < least:
            yield wrong(f"Must be greater than or equal to {least}", f"{where}.bounds.{name}")
            return
    for start, length, whole in (("x", "width", width), ("y", "height", height)):
        if isinstance(whole, int) and bounds[start] + bounds[length] > whole:
            yield wrong(f"Must be within the size of the rich menu, {whole}", f"{where}.bounds.{length}")
    yield from check_action(area.get("action"), f"{where}.action", labelled=False)
