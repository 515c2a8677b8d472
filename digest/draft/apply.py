"""An issue as the program composed it, and a draft → the issue that the editor wants. Pure."""

from __future__ import annotations

from dataclasses import replace

from digest.compose.arrange import arranged
from digest.compose.ledger import recounted
from digest.compose.sections import region_of, topic_of
from digest.draft.entries import Draft, Entry, numbered
from digest.errors import DraftError
from digest.model import Analysed, Issue, Item, LeftOut, Place, Score, Sentence, Span, Story
from digest.story.difference import differences


def edited(issue: Issue, draft: Draft) -> Issue:
    """The issue with the stories that `draft` keeps, as it has them; all others are left out with a reason.

    Every sentence is the source's: a draft names them by number. Raises DraftError, naming the entry, for a
    story that was not read, a section that is not among the draft's, a sentence that is not there, and a kept
    story without a sentence.
    """
    items = {item.story.id: item for item in issue.items}
    left = {one.story.id: one for one in issue.left_out}
    places = {section.title: section.place for section in issue.sections}
    rows: list[tuple[str, float, Item]] = []
    for entry in draft.entries:
        if entry.id not in items and entry.id not in left:
            raise DraftError(
                f"{draft.where(entry)}: id: 读到的材料里没有 {entry.id}，来源变了？(no such story)"
            )
        if entry.keep:
            item = items.get(entry.id) or _item(left[entry.id].story)
            rows.append((entry.section, entry.order, _edited_item(item, entry, draft)))
    sections = arranged(
        [
            (places.get(title, Place(tuple(title.split("·")))), _in_order(rows, title))
            for title in draft.sections
        ],
        issue.date,
    )
    printed = {item.story.id for section in sections for item in section.items}
    named = {entry.id for entry in draft.entries}
    left_out = [
        LeftOut(item.story, "编者未选" if name in named else "草稿中没有，来源后来有增加")
        for name, item in items.items()
        if name not in printed
    ]
    left_out += [one for name, one in left.items() if name not in printed]
    return replace(
        issue,
        sections=sections,
        left_out=tuple(left_out),
        ledger=recounted(issue.ledger, sections),
        preface=issue.preface if draft.preface is None else draft.preface,
    )


def _in_order(rows: list[tuple[str, float, Item]], title: str) -> list[Item]:
    """The items of a section as the editor orders them; the place in the file decides between equals."""
    return [item for _, _, item in sorted((row for row in rows if row[0] == title), key=lambda row: row[1])]


def _item(story: Story) -> Item:
    """A story that the program had left out."""
    return Item(0, story, region_of(story), topic_of(story, ()), Score(0.0), differences=differences(story))


def _edited_item(item: Item, entry: Entry, draft: Draft) -> Item:
    if entry.section not in draft.sections:
        raise DraftError(
            f"{draft.where(entry)}: section: “{entry.section}” 不在 sections 里 (not among `sections`)"
        )
    lead = item.story.lead
    spans = numbered(lead.article, lead.sentences)
    if not entry.sentences:
        raise DraftError(f"{draft.where(entry)}: sentences: 至少选一句 (choose one sentence at least)")
    for number in entry.sentences:
        if number > len(spans):
            raise DraftError(
                f"{draft.where(entry)}: sentences: 没有第 {number} 句，共 {len(spans)} 句 (no such sentence)"
            )
    sentences = tuple(_sentence(lead, spans[number - 1]) for number in entry.sentences)
    headline = "" if entry.headline == lead.article.title else entry.headline
    # what other versions add was chosen beside the program's own sentences
    added = item.story.added if sentences == lead.sentences else ()
    story = replace(item.story, lead=replace(lead, sentences=sentences), added=added)
    return replace(item, story=story, headline=headline, note=entry.note)


def _sentence(lead: Analysed, span: Span) -> Sentence:
    """The sentence at `span`, with the score that it has if it was chosen before."""
    known = next((one for one in lead.sentences if (one.start, one.end) == span), None)
    text = lead.article.text
    return known or Sentence(text[slice(*span)], *span, paragraph=text.count("\n", 0, span.start))
