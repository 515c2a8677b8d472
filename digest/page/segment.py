"""Labelled fragments become the bodies of articles and the blocks of headline lines between them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from digest.page import fields
from digest.page.labelled import BODY, BYLINE, CAPTION, FURNITURE, HEAD, JUMP, Labelled


@dataclass(slots=True)
class Body:
    """The fragments of one article, in reading order, as positions in the list of labelled fragments."""

    fragments: list[int] = field(default_factory=list)
    bylines: list[int] = field(default_factory=list)
    captions: list[int] = field(default_factory=list)
    subheads: list[int] = field(default_factory=list)
    jump_to: int | None = None
    jump_from: int | None = None
    jump_title: str = ""
    brief: bool = False  # an item of a box of briefs

    @property
    def start(self) -> int:
        return min([*self.fragments, *self.bylines], default=-1)

    @property
    def end(self) -> int:
        return max(self.fragments, default=-1)


@dataclass(frozen=True, slots=True)
class HeadBlock:
    """Headline lines with no blank line between them."""

    lines: tuple[int, ...]

    @property
    def start(self) -> int:
        return self.lines[0]

    @property
    def end(self) -> int:
        return self.lines[-1]


@dataclass(frozen=True, slots=True)
class Segments:
    bodies: list[Body]
    heads: list[HeadBlock]
    loose_captions: list[int]


#: What a body fragment carries that begins an article though neither a lead nor a byline shows it.
OPENS = "opens"
#: The label of a box of briefs, and what no item of one is longer than.
_BRIEFS = re.compile("[讯訊]|一句[话話]|速[览覽遞递]|[简簡][报報]")
LONGEST_BRIEF = 260
#: A headline line longer than this is no 小标题.
LONGEST_SUBHEAD = 28

#: A dash, a label's mark, or two phrases side by side: a headline, not a 小标题.
_TITLE_LIKE = re.compile(r"^[—–-]{2}|^[【■]|[\u4e00-\u9fff”》][ \u3000]+[\u4e00-\u9fff“《]")


def segment(items: Sequence[Labelled]) -> Segments:
    """Bodies and headline blocks of a page. Linear in the number of fragments."""
    walker = _Walker(items)
    for i in range(len(items)):
        walker.take(i)
    return walker.result()


class _Walker:
    def __init__(self, items: Sequence[Labelled]) -> None:
        self.items = items
        self.bodies: list[Body] = []
        self.current: Body | None = None
        self.closed = True  # the current article has ended: by a jump mark, or there is none
        self.heads_since: list[int] = []  # headline lines since the last body fragment
        self.pending_byline: int | None = None
        self.pending_from: fields.Jump | None = None
        self.used_as_subhead: set[int] = set()
        self.loose_captions: list[int] = []
        self.briefs = False  # inside a box of briefs, where every headline opens an article

    def take(self, i: int) -> None:
        kind = self.items[i].kind
        if kind == BODY:
            self._take_body(i)
        elif kind == HEAD:
            self.heads_since.append(i)
        elif kind == BYLINE:
            self._take_byline(i)
        elif kind == JUMP:
            self._take_jump(i)
        elif kind == FURNITURE and self.items[i].sub == "column" and _BRIEFS.search(self.items[i].plain):
            self.briefs = self.closed = not self._last_open()
        elif kind == CAPTION:
            (self.current.captions if self.current else self.loose_captions).append(i)

    def _take_jump(self, i: int) -> None:
        jump = fields.find_jump(self.items[i].plain)
        assert jump is not None
        if jump.direction == "to" and self.current is not None:
            self.current.jump_to = jump.page
            self.closed = True
        elif jump.direction == "from":
            self.pending_from = jump

    def _take_byline(self, i: int) -> None:
        following = next((item for item in self.items[i + 1 :][:6] if item.kind not in (CAPTION, HEAD)), None)
        opens = following is not None and following.kind == BODY
        if opens or self.current is None or not self.current.fragments:
            self.pending_byline = i
            self.closed = True
        else:
            self.current.bylines.append(i)

    def _take_body(self, i: int) -> None:
        item = self.items[i]
        jump = fields.find_jump(item.plain)
        begins = (
            item.sub == OPENS
            or item.lead is not None
            or self.pending_byline is not None
            or self.pending_from is not None
        )
        begins = begins or (jump is not None and jump.direction == "from" and jump.start <= 2)
        if not begins and (self.closed or self.current is None or self._heads_open_article(item)):
            begins = True
        if begins or self.current is None:
            self._open(jump)
        else:
            for head in self.heads_since:
                if self._is_subhead(head):
                    self.current.subheads.append(head)
                    self.used_as_subhead.add(head)
        assert self.current is not None
        self.current.fragments.append(i)
        self.briefs = (
            self.briefs and sum(len(self.items[n].plain) for n in self.current.fragments) <= LONGEST_BRIEF
        )
        self.heads_since = []
        self.closed = False
        if jump is not None and jump.direction == "to" and jump.end >= len(item.plain) - 3:
            self.current.jump_to = jump.page
            self.closed = True
        tail = fields.parse_tail_byline(item.plain)
        if tail is not None and (item.lead is None or tail.start >= item.lead.end):
            self.closed = True

    def _open(self, jump: fields.Jump | None) -> None:
        self.current = Body(brief=self.briefs)
        self.bodies.append(self.current)
        if self.pending_byline is not None:
            self.current.bylines.append(self.pending_byline)
        source = self.pending_from
        if source is None and jump is not None and jump.direction == "from" and jump.start <= 2:
            source = jump
        if source is not None:
            self.current.jump_from = source.page
            self.current.jump_title = source.title
        self.pending_byline = self.pending_from = None

    def _last_open(self) -> bool:
        """Whether the current article stopped in mid-sentence."""
        last = self.current.fragments[-1:] if self.current else []
        return any(self.items[i].fragment.open for i in last)

    def _heads_open_article(self, item: Labelled) -> bool:
        """Whether the headline lines since the last body open an article that has no byline."""
        if not self.heads_since or self._last_open():
            return False
        if self.briefs:
            return True
        if fields.opens_news(item.plain):
            return True
        blocks = _blocks(self.items, self.heads_since)
        if any(len(block) > 1 for block in blocks):
            return True
        texts = [self.items[i].plain for i in self.heads_since]
        return len(texts) > 2 or not self._is_subhead(self.heads_since[-1])

    def _is_subhead(self, i: int) -> bool:
        text = self.items[i].plain
        return len(text) <= LONGEST_SUBHEAD and not _TITLE_LIKE.search(text)

    def result(self) -> Segments:
        heads = [
            i for i, item in enumerate(self.items) if item.kind == HEAD and i not in self.used_as_subhead
        ]
        return Segments(
            bodies=[body for body in self.bodies if body.fragments],
            heads=[HeadBlock(tuple(block)) for block in _blocks(self.items, heads)],
            loose_captions=self.loose_captions,
        )


def _blocks(items: Sequence[Labelled], heads: Sequence[int]) -> list[list[int]]:
    """Headline lines grouped where nothing, not even a blank line, stands between them."""
    blocks: list[list[int]] = []
    for i in heads:
        if blocks and blocks[-1][-1] == i - 1 and items[i].fragment.blanks == 0:
            blocks[-1].append(i)
        else:
            blocks.append([i])
    return blocks
