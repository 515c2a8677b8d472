"""The text of a newspaper page becomes articles.

lines → fragments (`lines`) → labels (`label`) → bodies and headline blocks (`segment`)
      → headlines find their bodies (`pair`) → articles (`build`) → jumps over pages (`jumps`)
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from digest.model import Article, Skipped
from digest.page import fields
from digest.page.build import Origin, build_articles
from digest.page.crossing import may_lack, passed_over, uncross
from digest.page.crossing_blocks import uncross_blocks
from digest.page.damage import share_spoiled
from digest.page.doubt import without_doubtful
from digest.page.fragments import to_fragments
from digest.page.grid import unfold_grid
from digest.page.label import PAPER_NAME, label
from digest.page.labelled import FURNITURE, NOTICE, Labelled
from digest.page.lines import to_lines
from digest.page.overlap import captions_to_bodies
from digest.page.pair import Pairing, is_stacked, pair
from digest.page.part import part
from digest.page.regroup import regroup
from digest.page.repeats import find_repeated_captions, lone_sentences
from digest.page.runs import group_heads, is_unbroken, part_lines, split_heads
from digest.page.scattered import is_recognised, is_scattered
from digest.page.segment import Segments, segment
from digest.page.stitch import stitch
from digest.page.strays import gather_strays
from digest.page.transcript import read_transcript
from digest.page.vertical import join_vertical
from digest.text.tracked import Tracked

#: A page of which so much is spoiled is passed over; of development pages 0.09 at most is.
BEYOND_REPAIR = 0.4


@dataclass(frozen=True, slots=True)
class PageReading:
    """What a page gave: its articles in page order, what was passed over, and each fragment's label."""

    articles: tuple[Article, ...]
    skipped: tuple[Skipped, ...]
    labels: tuple[Labelled, ...]


def read_page(text: Tracked, *, source: str) -> PageReading:
    """The articles of a newspaper page. `text` is the page as it was read, `source` the name it goes by.

    Time and memory grow linearly with the text.
    """
    as_read = text
    unfolded = unfold_grid(text)
    uncrossed = None if unfolded else uncross(text)
    parted = None if unfolded or uncrossed else uncross_blocks(text)
    text = unfolded or (uncrossed.text if uncrossed else parted or text)
    lines = to_lines(text)
    transcript = read_transcript(lines, source=source)
    if transcript is not None:
        return PageReading((transcript,), (), ())
    fragments = to_fragments(join_vertical(lines))
    items = label(fragments, in_order=unfolded is not None)
    recognised = is_recognised(items)
    in_print = text is as_read and not (recognised or is_unbroken(items) or is_scattered(items))
    items = find_repeated_captions(items)
    disordered = any((unfolded, uncrossed, parted)) or is_scattered(items)
    items = stitch(items) if unfolded else regroup(items, stitch(items))
    items = split_heads(items)
    items = split_heads(lone_sentences(items, segment(items)))
    items, segments, pairing = _mended(items)
    segments = captions_to_bodies(items, segments)
    origin = replace(
        _origin(items, source), stacked=is_stacked(items, segments), recognised=recognised, in_print=in_print
    )
    lost = disordered or is_unbroken(items)
    headlines = without_doubtful(items, segments.bodies, pairing.headlines, disordered=disordered, lost=lost)
    articles, left_out = build_articles(items, segments.bodies, headlines, origin, disordered=disordered)
    spoiled = share_spoiled(articles)
    if spoiled >= BEYOND_REPAIR:
        reason = f"识别损坏约 {spoiled:.0%}，整版无法复原，未收"
        return PageReading((), (Skipped(source, reason),), tuple(items))
    if uncrossed is not None and uncrossed.left_out:
        articles = tuple(replace(one, warnings=(*one.warnings, may_lack(uncrossed))) for one in articles)
        left_out = (passed_over(uncrossed, source), *left_out)
    return PageReading(articles, left_out, tuple(items))


def _mended(items: list[Labelled]) -> tuple[list[Labelled], Segments, Pairing]:
    """The items, bodies of two articles parted and strayed ends put back; their bodies and headlines."""
    # a tool that keeps the order of the page's content leaves no column behind another article
    mends = (part, gather_strays) if is_unbroken(items) else (gather_strays, part, gather_strays)
    mends = (*mends, part_lines)
    segments = group_heads(items, segment(items))
    pairing = pair(items, segments)
    idle: set[object] = set()  # what found nothing to mend since something was mended
    for mend in mends:
        mended = items if mend in idle else mend(items, segments, pairing)
        idle.add(mend)
        if len(mended) > len(items) or any(a is not b for a, b in zip(items, mended, strict=True)):
            idle.clear()
            items = mended
            segments = group_heads(items, segment(items))
            pairing = pair(items, segments)
    return items, segments, pairing


def _origin(items: list[Labelled], source: str) -> Origin:
    furniture = [item.plain for item in items if item.kind in (FURNITURE, NOTICE)]
    published = fields.date_in_name(source)
    for text in furniture:
        published = published or fields.date_in_text(text)
    masthead = (re.sub(r"\s", "", item.plain) for item in items if item.sub == "masthead")
    return Origin(
        source=source,
        published=published,
        page=fields.page_in_name(source),
        paper=next((name for name in masthead if PAPER_NAME.fullmatch(name)), ""),
    )
