"""What on a page belongs to no article: page head and foot, index, adverts, notices, weather."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from digest.page.blocks import DISPLAY_SIZE, Block, Measure, is_text_size, n_han
from digest.page.fields import furniture_kind, parse_byline, parse_lead
from digest.page.geometry import Box, Sheet, within, x_overlap, y_overlap

_HEAD_KINDS = frozenset({"masthead", "date", "pagehead", "staff"})
_BOX_KINDS = frozenset({"ad", "notice", "index", "weather"})
_PHONE = re.compile(r"(?:电话|热线|手机|咨询|联系人)[：:]?\s?[\d（(]|\d{3,4}-\d{7,8}|1[3-9]\d{9}")
_PAPER = re.compile(r"^[\u3400-\u9fff ]{2,14}(?:报|时报|周刊|导报)$")
_NOTICE_WORDS = re.compile(r"(?:公告|公示|声明|启事|通告|讣告|遗失|作废|招聘|拍卖|招标|招租|转让)")


@dataclass(frozen=True, slots=True)
class Zones:
    """The y below the page head and the y above the page foot."""

    head: float
    foot: float


def find_furniture(blocks: Sequence[Block], sheet: Sheet, habits: Measure) -> dict[int, str]:
    """Index of each block that belongs to no article → its kind."""
    zones = find_zones(blocks, sheet, habits)
    found: dict[int, str] = {}
    for index, block in enumerate(blocks):
        if block.box.bottom <= zones.head + 1:
            found[index] = _own_kind(block) or "masthead"
        elif block.box.top >= zones.foot - 1:
            found[index] = _own_kind(block) or "footer"
    _mark_frames(blocks, habits, found)
    _mark_lists(blocks, habits, found)
    _mark_labelled_adverts(blocks, habits, found)
    return found


def _own_kind(block: Block) -> str | None:
    kinds = [kind for line in block.lines if (kind := furniture_kind(line.text))]
    return kinds[0] if kinds else None


def _is_article_text(block: Block, habits: Measure) -> bool:
    """Whether the block is so much running text that no page head or foot holds it."""
    wide = [line for line in block.lines if n_han(line.text) >= 7]
    plain = sum(1 for line in block.lines if furniture_kind(line.text) is None)
    return is_text_size(block, habits) and len(wide) >= 4 and plain > 0.6 * len(block.lines)


def find_zones(blocks: Sequence[Block], sheet: Sheet, habits: Measure) -> Zones:
    """Where the page head ends and where the page foot begins.

    A level rule across most of the page bounds them; without one, the rows at the edges of the page that
    hold a date, a page number, the staff or the paper's address.
    """
    text = [block.box for block in blocks if _is_article_text(block, habits)]
    first = min((box.top for box in text), default=sheet.height)
    last = max((box.bottom for box in text), default=0.0)
    wide = sorted(r.bottom for r in sheet.rules if r.width > 0.55 * sheet.width and r.height < r.width)
    head = 0.0
    for y in wide:
        above = [block for block in blocks if block.box.bottom <= y + 1]
        if y < min(first, 0.35 * sheet.height) and any(_own_kind(b) in _HEAD_KINDS for b in above):
            head = y
            break
    if not head:
        head = _head_row(blocks, sheet, habits)
    foot = sheet.height
    for y in reversed(wide):
        below = [block for block in blocks if block.box.top >= y - 1]
        if y > max(last, 0.75 * sheet.height) and any(_own_kind(block) for block in below):
            foot = y
            break
    if foot == sheet.height:
        foot = _foot_row(blocks, sheet, habits, last)
    return Zones(head, foot)


def _head_row(blocks: Sequence[Block], sheet: Sheet, habits: Measure) -> float:
    """Bottom of the furniture rows at the top of a page without a rule; 0 where there are none."""
    bottom = 0.0
    for block in sorted(blocks, key=lambda b: b.box.top):
        small = is_text_size(block, habits) or block.size < habits.size
        at_top = block.box.top < max(0.07 * sheet.height, bottom)
        if (
            at_top
            and (_own_kind(block) in _HEAD_KINDS or _PAPER.match(block.text))
            and (small or n_han(block.text) < 9)
        ):
            bottom = max(bottom, block.box.bottom)
    return bottom


def _foot_row(blocks: Sequence[Block], sheet: Sheet, habits: Measure, last: float) -> float:
    rows = [
        block.box.top
        for block in blocks
        if block.box.top > max(0.9 * sheet.height, last - 1)
        and _own_kind(block) in {"footer", "staff", "link", "pagehead", "date", "masthead"}
        and block.size <= DISPLAY_SIZE * habits.size
    ]
    return min(rows, default=sheet.height)


def _mark_frames(blocks: Sequence[Block], habits: Measure, found: dict[int, str]) -> None:
    """Borders around an advert, a notice, an index."""
    inside: dict[Box, list[int]] = {}
    for index, block in enumerate(blocks):
        if block.frame is not None and index not in found:
            inside.setdefault(block.frame, []).append(index)
    for members in inside.values():
        kind = _frame_kind([blocks[i] for i in members], habits)
        if kind:
            found.update(dict.fromkeys(members, kind))


def _frame_kind(members: Sequence[Block], habits: Measure) -> str | None:
    lines = [line.text for block in members for line in block.lines]
    kinds = [kind for line in lines if (kind := furniture_kind(line)) in _BOX_KINDS]
    text = "\n".join(lines)
    lead = any(_opens_article(block) for block in members)
    if kinds and not (lead and len(text) > 300 and kinds.count("index") < 2):
        return kinds[0]
    if lead:
        return None
    running = [block for block in members if _is_article_text(block, habits)]
    if not running and n_han(text) < 120:
        return "ad"  # a slogan or a picture's label
    titles = [b.text for b in members if b.size > 1.1 * habits.size and len(b.lines) <= 2]
    if any(_NOTICE_WORDS.search(t[-8:]) for t in titles) or (_PHONE.search(text) and len(text) < 900):
        return "notice"
    return None


def _opens_article(block: Block) -> bool:
    """Whether a dateline or a byline opens the block; in a narrow column it runs over several lines."""
    head = "".join(line.text for line in block.lines[:5])
    return parse_lead(head) is not None or parse_byline(block.lines[0].text) is not None


def _mark_lists(blocks: Sequence[Block], habits: Measure, found: dict[int, str]) -> None:
    """An index (导读) or the weather without a border: a heading and the short lines under it."""
    for index, block in enumerate(blocks):
        if index in found:
            continue
        kinds = [furniture_kind(line.text) for line in block.lines]
        if kinds.count("index") > 0.4 * len(kinds) or (len(kinds) <= 2 and "weather" in kinds):
            kind = "index" if "index" in kinds else "weather"
            found[index] = kind
            for other, below in enumerate(blocks):
                across, step = x_overlap(below.box, block.box), below.box.top - block.box.bottom
                under = across > 0 and -habits.leading <= step < 2 * habits.leading
                beside = across > -8 * habits.size and y_overlap(below.box, block.box) > 0
                short = len(below.lines) <= 8 and not _is_article_text(below, habits)
                if kind == "weather" and other not in found and short and (under or beside):
                    found[other] = kind
        elif kinds.count(None) < 0.5 * len(kinds) and _is_stray(kinds):
            found[index] = next(kind for kind in kinds if kind)


def _is_stray(kinds: Sequence[str | None]) -> bool:
    """Whether the kinds are such that they mean the same anywhere on a page."""
    return any(kind in {"staff", "footer", "ad", "link"} for kind in kinds)


def _mark_labelled_adverts(blocks: Sequence[Block], habits: Measure, found: dict[int, str]) -> None:
    """The display lines beside a small label 广告 / 公益广告 that has no border around it."""
    for index in [i for i, kind in found.items() if kind == "ad"]:
        label = blocks[index]
        whole = all(i in found for i, block in enumerate(blocks) if block.frame == label.frame)
        if (label.frame is not None and whole) or len(label.lines) > 1:
            continue
        reach = Box(
            label.box.left - 15 * habits.size,
            label.box.top - 6 * habits.leading,
            label.box.right + 15 * habits.size,
            label.box.bottom + 3 * habits.leading,
        )
        for other, block in enumerate(blocks):
            if (
                other in found
                or block.size < 1.3 * habits.size
                or not within(block.box, reach, 20 * habits.size)
            ):
                continue
            if y_overlap(block.box, reach) > 0 and not _has_text_below(block, blocks, habits):
                found[other] = "ad"


def _has_text_below(block: Block, blocks: Sequence[Block], habits: Measure) -> bool:
    return any(
        0 <= other.box.top - block.box.bottom < 4 * habits.leading
        and x_overlap(other.box, block.box) > 0
        and _is_article_text(other, habits)
        for other in blocks
    )
