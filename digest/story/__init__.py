"""Articles → stories: the same development once, with everyone who carried it. See docs/stories.md."""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Sequence

from digest.config import MergeConfig
from digest.model import Analysed, Article, Merge, Story
from digest.story.candidates import candidates
from digest.story.linkage import groups
from digest.story.pairs import Pairs
from digest.text.sentences import split

LATE_DAYS = 1  # a version of more days after the first one does not lead, however full it is
ID_CHARS = 300  # of the text, in which the first sentence is looked for
MAX_COMPARED = 8  # versions that a further one is compared with for the reason that is shown
NO_HEADLINE = 0.5  # a version without a printed headline leads only where it is twice as long

__all__ = ["merge"]


def merge(analysed: Sequence[Analysed], config: MergeConfig) -> tuple[Story, ...]:
    """Stories in the order of their first members; every article is in exactly one.

    Articles that were published more than `config.window_days` days apart are not compared; an article
    without a date is compared with all. Time grows in step with the number of articles.
    """
    pairs = Pairs([one.article for one in analysed])
    near = candidates(pairs.prints, pairs.vectors, config.window_days)
    stories: list[Story] = []
    taken: set[str] = set()
    for members in groups(len(analysed), near, pairs.probability):
        story = _story(members, analysed, pairs, taken)
        taken.add(story.id)
        stories.append(story)
    return tuple(stories)


def _story(members: list[int], analysed: Sequence[Analysed], pairs: Pairs, taken: set[str]) -> Story:
    lead = _lead(members, analysed)
    joined, merges = [lead], []
    for member in members:
        if member == lead:
            continue
        into = max(joined[:MAX_COMPARED], key=lambda other: pairs.probability(member, other))
        names = [_id(analysed[i].article) for i in (member, into)]
        merges.append(
            Merge(names[0], names[1], pairs.reason(member, into), round(pairs.probability(member, into), 4))
        )
        joined.append(member)
    article = analysed[lead].article
    others = tuple(analysed[member] for member in members if member != lead)
    return Story(_story_id(article, taken), analysed[lead], others, tuple(merges))


def _lead(members: list[int], analysed: Sequence[Analysed]) -> int:
    """The fullest of the early versions; the first of the equally full."""
    days = [published.toordinal() for i in members if (published := analysed[i].article.published)]
    last = min(days, default=0) + LATE_DAYS

    def fullness(i: int) -> float:
        article = analysed[i].article
        if article.published and article.published.toordinal() > last:
            return -1.0
        sound = sum(len(p.text) * (1.0 - p.damage) for p in article.paragraphs)
        return sound if article.title and not article.title_is_made else sound * NO_HEADLINE

    return max(members, key=lambda i: (fullness(i), -i))


def _id(article: Article) -> str:
    return article.id or f"{article.source}#{article.index}"


def _story_id(article: Article, taken: set[str]) -> str:
    """Twelve hexadecimal digits that depend on the headline and the first sentence of the lead alone.

    Only where another story has the same two does the date count as well, and then the place in the order.
    """
    sentences = split(article.text[:ID_CHARS])
    first = article.text[slice(*sentences[0])] if sentences else article.text[:ID_CHARS]
    title = "".join(unicodedata.normalize("NFKC", article.title).split())
    words = title + "\n" + "".join(unicodedata.normalize("NFKC", first).split())
    name = _digest(words)
    if name in taken:
        words += f"\n{article.published or ''}"
        name = _digest(words)
    count = 1
    while name in taken:
        count += 1
        name = _digest(f"{words}\n{count}")
    return name


def _digest(words: str) -> str:
    return hashlib.sha256(words.encode("utf-8", "replace")).hexdigest()[:12]
