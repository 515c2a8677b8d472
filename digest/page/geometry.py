"""What stands where on a page: the types of the geometric analysis and the measures on boxes.

Lengths are in points (OCR: pixels); y grows downwards, the origin is the top left corner of the page.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple


class Box(NamedTuple):
    left: float
    top: float
    right: float
    bottom: float

    @property
    def width(self) -> float:
        return self.right - self.left

    @property
    def height(self) -> float:
        return self.bottom - self.top

    @property
    def area(self) -> float:
        return max(self.width, 0.0) * max(self.height, 0.0)

    @property
    def middle(self) -> float:
        """The x of the vertical middle line."""
        return (self.left + self.right) / 2


def hull(boxes: Iterable[Box]) -> Box:
    """The smallest box that holds all of `boxes`, of which there must be at least one."""
    lefts, tops, rights, bottoms = zip(*boxes, strict=True)
    return Box(min(lefts), min(tops), max(rights), max(bottoms))


def x_overlap(a: Box, b: Box) -> float:
    """Length of the common x-range; negative: the distance between the two."""
    return min(a.right, b.right) - max(a.left, b.left)


def y_overlap(a: Box, b: Box) -> float:
    """Length of the common y-range; negative: the distance between the two."""
    return min(a.bottom, b.bottom) - max(a.top, b.top)


def overlap_area(a: Box, b: Box) -> float:
    return max(x_overlap(a, b), 0.0) * max(y_overlap(a, b), 0.0)


def within(inner: Box, outer: Box, slack: float = 0.0) -> bool:
    return (
        inner.left >= outer.left - slack
        and inner.right <= outer.right + slack
        and inner.top >= outer.top - slack
        and inner.bottom <= outer.bottom + slack
    )


class Glyph(NamedTuple):
    """One printed character. `box` is its em box, not its ink: advance wide, about one size high."""

    char: str
    box: Box
    size: float
    baseline: float  # y
    face: str = ""  # name of the font


@dataclass(frozen=True, slots=True)
class Line:
    """Characters on one baseline (or, `vertical`, one below the other) that belong together.

    `face` is the font of most characters. In `text` a space stands for a space glyph or a wide gap.
    """

    text: str
    box: Box
    size: float
    face: str = ""
    vertical: bool = False


@dataclass(frozen=True, slots=True)
class Sheet:
    """One page as drawn."""

    number: int  # counts the pages of the file from 1
    width: float
    height: float
    lines: tuple[Line, ...]
    rules: tuple[Box, ...] = ()  # thin lines, upright or level
    frames: tuple[Box, ...] = ()  # borders and shaded areas that hold text
    pictures: tuple[Box, ...] = ()
