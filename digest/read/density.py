"""Where the prose of a web page stands."""

from __future__ import annotations

import re
from collections import defaultdict

from lxml.html import HtmlElement

from digest.page.fields import furniture_kind, is_caption
from digest.read.lines import is_rights

_CONTAINERS = frozenset(
    ("div", "td", "section", "article", "main", "body", "blockquote", "center", "li", "dd")
)
_LEFT_OUT_NAMES = """
script style a nav footer aside form button select option title head noscript textarea
"""
_NO_PROSE = frozenset(_LEFT_OUT_NAMES.split())
_BESIDE = re.compile(
    r"(?:^|[\s_-])(?:comments?|pinglun|foot(?:er)?|copyright|related|relate|xiangguan|recommend|tuijian|side(?:bar)?"
    r"|nav|menu|share|hot|rank|ads?|banner|crumbs?|breadcrumb)(?:$|[\s_-])",
    re.IGNORECASE,
)
_POINTS = re.compile(r"[，。、；：！？]")
_POINT_CHARS = 10  # a mark of punctuation weighs as much as so many characters
_WORTH_CLIMBING = 0.2  # share of prose that the next container must add to be the body instead
_MAX_CLIMB = 8


def densest_element(root: HtmlElement) -> HtmlElement | None:
    """The element that holds the page's prose; None where there is none.

    It begins at the element with most prose of its own, half the weight of an element counting for its
    container, and climbs as long as the next container adds prose. Links, comments, side columns and notes of
    rights weigh nothing. Linear in the size of the tree.
    """
    own = _own_weights(root)
    seeds: dict[HtmlElement, float] = defaultdict(float)
    for element, weight in own.items():
        seeds[element] += weight
        above = _container(element.getparent())
        if above is not None:
            seeds[above] += weight / 2
    best = max(seeds, key=lambda one: seeds[one], default=None)
    return None if best is None else _climb(best, _whole_weights(root, own))


def _own_weights(root: HtmlElement) -> dict[HtmlElement, float]:
    """The prose that stands in a container itself or in what is no container below it."""
    weights: dict[HtmlElement, float] = defaultdict(float)
    left_out: set[HtmlElement] = set()
    for element in root.iter():
        if element.getparent() in left_out or _is_beside(element):
            left_out.add(element)
            continue
        weight = _weight((element.text or "") + "".join(child.tail or "" for child in element))
        holder = _container(element) if weight else None
        if holder is not None:
            weights[holder] += weight
    return weights


def _is_beside(element: HtmlElement) -> bool:
    if not isinstance(element.tag, str) or element.tag in _NO_PROSE:
        return True
    if element.tag in ("html", "body"):
        return False
    return bool(_BESIDE.search(f"{element.get('class', '')} {element.get('id', '')}"))


def _whole_weights(root: HtmlElement, own: dict[HtmlElement, float]) -> dict[HtmlElement, float]:
    """The prose of each container and all that is below it."""
    whole: dict[HtmlElement, float] = defaultdict(float, own)
    for element in reversed(list(root.iter())):
        if whole.get(element):
            parent = element.getparent()
            if parent is not None:
                whole[parent] += whole[element]
    return whole


def _climb(best: HtmlElement, whole: dict[HtmlElement, float]) -> HtmlElement:
    """The outermost of the next containers that each add prose worth it; such may be some levels up."""
    here = best
    for _ in range(_MAX_CLIMB):
        here = here.getparent()
        if here is None or here.tag == "html":
            break
        if whole[here] >= (1 + _WORTH_CLIMBING) * whole[best] and here.tag in _CONTAINERS:
            best = here
    return best


def _weight(text: str) -> float:
    n_points = len(_POINTS.findall(text))
    stripped = text.strip()
    if not n_points or is_rights(stripped) or furniture_kind(stripped) is not None or is_caption(stripped):
        return 0.0
    return len(stripped) + _POINT_CHARS * n_points


def _container(element: HtmlElement | None) -> HtmlElement | None:
    """The nearest container of an element, itself included."""
    for _ in range(12):
        if element is None or element.tag in _NO_PROSE:
            return None
        if element.tag in _CONTAINERS:
            return element
        element = element.getparent()
    return None
