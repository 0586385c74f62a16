"""Pictures are rebuilt from their pixels: nothing that hides in a file passes (reliability.md, S17)."""

import io
import struct
import zlib

import pytest
from PIL import Image, PngImagePlugin

from counseling import pictures
from counseling.pictures import NotAPicture, rebuild

CANARY = b"canary-35.4657-139.6223"
EXIF_ORIENTATION, EXIF_DESCRIPTION = 0x0112, 0x010E


def saved(image: Image.Image, kind: str, **options: object) -> bytes:
    file = io.BytesIO()
    image.save(file, kind, **options)
    return file.getvalue()


def coloured(size: tuple[int, int] = (40, 20)) -> Image.Image:
    """Left half red, right half blue."""
    image = Image.new("RGB", size, "red")
    image.paste("blue", (size[0] // 2, 0, size[0], size[1]))
    return image


def with_canary() -> dict[str, bytes]:
    """Files of every format taken, each with words hidden in every place there is."""
    exif = Image.Exif()
    exif[EXIF_DESCRIPTION] = CANARY.decode()
    text = PngImagePlugin.PngInfo()
    text.add_text("Comment", CANARY.decode())
    text.add_itxt("XML:com.adobe.xmp", CANARY.decode())
    image = coloured()
    return {
        "jpeg": saved(image, "JPEG", exif=exif, comment=CANARY, icc_profile=CANARY * 4, xmp=CANARY) + CANARY,
        "png": saved(image, "PNG", pnginfo=text, exif=exif) + CANARY,
        "gif": saved(image.convert("P"), "GIF", comment=CANARY) + CANARY,
        "webp": saved(image, "WEBP", exif=exif, xmp=CANARY) + CANARY,
    }


@pytest.mark.parametrize("kind", ["jpeg", "png", "gif", "webp"])
def test_nothing_that_hides_in_a_file_passes(kind: str) -> None:
    original = with_canary()[kind]
    assert CANARY in original
    picture = rebuild(original)
    assert CANARY not in picture.content
    opened = Image.open(io.BytesIO(picture.content))
    assert not opened.getexif()
    assert set(opened.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}


@pytest.mark.parametrize(
    ("kind", "content_type"),
    [("jpeg", "image/jpeg"), ("png", "image/png"), ("gif", "image/jpeg"), ("webp", "image/jpeg")],
)
def test_a_photograph_becomes_jpeg_and_a_drawing_stays_png(kind: str, content_type: str) -> None:
    picture = rebuild(with_canary()[kind])
    assert (picture.content_type, picture.width, picture.height) == (content_type, 40, 20)


def test_transparency_stays() -> None:
    picture = rebuild(saved(Image.new("RGBA", (4, 4), (255, 0, 0, 0)), "WEBP", lossless=True))
    assert picture.content_type == "image/png"
    assert Image.open(io.BytesIO(picture.content)).getpixel((0, 0))[3] == 0  # type: ignore[index]


@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_turned_photograph_stands_upright(orientation: int) -> None:
    exif = Image.Exif()
    exif[EXIF_ORIENTATION] = orientation
    picture = rebuild(saved(coloured(), "JPEG", exif=exif))
    turned = orientation >= 5
    assert (picture.width, picture.height) == ((20, 40) if turned else (40, 20))


@pytest.mark.parametrize("mode", ["L", "1", "P", "CMYK", "I;16", "LA"])
def test_every_kind_of_pixels_is_taken(mode: str) -> None:
    kind = "JPEG" if mode == "CMYK" else "PNG"
    assert rebuild(saved(Image.new(mode, (8, 8)), kind)).width == 8


def test_of_a_film_the_first_frame_is_taken() -> None:
    frames = [Image.new("P", (8, 8), number) for number in range(200)]
    film = saved(frames[0], "GIF", save_all=True, append_images=frames[1:])
    assert rebuild(film).width == 8


def png_of(width: int, height: int) -> bytes:
    """A few bytes that say they are a huge picture."""

    def chunk(name: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0" * 1000)) + chunk(b"IEND", b"")
    )


NO_PICTURES = {
    "nothing": b"",
    "text": b"hello",
    "html": b"<html><script>alert(1)</script>",
    "svg": b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>',
    "pdf": b"%PDF-1.7\n",
    "eps": b"%!PS-Adobe-3.0 EPSF-3.0\n",
    "zip": b"PK\x03\x04" + bytes(100),
    "tiff": saved(coloured(), "TIFF"),
    "bmp": saved(coloured(), "BMP"),
    "truncated": saved(coloured((400, 400)), "JPEG")[:1000],
    "a bomb of 400 megapixels": png_of(20_000, 20_000),
    "a bomb of 144 megapixels": png_of(12_000, 12_000),
    "one by two thousand million": png_of(1, 2**31 - 1),
    "no pixels": png_of(0, 0),
}


@pytest.mark.parametrize("name", NO_PICTURES)
def test_what_is_no_picture_is_refused(name: str) -> None:
    with pytest.raises(NotAPicture):
        rebuild(NO_PICTURES[name])


def test_a_picture_with_a_program_behind_it_loses_the_program() -> None:
    polyglot = saved(coloured(), "JPEG") + b"PK\x03\x04<script>alert(1)</script>"
    assert b"script" not in rebuild(polyglot).content


def test_the_largest_photograph_fits_into_the_child_s_memory() -> None:
    picture = rebuild(saved(Image.new("RGB", (5_000, 5_000), "grey"), "JPEG"))
    assert picture.width * picture.height == pictures.MOST_PIXELS


def test_a_child_that_takes_too_long_is_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pictures, "SECONDS", 0.01)
    with pytest.raises(NotAPicture):
        rebuild(saved(coloured(), "JPEG"))
