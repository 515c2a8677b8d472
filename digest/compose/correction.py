"""An issue without what was taken back; a note stands in its place, with the reason.

A whole story loses headline, summary and articles; its place, its number and its sources stay. Of a story
with a sentence taken back the sentence goes out of the summary, and in every version's text each of its
characters becomes `MASK`: all other offsets hold.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from digest.model import Analysed, Article, Issue, Item, Paragraph, Run, Withdrawal
from digest.withdrawal import digest_of

MASK = "■"
HEADLINE = "（本条已撤回）"


def corrected(issue: Issue, withdrawals: Sequence[Withdrawal]) -> Issue:
    """The issue as it may be printed now; the same one where nothing of it was taken back."""
    if not withdrawals:
        return issue
    sections = tuple(
        replace(
            section,
            groups=tuple(
                replace(group, items=tuple(_corrected(item, withdrawals) for item in group.items))
                for group in section.groups
            ),
        )
        for section in issue.sections
    )
    return replace(issue, sections=sections)


def _corrected(item: Item, withdrawals: Sequence[Withdrawal]) -> Item:
    for one in withdrawals:
        if not one.sentence and _is_meant(item, one):
            return _emptied(item, one.reason)
    for one in withdrawals:
        if one.sentence and any(one.sentence in version.article.text for version in item.story.members):
            item = _without(item, one)
    return item


def _is_meant(item: Item, withdrawal: Withdrawal) -> bool:
    if item.story.lead.article.title == HEADLINE:
        return False  # taken back before
    digests = {digest_of(version.article) for version in item.story.members}
    return item.story.id == withdrawal.story or withdrawal.digest in digests


def _emptied(item: Item, reason: str) -> Item:
    article = item.story.lead.article
    blank = Article(
        article.source,
        article.index,
        HEADLINE,
        published=article.published,
        page=article.page,
        paper=article.paper,
        id=article.id,
    )
    lead = Analysed(blank, home=item.story.lead.home)
    story = replace(item.story, lead=lead, others=(), merges=())
    note = f"本条已撤回：{reason}"
    return replace(
        item, story=story, follows=None, links=(), differences=(), headline="", note=_joined(item.note, note)
    )


def _without(item: Item, withdrawal: Withdrawal) -> Item:
    lead, *others = (_masked(version, withdrawal.sentence) for version in item.story.members)
    story = replace(item.story, lead=lead, others=tuple(others))
    note = f"有一句已撤回：{withdrawal.reason}"
    # What differed between the versions may have been this very sentence.
    return replace(item, story=story, differences=(), note=_joined(item.note, note))


def _joined(first: str, second: str) -> str:
    return "　".join(part for part in (first, second) if part)


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
