"""Where the prose of a web page stands."""

from __future__ import annotations

import re
from collections import defaultdict

from lxml.html import HtmlElement

_CONTAINERS = frozenset(
    ("div", "td", "section", "article", "main", "body", "blockquote", "center", "li", "dd")
)
_NO_PROSE = frozenset(
    (
        "script",
        "style",
        "a",
        "nav",
        "footer",
        "aside",
        "form",
        "button",
        "select",
        "option",
        "title",
        "head",
        "noscript",
        "textarea",
    )
)
_POINTS = re.compile(r"[，。、；：！？]")
_POINT_CHARS = 10  # a mark of punctuation weighs as much as so many characters


def densest_element(root: HtmlElement) -> HtmlElement | None:
    """The element with most prose of its own; half the weight of an element counts for its parent.

    So a division whose paragraphs are divisions wins over each of them. Linear in the size of the tree.
    """
    weights: dict[HtmlElement, float] = defaultdict(float)
    for element in root.iter():
        if not isinstance(element.tag, str) or element.tag in _NO_PROSE:
            continue
        own = (element.text or "") + "".join(child.tail or "" for child in element)
        weight = _weight(own)
        holder = _holder(element) if weight else None
        if holder is not None:
            weights[holder] += weight
            above = _holder(holder.getparent())
            if above is not None:
                weights[above] += weight / 2
    return max(weights, key=lambda one: weights[one], default=None)


def _weight(text: str) -> float:
    n_points = len(_POINTS.findall(text))
    return len(text.strip()) + _POINT_CHARS * n_points if n_points else 0.0


def _holder(element: HtmlElement | None) -> HtmlElement | None:
    """The nearest container of an element, itself included."""
    for _ in range(12):
        if element is None or element.tag in _NO_PROSE:
            return None
        if element.tag in _CONTAINERS:
            return element
        element = element.getparent()
    return None
