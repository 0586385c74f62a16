"""Pictures rebuilt from their pixels in a bounded process: nothing of the original file survives. No Django.

EXIF (where it was taken), comments, profiles and whatever else hides in a file do not pass; nor does a file that
only pretends to be a picture. The child has little memory, little time and no network to speak of.
"""

import io
import resource
import struct
import subprocess
import sys
from dataclasses import dataclass

MOST_PIXELS = 25_000_000
MEMORY_BYTES = 512 * 1024 * 1024
SECONDS = 10
FORMATS = ("JPEG", "PNG", "GIF", "WEBP")
JPEG_QUALITY = 88
# What the child writes before the picture: kind (0 JPEG, 1 PNG), width, height.
HEAD = struct.Struct(">BII")
CONTENT_TYPES = ("image/jpeg", "image/png")


class NotAPicture(Exception):
    """Not one of the formats taken, broken, or too large to rebuild."""


@dataclass(frozen=True)
class Picture:
    """A rebuilt picture: its file, and its size in pixels."""

    content: bytes
    content_type: str
    width: int
    height: int


def rebuild(original: bytes) -> Picture:
    """The picture as a new JPEG, or a PNG where it was one or has transparency. Raises NotAPicture."""
    try:
        child = subprocess.run(  # noqa: S603 - our own interpreter and this very file
            [sys.executable, "-I", __file__], input=original, capture_output=True, timeout=SECONDS, check=False
        )
    except subprocess.TimeoutExpired:
        raise NotAPicture("too slow") from None
    if child.returncode != 0 or len(child.stdout) <= HEAD.size:
        raise NotAPicture("refused")
    kind, width, height = HEAD.unpack_from(child.stdout)
    return Picture(child.stdout[HEAD.size :], CONTENT_TYPES[kind], width, height)


def _child() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    sys.stdout.buffer.write(_rebuilt(sys.stdin.buffer.read()))


def _rebuilt(original: bytes) -> bytes:
    from PIL import Image, ImageOps  # only in the child: the parent never decodes

    Image.MAX_IMAGE_PIXELS = MOST_PIXELS
    with Image.open(io.BytesIO(original), formats=FORMATS) as opened:
        if opened.width * opened.height > MOST_PIXELS:
            raise NotAPicture("too many pixels")
        sharp = opened.format == "PNG" or opened.has_transparency_data
        upright = ImageOps.exif_transpose(opened)
        mode = "RGBA" if upright.has_transparency_data else "RGB"
        pixels = upright.convert(mode)
    fresh = Image.new(mode, pixels.size)
    fresh.paste(pixels)
    file = io.BytesIO()
    if sharp:
        fresh.save(file, "PNG")
    else:
        fresh.save(file, "JPEG", quality=JPEG_QUALITY)
    return HEAD.pack(int(sharp), *fresh.size) + file.getvalue()


if __name__ == "__main__":
    _child()
