"""The text behind a summary: the article with the chosen sentences marked, a long one cut around them.

An issue for the screen carries its articles, so that a sentence leads to its place without a network. Short
articles stand there whole; of long ones the paragraphs with the chosen sentences, and those around them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from digest.model import Article, Sentence
from digest.render.view import ArticleView, ParagraphView, SegmentView
from digest.withdrawal import MASK

# Characters of all articles of an issue, three bytes each. 51 stories of a day made 283 KB with 40,000;
# with 25,000 sixty stories stay below 300 KB, most of which are summaries, evidence and the page itself.
TOTAL_CHARS = 25_000
SEGMENT_CHARS = 600  # of a stretch without a chosen sentence in an article that is cut
ELLIPSIS = "……"
TAKEN_BACK = "〔此句已撤回〕"
_MASKED = re.compile(f"{MASK}{{4,}}")  # no sentence is shorter


def fair_share(lengths: Sequence[int], total: int = TOTAL_CHARS) -> int:
    """The largest cap for which the lengths, each cut to it, add up to no more than `total`."""
    rest = total
    for i, length in enumerate(ordered := sorted(lengths)):
        share = rest // (len(ordered) - i)
        if length > share:
            return share
        rest -= length
    return max(lengths, default=total)


def excerpt(
    article: Article, sentences: Sequence[Sentence], anchors: Sequence[str], chars: int
) -> ArticleView:
    """The article with `sentences` marked; `anchors` are their ids.

    An article of more than `chars` characters is cut; the paragraphs that hold a chosen sentence stay.
    """
    is_whole = len(article.text) <= chars
    spans = list(_spans(article))
    shown = range(len(spans)) if is_whole else _chosen(spans, sentences, chars)
    paragraphs, last, begun = [], -1, set[int]()
    for n in shown:
        segments = tuple(_segments(article.text, *spans[n], sentences, anchors, begun, is_whole))
        paragraphs.append(ParagraphView(segments, article.paragraphs[n].speaker, n - last - 1))
        last = n
    return ArticleView(tuple(paragraphs), len(spans) - last - 1, len(article.text), is_whole)


def unmasked(view: ArticleView) -> ArticleView:
    """The same of an article that sentences were taken back of, with words in the places of those."""

    def said(segment: SegmentView) -> SegmentView:
        return replace(segment, text=_MASKED.sub(TAKEN_BACK, segment.text))

    paragraphs = (replace(one, segments=tuple(map(said, one.segments))) for one in view.paragraphs)
    return replace(view, paragraphs=tuple(paragraphs))


def _spans(article: Article) -> Iterator[tuple[int, int]]:
    start = 0
    for paragraph in article.paragraphs:
        yield start, start + len(paragraph.text)
        start += len(paragraph.text) + 1


def _chosen(spans: Sequence[tuple[int, int]], sentences: Iterable[Sentence], chars: int) -> list[int]:
    """Paragraphs with a sentence in them, then the nearest to them while there is room."""
    chosen = {n for n, (start, end) in enumerate(spans) for s in sentences if s.start < end and start < s.end}
    room = chars - sum(min(spans[n][1] - spans[n][0], SEGMENT_CHARS) for n in chosen)
    others = (n for n in range(len(spans)) if n not in chosen)
    anchors = sorted(chosen) or [0]
    for n in sorted(others, key=lambda n: (min(abs(n - anchor) for anchor in anchors), n)):
        room -= spans[n][1] - spans[n][0]
        if room < 0:
            break
        chosen.add(n)
    return sorted(chosen)


def _segments(
    text: str,
    start: int,
    end: int,
    sentences: Sequence[Sentence],
    anchors: Sequence[str],
    begun: set[int],
    is_whole: bool,
) -> Iterator[SegmentView]:
    """A paragraph's text, parted where a chosen sentence begins or ends; `begun` have an id."""
    at = start
    for n, sentence in sorted(enumerate(sentences, 1), key=lambda pair: pair[1].start):
        first, last = max(sentence.start, at), min(sentence.end, end)
        if first >= last:
            continue
        if at < first:
            yield SegmentView(_cut(text[at:first], is_whole), 0, "")
        yield SegmentView(text[first:last], n, "" if n in begun else anchors[n - 1])
        begun.add(n)
        at = last
    if at < end:
        yield SegmentView(_cut(text[at:end], is_whole), 0, "")


def _cut(text: str, is_whole: bool) -> str:
    if is_whole or len(text) <= SEGMENT_CHARS:
        return text
    half = SEGMENT_CHARS // 2
    return text[:half] + ELLIPSIS + text[-half:]
