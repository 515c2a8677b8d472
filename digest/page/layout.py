"""A page as drawn → its articles, by geometry: the whole way in one place.

    characters → lines → blocks → page furniture, captions, headlines, pieces → chains → articles

docs/reading.md shows the method on one page.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from digest.page.blocks import Block, Measure, find_blocks, find_captions, is_text_size, measure, n_han
from digest.page.fields import furniture_kind
from digest.page.geometry import Box, Sheet, hull, x_overlap, y_overlap
from digest.page.geometry_bylines import whole_bylines
from digest.page.layout_chain import Chain, find_chains
from digest.page.layout_furniture import find_furniture
from digest.page.layout_heads import Head, find_heads
from digest.page.layout_pieces import Piece, find_pieces, is_indented

#: Text without a headline is an article from this many Chinese characters on; less is a stray.
MIN_HEADLESS = 80
#: A chain whose weakest link scores below this is reported as uncertain.
UNCERTAIN = 0.0


@dataclass(frozen=True, slots=True)
class Draft:
    """An article as found on the page."""

    head: Head | None
    pieces: tuple[Piece, ...]
    captions: tuple[Block, ...]
    uncertain: bool

    @property
    def box(self) -> Box:
        boxes = [piece.box for piece in self.pieces]
        return hull([*boxes, self.head.box] if self.head else boxes)


@dataclass(frozen=True, slots=True)
class Layout:
    """`furniture` holds every block that is in no draft, with its kind."""

    sheet: Sheet
    drafts: tuple[Draft, ...]
    furniture: tuple[tuple[Block, str], ...]
    indented: bool


def lay_out(sheet: Sheet) -> Layout:
    """The articles of one page, in the order in which the page is read, and what belongs to none."""
    sheet = replace(sheet, lines=tuple(whole_bylines(sheet.lines)))
    habits = measure(sheet.lines)
    blocks = find_blocks(sheet, habits)
    furniture = find_furniture(blocks, sheet, habits)
    captions = {i: p for i, p in find_captions(blocks, sheet, habits).items() if i not in furniture}
    taken = set(furniture) | set(captions)
    heads, subheads = find_heads(blocks, taken, sheet, habits)
    used = taken | set(subheads) | {i for head in heads for i in head.blocks}
    body = [i for i, block in enumerate(blocks) if i not in used and is_text_size(block, habits)]
    furniture.update((i, "other") for i, _ in enumerate(blocks) if i not in used and i not in body)
    pieces = find_pieces([blocks[i] for i in body], [blocks[i] for i in subheads], habits)
    indented = is_indented(pieces, habits)
    obstacles = [*sheet.pictures, *(blocks[i].box for i in sorted(taken))]
    chains = find_chains(heads, pieces, sheet, habits, indented=indented, obstacles=obstacles)
    chains = _join_split_titles(chains)
    drafts, strays = _drafts(chains)
    drafts = _with_captions(drafts, [(blocks[i], picture) for i, picture in sorted(captions.items())])
    rest = [(blocks[i], kind) for i, kind in sorted(furniture.items())] + strays
    rest += [
        (Block((line,), line.box), "column") for draft in drafts if draft.head for line in draft.head.labels
    ]
    rest.sort(key=lambda item: (item[0].box.top, item[0].box.left))
    return Layout(sheet, tuple(_in_reading_order(drafts, habits)), tuple(rest), indented)


def _join_split_titles(chains: list[Chain]) -> list[Chain]:
    """A headline without text beside one of the same size on the same line is the other half of it."""
    result = list(chains)
    for lone in [chain for chain in chains if chain.head and not chain.pieces]:
        half = lone.head
        assert half is not None
        for at, chain in enumerate(result):
            head = chain.head
            if head is None or not chain.pieces or len(head.title) != 1 or len(half.title) != 1:
                continue
            a, b = head.title[0], half.title[0]
            same = abs(a.box.bottom - b.box.bottom) < 0.2 * a.size and abs(a.size - b.size) < 0.05 * a.size
            near = 0 < -x_overlap(a.box, b.box) < 3 * a.size
            if same and near and a.face == b.face and head.frame == half.frame:
                title = tuple(sorted((a, b), key=lambda line: line.box.left))
                whole = replace(
                    head, title=title, box=hull([head.box, half.box]), kicker=head.kicker + half.kicker
                )
                result[at] = replace(chain, head=whole)
                result.remove(lone)
                break
    return result


def _drafts(chains: Sequence[Chain]) -> tuple[list[Draft], list[tuple[Block, str]]]:
    drafts: list[Draft] = []
    strays: list[tuple[Block, str]] = []
    for chain in chains:
        lines = [line for piece in chain.pieces for line in piece.block.lines]
        length = sum(n_han(line.text) for line in lines)
        kind = _no_article(chain, length)
        if kind is None:
            drafts.append(Draft(chain.head, chain.pieces, (), chain.weakest < UNCERTAIN))
            continue
        if chain.head:
            head = chain.head
            parts = (*head.kicker, *head.title, *head.subtitle, *head.labels, *head.bylines)
            strays.append((Block(parts, head.box), kind))
        strays.extend((piece.block, kind) for piece in chain.pieces)
    return drafts, strays


def _no_article(chain: Chain, length: int) -> str | None:
    """Why a chain is no article; None where it is one."""
    if chain.head is None:
        return None if length >= MIN_HEADLESS else "other"
    title = "".join(line.text for line in chain.head.title)
    kind = furniture_kind(title)
    if kind in {"notice", "ad", "weather", "index"}:
        return kind
    return None if length >= 15 else "slogan"


def _with_captions(drafts: list[Draft], captions: Sequence[tuple[Block, Box | None]]) -> list[Draft]:
    """Each caption given to the article in whose area its picture stands, else to the nearest one."""
    found: dict[int, list[Block]] = {}
    for block, picture in captions:
        place = hull([block.box, picture]) if picture else block.box
        ranked = sorted((_distance(draft, block, place), n) for n, draft in enumerate(drafts))
        if ranked:
            found.setdefault(ranked[0][1], []).append(block)
    return [replace(draft, captions=tuple(found.get(n, ()))) for n, draft in enumerate(drafts)]


def _distance(draft: Draft, block: Block, place: Box) -> tuple[int, float]:
    """(another frame, distance in points); inside the article's own area the distance is negative."""
    frames = {piece.block.frame for piece in draft.pieces}
    area = draft.box
    across, down = -x_overlap(area, place), -y_overlap(area, place)
    if across <= 0 and down <= 0:
        shared = across * down / max(place.area, 1.0)
        return (int(block.frame not in frames), -shared)
    return (int(block.frame not in frames), max(across, 0.0) + max(down, 0.0))


def _in_reading_order(drafts: Sequence[Draft], habits: Measure) -> list[Draft]:
    """From the top down, from left to right where articles begin at about the same height."""
    rest = sorted(drafts, key=lambda draft: (draft.box.top, draft.box.left))
    ordered: list[Draft] = []
    while rest:
        top = rest[0].box.top
        row = [draft for draft in rest if draft.box.top < top + 4 * habits.leading]
        first = min(row, key=lambda draft: (draft.box.left, draft.box.top))
        ordered.append(first)
        rest.remove(first)
    return ordered
