"""Several versions of one story together: what only another version adds, marked with its source.

The leading version tells what all report, once. A sentence of another version is added only where most of
what it says, weighed by how rare the words are, stands nowhere in the leading version, and where it still
speaks of the same thing. Better nothing than a repetition in other words.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from itertools import pairwise

from digest.config import SummaryConfig
from digest.model import Added, Story
from digest.summarize.document import Document, Unit, read_document
from digest.summarize.engines import engine
from digest.summarize.sentence import sentence_of
from digest.summarize.standing import Standing
from digest.summarize.vocabulary import content_words
from digest.text.frequencies import RARE, frequencies

MAX_ADDED = 2  # of a story, one of each version: a summary must stay one
MAX_VERSIONS = 12  # that are read; further ones are reprints of these
# Share of a sentence's weight that must be new. Read on 60 stories of development data: at 0.5 one in four
# of the additions repeated the lead in other words, at 0.65 none of 31.
MOSTLY_NEW = 0.6
FEWEST_NEW = 3  # words
SAME_THING = 2  # words or more that it has in common with the leading version
TELLING = 8.0  # nats; rarer than one word in 3,000
_FACT = re.compile(r"[0-9]|(?:表示|介绍|通报|宣布|公布|证实|透露|指出|称|说|要求|决定|发布)[，：“]")
# opinion, what the paper did itself, what it says of the news and not of the thing
_OPINION = re.compile(
    r"记者|本报|毋庸|看上去|不得不|难道|应当|应该|必须|值得|令人|我们|大家|让人|人们|也许|或许|网友|关注|发酵|热议|此前报道"
    r"|最新进展|介绍为|外界|查阅|转机"
)
SHORTEST, LONGEST = 18, 110  # characters


def together(story: Story, config: SummaryConfig) -> tuple[Added, ...]:
    """Sentences of versions other than the leading one that tell something it does not, at most MAX_ADDED."""
    if not story.others:
        return ()
    lead = read_document(story.lead.article)
    said = lead.copy
    subject = _subject(lead)
    added: list[Added] = []
    for number, version in enumerate(story.others[:MAX_VERSIONS], 1):
        if len(added) >= MAX_ADDED:
            break
        document = read_document(version.article)
        scores = engine(config.engine)(document)
        best = _best(document, scores, said, subject)
        if best is not None:
            unit = document.units[best]
            added.append(Added(number, sentence_of(version.article, unit, scores[best])))
            said += "\n" + document.copy
    return tuple(added)


def _subject(lead: Document) -> frozenset[str]:
    """The rarer words of the leading headline, or of the first sentence where there is none."""
    words = content_words(lead.title or (lead.units[0].copy if lead.units else ""))
    weight = frequencies().weight
    return frozenset(word for word in words if weight.get(word, RARE) >= TELLING)


def _best(document: Document, scores: Sequence[float], said: str, subject: Collection[str]) -> int | None:
    """The highest ranked sentence that adds something; None where there is none."""
    candidates = [
        at for at, unit in enumerate(document.units) if _is_news(unit.copy, subject) and _adds(unit, said)
    ]
    return max(candidates, key=lambda at: (scores[at], -at), default=None)


def _is_news(sentence: str, subject: Collection[str]) -> bool:
    """Whether a sentence states a fact or says who speaks, and names what the story is about."""
    if _OPINION.search(sentence) or not any(word in sentence for word in subject):
        return False
    return _FACT.search(sentence) is not None


def _adds(unit: Unit, said: str) -> bool:
    if unit.standing is not Standing.ALONE or not SHORTEST <= len(unit.copy) <= LONGEST:
        return False
    words = dict.fromkeys(unit.words)
    new = [word for word in words if not _is_said(word, said)]
    if len(new) < FEWEST_NEW or len(words) - len(new) < SAME_THING:
        return False
    weight = frequencies().weight
    share = sum(weight.get(word, RARE) for word in new) / sum(weight.get(word, RARE) for word in words)
    return share >= MOSTLY_NEW


def _is_said(word: str, said: str) -> bool:
    """Whether the word, or each pair of its characters, stands in what was said."""
    return word in said or (len(word) > 2 and all(a + b in said for a, b in pairwise(word)))
