"""Two pictures of a page in, how unlike they look out: layout and colours, not letters, which other fonts draw otherwise."""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageFilter

COLUMNS, ROWS = 24, 36
"""The grid on which pictures are compared."""
KEPT_WIDTH: Final = 300
"""Width of a kept picture, in pixels: one sees the layout, and each takes some 20 KB at the most."""


@dataclass(frozen=True)
class Unlike:
    """How unlike two pictures are."""

    colour: float
    """Mean difference of the cells, 0 to 255."""
    cells: float
    """Share of the cells that differ plainly."""
    height: float
    """Ratio of the heights, 1 and more."""

    def plainly(self) -> bool:
        """True where no other font explains it. Measured: the same page again 0.8 and 1.001 at the most, in other fonts 2.9 and
        1.05; the faintest of the faults in test_look.py 5.9."""
        return self.colour > 4.5 or self.cells > 0.02 or self.height > 1.12


def unlike(one: bytes, other: bytes) -> Unlike:
    """Compare two PNG files."""
    left, right = (Image.open(io.BytesIO(raw)).convert("RGB") for raw in (one, other))
    ratios = [image.height / image.width for image in (left, right)]
    apart = np.abs(_cells(left) - _cells(right))
    return Unlike(float(apart.mean()), float((apart.max(axis=2) > 40).mean()), max(ratios) / min(ratios))


def kept(raw: bytes) -> bytes:
    """The picture as it is kept: small, in few colours."""
    image = Image.open(io.BytesIO(raw)).convert("RGB")
    small = image.resize((KEPT_WIDTH, round(image.height * KEPT_WIDTH / image.width)), Image.Resampling.LANCZOS)
    written = io.BytesIO()
    small.quantize(24, dither=Image.Dither.NONE).save(written, "PNG", optimize=True)
    return written.getvalue()


def _cells(image: Image.Image) -> NDArray[np.float64]:
    """The mean colours of the grid's cells, each blurred into its neighbours."""
    small = image.resize((COLUMNS, ROWS), Image.Resampling.BOX)
    return np.asarray(small.filter(ImageFilter.GaussianBlur(1)), dtype=np.float64)
