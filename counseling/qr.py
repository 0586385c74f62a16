"""QR codes that lead to an address: for a page, a file and a printed poster. Pure.

A quarter of the picture may be dirty or torn (level Q) and a telephone still reads it.
"""

from io import BytesIO

import segno

LEVEL = "q"
# Modules of white around it, as the standard (ISO/IEC 18004) wants them.
QUIET_ZONE = 4
PIXELS_A_MODULE = 12


def code(address: str) -> segno.QRCode:
    """The code itself. Raises segno.DataOverflowError for an address no code can hold."""
    return segno.make(address, error=LEVEL, boost_error=False, micro=False)


def svg(address: str) -> str:
    """A picture for a page: as wide as its place, black on white in the dark, too."""
    return code(address).svg_inline(scale=1, border=QUIET_ZONE, omitsize=True, dark="#000", light="#fff")


def svg_file(address: str) -> bytes:
    """A picture that prints sharp in any size."""
    return _written(address, "svg", scale=PIXELS_A_MODULE)


def png_file(address: str) -> bytes:
    """A picture for what takes no SVG."""
    return _written(address, "png", scale=PIXELS_A_MODULE)


def _written(address: str, kind: str, scale: int) -> bytes:
    out = BytesIO()
    code(address).save(out, kind=kind, scale=scale, border=QUIET_ZONE, dark="#000", light="#fff")
    return out.getvalue()
