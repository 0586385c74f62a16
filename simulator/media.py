"""Pictures, sounds and films that a person can send when the operator has none at hand.

The photograph carries a place and a comment in its EXIF block on purpose: the portal must not keep them.
"""

import struct
import zlib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ASSETS = Path(__file__).parent / "assets"
SAMPLE_RATE = 44_100
SAMPLES_PER_FRAME = 1024
# One AAC-LC frame of mono silence.
SILENT_FRAME = bytes.fromhex("00c800802380")


@dataclass(slots=True)
class Content:
    """A file behind a message. `pending` is how many times LINE still answers 202 ("not ready")."""

    body: bytes
    content_type: str
    kind: str
    pending: int = 0
    missing: bool = False
    gone: bool = False


@cache
def photo() -> bytes:
    """A JPEG of 800 by 600 pixels with EXIF (GPS, comment)."""
    return (ASSETS / "photo.jpg").read_bytes()


def drawing(number: int, width: int = 320, height: int = 240) -> bytes:
    """A PNG whose colours depend on the number."""
    red, green, blue = (60 + number * 53 % 160, 60 + number * 97 % 160, 60 + number * 29 % 160)
    rows = b"".join(
        b"\0" + bytes(part for x in range(width) for part in (red + 35 * x // width, green + 35 * y // height, blue))
        for y in range(height)
    )
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    comment = b"Comment\0png-comment-must-not-survive"
    chunks = ((b"IHDR", head), (b"tEXt", comment), (b"IDAT", zlib.compress(rows, 6)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(png_chunk(name, body) for name, body in chunks)


def png_chunk(name: bytes, body: bytes) -> bytes:
    """Length, name, body, checksum."""
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))


def size_of(picture: bytes) -> tuple[int, int]:
    """Width and height of a PNG or a JPEG, in pixels; (0, 0) for anything else."""
    if picture[:8] == b"\x89PNG\r\n\x1a\n" and picture[12:16] == b"IHDR":
        width, height = struct.unpack(">II", picture[16:24])
        return width, height
    at = 2
    while picture[:2] == b"\xff\xd8" and at + 9 <= len(picture) and picture[at] == 0xFF:
        marker, length = picture[at + 1], int.from_bytes(picture[at + 2 : at + 4])
        # Frame headers are C0 to CF, but for the tables C4, C8 and CC.
        if 0xC0 <= marker <= 0xCF and marker not in {0xC4, 0xC8, 0xCC}:
            height, width = struct.unpack(">HH", picture[at + 5 : at + 9])
            return width, height
        at += 2 + length
    return 0, 0


def silence(seconds: float, brand: bytes = b"M4A ") -> bytes:
    """A playable MPEG-4 file of silence: brand "M4A " as LINE's voice messages, "mp42" for a film without pictures."""
    frames = max(1, round(seconds * SAMPLE_RATE / SAMPLES_PER_FRAME))
    start = box(b"ftyp", brand + bytes(4) + brand + b"mp42isom")
    length = len(moov(frames, 0))
    sound = box(b"mdat", SILENT_FRAME * frames)
    return start + moov(frames, len(start) + length + 8) + sound


def box(name: bytes, *parts: bytes) -> bytes:
    """An MPEG-4 box."""
    body = b"".join(parts)
    return struct.pack(">I", len(body) + 8) + name + body


def full(name: bytes, *parts: bytes, flags: int = 0) -> bytes:
    """An MPEG-4 box with version 0 and flags."""
    return box(name, struct.pack(">I", flags), *parts)


def moov(frames: int, offset: int) -> bytes:
    """The table of contents of one audio track whose frames begin at `offset`."""
    duration = frames * SAMPLES_PER_FRAME
    unity = struct.pack(">9I", 0x10000, 0, 0, 0, 0x10000, 0, 0, 0, 0x40000000)
    movie = (
        struct.pack(">4IIH10x", 0, 0, SAMPLE_RATE, duration, 0x10000, 0x100) + unity + bytes(24) + struct.pack(">I", 2)
    )
    track = struct.pack(">5I8xHHHH", 0, 0, 1, 0, duration, 0, 0, 0x100, 0) + unity + bytes(8)
    media = box(
        b"mdia",
        full(b"mdhd", struct.pack(">4IHH", 0, 0, SAMPLE_RATE, duration, 0x55C4, 0)),
        full(b"hdlr", bytes(4) + b"soun" + bytes(12) + b"sound\0"),
        box(
            b"minf",
            full(b"smhd", bytes(4)),
            box(b"dinf", full(b"dref", struct.pack(">I", 1), full(b"url ", flags=1))),
            sample_table(frames, offset),
        ),
    )
    return box(b"moov", full(b"mvhd", movie), box(b"trak", full(b"tkhd", track, flags=7), media))


def sample_table(frames: int, offset: int) -> bytes:
    """One chunk that holds every frame; all frames are alike."""
    return box(
        b"stbl",
        full(b"stsd", struct.pack(">I", 1), sound_description()),
        full(b"stts", struct.pack(">3I", 1, frames, SAMPLES_PER_FRAME)),
        full(b"stsc", struct.pack(">4I", 1, 1, frames, 1)),
        full(b"stsz", struct.pack(">2I", len(SILENT_FRAME), frames)),
        full(b"stco", struct.pack(">2I", 1, offset)),
    )


def sound_description() -> bytes:
    """AAC-LC, mono, 44.1 kHz."""
    specific = b"\x05\x02\x12\x08"
    decoder = bytes([0x04, 13 + len(specific), 0x40, 0x15, 0, 0, 0]) + struct.pack(">II", 64_000, 64_000) + specific
    elementary = bytes([0x03, 3 + len(decoder) + 3, 0, 1, 0]) + decoder + b"\x06\x01\x02"
    head = struct.pack(">6xH8xHHHHI", 1, 1, 16, 0, 0, SAMPLE_RATE << 16)
    return box(b"mp4a", head, full(b"esds", elementary))
