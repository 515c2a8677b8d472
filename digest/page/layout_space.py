"""What stands between two boxes on a page: rules, other text, headlines, pictures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from digest.page.blocks import Measure
from digest.page.geometry import Box, overlap_area, x_overlap, y_overlap

#: In the unit of layout_chain's scores: no indent or open sentence outweighs a rule drawn between.
BARRIER = 8.0


@dataclass(frozen=True, slots=True)
class Space:
    """All boxes of a page that can part two others. `obstacles` are pictures, captions and adverts."""

    texts: Sequence[Box]
    heads: Sequence[Box]
    rules: Sequence[Box]
    obstacles: Sequence[Box]
    habits: Measure

    def is_filled(self, space: Box, share: float) -> bool:
        """Whether pictures, captions or adverts take up that much of a space."""
        return sum(overlap_area(thing, space) for thing in self.obstacles) > share * space.area

    def cost(self, upper: Box, lower: Box) -> float:
        """Cost of what stands between two boxes, one above the other."""
        cost = self.level_barrier(upper, lower)
        if x_overlap(upper, lower) < 0:
            cost += self.upright_barrier(upper, lower)
        cost += 5.0 * min(2, self.n_texts(upper, lower))
        gap = self.gap(upper, lower)
        for head in self.heads:
            if head not in (upper, lower) and overlap_area(head, gap) > 0.3 * head.area:
                cost += 6.0
        return cost

    @staticmethod
    def gap(upper: Box, lower: Box) -> Box:
        """The space between two boxes, as wide as what they have in common, else as their distance."""
        left, right = max(upper.left, lower.left), min(upper.right, lower.right)
        if right <= left:
            left, right = min(left, right), max(left, right)
        return Box(left, upper.bottom, right, max(lower.top, upper.bottom))

    def n_texts(self, upper: Box, lower: Box) -> int:
        """How many other texts stand between two boxes, one above the other."""
        gap = self.gap(upper, lower)
        return sum(
            1
            for other in self.texts
            if other not in (upper, lower)
            and overlap_area(other, gap) > 0.3 * other.area
            and x_overlap(other, lower) > 0
        )

    def level_barrier(self, a: Box, b: Box) -> float:
        """A level rule between two boxes one of which lies lower than the other."""
        upper, lower = (a, b) if a.top <= b.top else (b, a)
        if lower.top < upper.bottom - self.habits.size:
            return 0.0
        left, right = min(a.left, b.left), max(a.right, b.right)
        if x_overlap(a, b) > 0:
            left, right = max(a.left, b.left), min(a.right, b.right)
        for rule in self.rules:
            if rule.width <= rule.height:
                continue
            inside = upper.bottom - 0.3 * self.habits.size <= rule.top <= lower.top + 0.3 * self.habits.size
            if inside and min(rule.right, right) - max(rule.left, left) > 0.5 * (right - left):
                return BARRIER
        return 0.0

    def upright_barrier(self, a: Box, b: Box) -> float:
        """An upright rule between two boxes side by side."""
        first, second = (a, b) if a.left <= b.left else (b, a)
        low, high = first.right - 0.5 * self.habits.size, second.left + 0.5 * self.habits.size
        for rule in self.rules:
            if rule.height <= rule.width or not low <= rule.middle <= high:
                continue
            beside_both = min(y_overlap(rule, a), y_overlap(rule, b))
            long = rule.height > 2 * self.habits.leading
            if beside_both > 0.4 * min(a.height, b.height) or (long and beside_both > 0.4 * rule.height):
                return BARRIER
        return 0.0
