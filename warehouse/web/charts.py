"""Numbers over time in, the geometry of a small chart out; the template draws it as SVG, in the colours of the page.

Drawn here rather than by a chart library: vl-convert takes 84 MB, 0.11 s and 18 KB a chart and knows neither the dark
colours nor an axis that runs from right to left (measured); these take under 5 KB and follow the page's style.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from warehouse.web.words import Words

TICKS: Final = 3
LABEL_WIDTH: Final = 58
"""Units that a date label needs on the axis."""


@dataclass(frozen=True)
class Point:
    """One value; `told` says it in words."""

    at: datetime
    value: float
    told: str


@dataclass(frozen=True)
class Bar:
    """One bar, in units of the view box."""

    x: float
    y: float
    width: float
    height: float
    told: str


@dataclass(frozen=True)
class Tick:
    """A label on an axis."""

    at: float
    text: str


@dataclass(frozen=True)
class Chart:
    """A bar chart; coordinates are those of the view box `0 0 width height`."""

    width: int
    height: int
    base: float
    title: str
    bars: tuple[Bar, ...]
    levels: tuple[Tick, ...]
    dates: tuple[Tick, ...]
    rtl: bool


def bar_chart(
    points: Sequence[Point], title: str, words: Words, *, top: float | None = None, width: int = 640, height: int = 200,
    percent: bool = False,
) -> Chart:
    """The chart of evenly spaced points, the latest last (in Arabic: leftmost). `top` fixes the scale for several charts."""
    margin, base = 44.0, height - 22.0
    levels = scale(top if top is not None else max((point.value for point in points), default=0))
    rtl = words.dir == "rtl"
    step = (width - margin) / max(len(points), 1)
    room = base - 8
    bars, dates, free = [], [], -1.0
    for index, point in enumerate(points):
        left = margin + index * step
        tall = min(point.value / levels[-1], 1.0) * room
        x = _mirror(left + step * 0.12, step * 0.76, width, rtl=rtl)
        bars.append(Bar(_round(x), _round(base - tall), _round(step * 0.76), _round(tall), point.told))
        if left >= free and left + LABEL_WIDTH <= width + 12:
            middle = left + step / 2
            dates.append(Tick(_round(width - middle if rtl else middle), words.short(point.at)))
            free = left + LABEL_WIDTH
    ticks = tuple(Tick(_round(base - level / levels[-1] * room), _level(level, words, percent=percent)) for level in levels)
    return Chart(width, height, base, title, tuple(bars), ticks, tuple(dates), rtl)


def scale(largest: float) -> tuple[float, ...]:
    """Round levels from 0 up to at least `largest`: steps of 1, 2 or 5 times a power of ten."""
    if largest <= 0:
        return (0.0, 1.0)
    rough = largest / TICKS
    power = 10.0 ** math.floor(math.log10(rough))
    step = next(factor * power for factor in (1, 2, 5, 10) if factor * power >= rough * 0.999)
    return tuple(index * step for index in range(math.ceil(largest / step - 1e-9) + 1))


def _level(level: float, words: Words, *, percent: bool) -> str:
    return words.percent(level * 100) if percent else words.number(level)


def _mirror(left: float, wide: float, width: int, *, rtl: bool) -> float:
    return width - left - wide if rtl else left


def _round(value: float) -> float:
    return round(value, 1)
