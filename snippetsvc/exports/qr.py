"""An address as a QR code."""

from __future__ import annotations

import io

import segno


def svg(address: str) -> str:
    """The code as an `svg` element, as large as the place it is put in."""
    image = io.BytesIO()
    segno.make(address, error="m", micro=False).save(
        image, kind="svg", xmldecl=False, svgns=True, omitsize=True, border=2, svgclass=None, lineclass=None
    )
    return image.getvalue().decode().strip()
