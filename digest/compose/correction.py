"""An issue without what was taken back; a correction stands in its place, with day and reason.

A whole story loses headline, summary and articles; its place, its number and its sources stay. Of a story
with a sentence taken back the sentence goes out of the summary, and in every version's text each of its
characters becomes `MASK`: all other offsets hold.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from digest.model import (
    Analysed,
    Article,
    Correction,
    Issue,
    Item,
    LeftOut,
    Link,
    Paragraph,
    Run,
    Story,
    Withdrawal,
)
from digest.withdrawal import HEADLINE, MASK, is_meant


def corrected(issue: Issue, withdrawals: Iterable[Withdrawal]) -> Issue:
    """The issue as it may be printed now, the one of before kept in it; that one where nothing is taken back.

    `withdrawals` may be those of any issue: what stands in another one too, by its words, is taken back there
    as well, and who refers to a story that was taken back does so without its headline.
    """
    whole = replace(issue.original, sources=issue.sources) if issue.original else issue
    pen = _Pen(issue.edition, issue.date, tuple(one for one in withdrawals if one.undone is None))
    sections = tuple(
        replace(
            section,
            groups=tuple(replace(group, items=tuple(map(pen.item, group.items))) for group in section.groups),
        )
        for section in whole.sections
    )
    new = replace(whole, sections=sections, left_out=tuple(map(pen.left_out, whole.left_out)))
    return whole if new == whole else replace(new, original=replace(whole, sources=()))


@dataclass(frozen=True, slots=True)
class _Pen:
    """Corrects what stands in one issue."""

    edition: str
    day: date
    withdrawals: tuple[Withdrawal, ...]

    def item(self, item: Item) -> Item:
        item = replace(
            item,
            follows=self._link(item.follows) if item.follows else None,
            links=tuple(map(self._link, item.links)),
        )
        whole = self._whole(item.story)
        if whole is not None:
            return replace(
                item,
                story=_emptied(item.story),
                follows=None,
                links=(),
                differences=(),
                headline="",
                note="",
                corrections=(Correction(whole.withdrawn, whole.reason, is_whole=True),),
            )
        parts = self._parts(item.story)
        if not parts:
            return item
        return replace(
            item,
            story=_without(item.story, [one.sentence for one in parts]),
            differences=(),  # what differed between the versions may have been this very sentence
            corrections=tuple(Correction(one.withdrawn, one.reason, is_whole=False) for one in parts),
        )

    def left_out(self, left: LeftOut) -> LeftOut:
        left = replace(left, repeats=self._link(left.repeats) if left.repeats else None)
        if self._whole(left.story) is not None:
            return replace(left, story=_emptied(left.story))
        parts = self._parts(left.story)
        return replace(left, story=_without(left.story, [one.sentence for one in parts])) if parts else left

    def _whole(self, story: Story) -> Withdrawal | None:
        if story.lead.article.title == HEADLINE:
            return None  # taken back before there was an original
        meant = (one for one in self.withdrawals if not one.sentence and self._is_meant(story, one))
        return next(meant, None)

    def _parts(self, story: Story) -> list[Withdrawal]:
        def holds(one: Withdrawal) -> bool:
            return any(one.sentence in version.article.text for version in story.members)

        here = (self.edition, self.day)
        return [
            one
            for one in self.withdrawals
            if one.sentence and ((one.edition, one.day) == here or self._is_meant(story, one)) and holds(one)
        ]

    def _is_meant(self, story: Story, withdrawal: Withdrawal) -> bool:
        return is_meant(story, withdrawal, self.edition, self.day)

    def _link(self, link: Link) -> Link:
        to = link.to
        gone = any(
            (one.edition, one.day, one.story) == (to.edition, to.date, to.story)
            for one in self.withdrawals
            if not one.sentence
        )
        return replace(link, to=replace(to, headline=HEADLINE)) if gone else link


def _emptied(story: Story) -> Story:
    article = story.lead.article
    blank = Article(
        article.source,
        article.index,
        HEADLINE,
        published=article.published,
        page=article.page,
        paper=article.paper,
        id=article.id,
    )
    return replace(story, lead=Analysed(blank, home=story.lead.home), others=(), merges=(), added=())


def _without(story: Story, sentences: Iterable[str]) -> Story:
    versions = story.members
    for sentence in sentences:
        versions = tuple(_masked(version, sentence) for version in versions)
    added = tuple(
        one
        for one in story.added
        if MASK not in versions[one.version].article.text[one.sentence.start : one.sentence.end]
    )
    return replace(story, lead=versions[0], others=versions[1:], added=added)


def _masked(version: Analysed, sentence: str) -> Analysed:
    article = version.article
    paragraphs = tuple(_masked_paragraph(paragraph, sentence) for paragraph in article.paragraphs)
    masked = replace(
        article,
        paragraphs=paragraphs,
        title=HEADLINE if article.title_is_made and article.title in sentence else article.title,
    )

    def still_there(start: int, end: int) -> bool:
        return MASK not in masked.text[start:end]

    return replace(
        version,
        article=masked,
        sentences=tuple(one for one in version.sentences if still_there(one.start, one.end)),
        figures=tuple(one for one in version.figures if still_there(one.start, one.end)),
        phrases=tuple(one for one in version.phrases if still_there(one.start, one.end)),
    )


def _masked_paragraph(paragraph: Paragraph, sentence: str) -> Paragraph:
    text, runs = paragraph.text, paragraph.runs
    at = text.find(sentence)
    while at >= 0:
        end = at + len(sentence)
        text = text[:at] + MASK * len(sentence) + text[end:]
        runs = tuple(piece for run in runs for piece in _around(run, at, end))
        at = text.find(sentence, end)
    return replace(paragraph, text=text, runs=runs)


def _around(run: Run, start: int, end: int) -> list[Run]:
    """What is left of a run outside of a stretch: the stretch is no copy of the source any more."""
    before = min(run.length, max(0, start - run.at))
    skipped = min(run.length, max(0, end - run.at))
    pieces = [
        Run(run.at, run.start, before),
        Run(run.at + skipped, run.start + skipped, run.length - skipped),
    ]
    return [piece for piece in pieces if piece.length > 0]
