"""Reading a QR code back: its modules from a picture, compared with those an address makes."""

from io import BytesIO

from PIL import Image

from counseling import qr


def modules_in(picture: bytes) -> list[list[bool]]:
    """The modules of the code in a picture, without its quiet zone."""
    image = Image.open(BytesIO(picture)).convert("L")
    side = image.width // qr.PIXELS_A_MODULE - 2 * qr.QUIET_ZONE
    middle = [int((qr.QUIET_ZONE + place + 0.5) * qr.PIXELS_A_MODULE) for place in range(side)]
    return [[image.getpixel((x, y)) < 128 for x in middle] for y in middle]  # type: ignore[operator]


def modules_of(address: str) -> list[list[bool]]:
    """The modules of an address's code."""
    return [[bool(module) for module in row] for row in qr.code(address).matrix]
