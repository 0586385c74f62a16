"""The rich menu's picture: four labelled areas in the house's typeface and icons, the same for every program.

LINE shows it by day and by night alike, so its colours are those of the light look (static/src/styles/tokens.css).
"""

import io
from functools import cache
from itertools import pairwise
from xml.etree import ElementTree as ET

from fontTools.pens.recordingPen import RecordingPen
from fontTools.svgLib.path import parse_path
from PIL import Image, ImageDraw, ImageFont

from counseling import paper, rich_menu
from counseling.rich_menu import Area, Bounds

# LINE Messaging API reference, "Upload rich menu image".
MOST_BYTES = 1_000_000
# The build's sprite: the icons that pages name, these four among them (templates/office/line_menu.html).
SPRITE = paper.ROOT / "static/dist/icons.svg"
ICONS = {Area.TALK: "message-circle", Area.HOURS: "clock", Area.CONTACTS: "phone", Area.TERMS: "file-text"}

ACCENT, ACCENT_INK = "#015e79", "#fcfcf9"
SURFACE, LINE, INK, DANGER = "#fefdfb", "#d9d7d0", "#1b262c", "#b7191c"
# On a telephone the picture is about 375 points wide: 7 of its pixels make one.
EDGE, TALK_TEXT, TEXT = 6, 168, 112
TALK_ICON, ICON, GAP = 230, 176, 64

# Icons are drawn on 24 units with a pen of 2; larger first, then made smaller, which smooths their edges.
UNITS, PEN, FINER = 24, 2, 4
STEPS = 24

Point = tuple[float, float]


class TooHeavy(Exception):
    """LINE would not take so large a picture."""


@cache
def picture() -> bytes:
    """The picture as PNG. Raises TooHeavy."""
    whole = Image.new("RGB", (rich_menu.WIDTH, rich_menu.HEIGHT), SURFACE)
    for area, bounds in rich_menu.BOUNDS.items():
        _draw(whole, area, bounds)
    made = io.BytesIO()
    whole.save(made, "PNG", optimize=True)
    if len(made.getvalue()) > MOST_BYTES:
        raise TooHeavy
    return made.getvalue()


def _draw(whole: Image.Image, area: Area, bounds: Bounds) -> None:
    pen = ImageDraw.Draw(whole)
    middle, centre = bounds.x + bounds.width / 2, bounds.y + bounds.height / 2
    label = rich_menu.LABELS[area]
    if area == Area.TALK:
        pen.rectangle((bounds.x, bounds.y, bounds.x + bounds.width, bounds.y + bounds.height), fill=ACCENT)
        face = _typeface(TALK_TEXT)
        left = middle - (TALK_ICON + GAP + pen.textlength(label, face)) / 2
        _stamp(whole, area, TALK_ICON, ACCENT_INK, (left, centre - TALK_ICON / 2))
        pen.text((left + TALK_ICON + GAP, centre), label, ACCENT_INK, face, anchor="lm")
        return
    if bounds.x:
        pen.rectangle((bounds.x - EDGE / 2, bounds.y, bounds.x + EDGE / 2, bounds.y + bounds.height), fill=LINE)
    top = centre - (ICON + GAP + TEXT) / 2
    # Danger to life, and only that, is red.
    colour = DANGER if area == Area.CONTACTS else ACCENT
    _stamp(whole, area, ICON, colour, (middle - ICON / 2, top))
    pen.text((middle, top + ICON + GAP + TEXT / 2), label, INK, _typeface(TEXT), anchor="mm")


@cache
def _typeface(size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(paper.TYPEFACE / "BIZUDPGothic_700Bold.ttf"), size)


def _stamp(whole: Image.Image, area: Area, size: int, colour: str, place: Point) -> None:
    """The area's icon, `size` pixels large, with its upper left corner at `place`."""
    fine = size * FINER
    mask = Image.new("L", (fine, fine))
    pen = ImageDraw.Draw(mask)
    scale, radius = fine / UNITS, fine / UNITS * PEN / 2
    for stroke in _strokes(ICONS[area]):
        points = [(x * scale, y * scale) for x, y in stroke]
        pen.line(points, fill=255, width=round(radius * 2))
        # Round ends and joints.
        for x, y in points:
            pen.ellipse((x - radius, y - radius, x + radius, y + radius), fill=255)
    small = mask.resize((size, size), Image.Resampling.LANCZOS)
    whole.paste(colour, (round(place[0]), round(place[1])), small)


def _strokes(name: str) -> list[list[Point]]:
    """The lines of an icon of the sprite, curves cut into short ones."""
    symbols = ET.parse(SPRITE).getroot()  # noqa: S314 - made by our own build
    symbol = next(one for one in symbols if one.get("id") == name)
    drawn = RecordingPen()
    for shape in symbol:
        parse_path(shape.get("d") or _circle(shape), drawn)
    return _flattened(drawn.value)


def _circle(shape: ET.Element) -> str:
    x, y, radius = (float(shape.get(name, 0)) for name in ("cx", "cy", "r"))
    half = f"a{radius} {radius} 0 1 0"
    return f"M{x - radius} {y}{half} {2 * radius} 0{half} {-2 * radius} 0z"


def _flattened(steps: list[tuple[str, tuple[Point, ...]]]) -> list[list[Point]]:
    strokes: list[list[Point]] = []
    for name, points in steps:
        if name == "moveTo":
            strokes.append([points[0]])
        elif name == "closePath":
            strokes[-1].append(strokes[-1][0])
        elif points:
            strokes[-1] += _curve([strokes[-1][-1], *points])
    return strokes


def _curve(controls: list[Point]) -> list[Point]:
    """The points of a Bézier curve of any degree after its first one (de Casteljau); a line is one of two points."""
    if len(controls) == 2:
        return controls[1:]
    return [_at(controls, step / STEPS) for step in range(1, STEPS + 1)]


def _at(controls: list[Point], share: float) -> Point:
    while len(controls) > 1:
        pairs = pairwise(controls)
        controls = [(a[0] + (b[0] - a[0]) * share, a[1] + (b[1] - a[1]) * share) for a, b in pairs]
    return controls[0]
