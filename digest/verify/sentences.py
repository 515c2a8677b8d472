"""Every sentence of an issue against the article that it names and the source that was read."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping

from digest.model import Analysed, Issue, SourceText
from digest.render.issue_json import key_of
from digest.render.published import PublishedIssue, PublishedItem, PublishedSentence


def altered(issue: PublishedIssue) -> Iterator[str]:
    """Sentences that do not stand at their offsets in the article as issue.json holds it."""
    for item in issue.items:
        for article, sentence in _quoted(item):
            text = issue.texts[article]
            if not sentence.text or text[sentence.start : sentence.end] != sentence.text:
                yield (
                    f"第{item.number}条：不在原文 {sentence.start}–{sentence.end} 处 "
                    f"(not at its place in the article): {sentence.text}"
                )


def _quoted(item: PublishedItem) -> Iterator[tuple[str, PublishedSentence]]:
    """Every sentence of an item, of the summary and of other papers', with the key of its article."""
    yield from ((item.article, sentence) for sentence in item.sentences)
    yield from ((added.article, added.sentence) for added in item.added)


def untraced(issue: PublishedIssue, sources: Mapping[str, SourceText]) -> Iterator[str]:
    """Sentences that the sources, as they were read and stored, do not spell out."""
    pruned = {name for name, source in sources.items() if not source.text}
    for item in issue.items:
        for _, sentence in _quoted(item):
            if pruned & {origin.source for origin in sentence.origin}:
                continue  # the library was told to forget the text
            read = "".join(
                sources[o.source].text[o.start : o.end] for o in sentence.origin if o.source in sources
            )
            if not _spells(read, sentence):
                yield f"第{item.number}条：来源文本里不是这一句 (the source reads otherwise): {sentence.text}"


def _spells(read: str, sentence: PublishedSentence) -> bool:
    """The one thing that may have come in is a space for a line end; without origins there is no source."""
    if not sentence.origin:
        return True
    return read.replace(" ", "") == sentence.text.replace(" ", "")


def drifted(published: PublishedIssue, kept: Issue) -> Iterator[str]:
    """Where issue.json and the library do not hold the same articles, sources and stories."""
    articles = {key_of(version.article): version.article for version in _versions(kept)}
    for key, text in published.texts.items():
        article = articles.get(key)
        if article is None:
            yield f"资料库里没有这篇文章 (the article is not in the library): {key}"
        elif _digest(article.text) != _digest(text):
            yield f"与资料库里的文章不同 (the article differs from the stored one): {key}"
    sums = {source.name: source.sha256 for source in kept.sources}
    for source in published.sources:
        if sums.get(source.name) != source.sha256:
            yield f"与资料库里记下的散列值不同 (not the hash of what was read): {source.name}"
    yield from _other_stories(published, kept)


def _other_stories(published: PublishedIssue, kept: Issue) -> Iterator[str]:
    here = {item.number: [sentence.text for sentence in item.sentences] for item in published.items}
    there = {item.number: [s.text for s in item.story.lead.sentences] for item in kept.items}
    for number in sorted(here.keys() | there.keys()):
        if here.get(number) != there.get(number):
            yield f"第{number}条与资料库里的不同 (the story differs from the stored one)"


def _versions(issue: Issue) -> Iterator[Analysed]:
    stories = [item.story for item in issue.items] + [left.story for left in issue.left_out]
    return (version for story in stories for version in story.members)


def _digest(text: str) -> bytes:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest()
