"""What the other versions of a story left out of the leading one, or added to it, sentence by sentence."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

from digest.model import Article, Change, Difference, Span, Story
from digest.story.fingerprint import without_dateline
from digest.text.script import is_traditional, simplified
from digest.text.sentences import split

MAX_SENTENCES = 400  # of a version; what stands behind them is not compared
MAX_BLOCK = 40  # sentences in a row that are held against each other for a likeness
MAX_CHARS = 500  # of a sentence that is held against another; one that goes on is no sentence
ALIKE = 0.6  # ratio of common characters from which on one sentence is the other, edited
COMMON = 0.3  # share of the pairs of characters; below it no closer look is worth its time
MIN_SHARED = 0.2  # share of the shorter version's sentences; below it is told anew, not edited


def differences(story: Story) -> tuple[Difference, ...]:
    """One difference for every version but the leading one, in the order of the versions.

    Script, width, spaces, marks and datelines make none; a sentence that only moved makes none. Time is
    quadratic in the sentences of an article at worst, of which at most MAX_SENTENCES are compared.
    """
    if not story.others:
        return ()
    lead = _Sentences(story.lead.article)
    return tuple(_difference(lead, version.article) for version in story.others)


class _Sentences:
    """The spans of an article's sentences, and each in a form that can be compared."""

    def __init__(self, article: Article) -> None:
        text = article.text
        convert = is_traditional(text)
        spans = [Span(*span) for span in split(text)[:MAX_SENTENCES]]
        pairs = [(span, _comparable(text[slice(*span)], convert=convert)) for span in spans]
        kept = [(span, words) for span, words in pairs if words]
        self.spans = [span for span, _ in kept]
        self.words = [words for _, words in kept]


def _comparable(sentence: str, *, convert: bool) -> str:
    text = without_dateline(unicodedata.normalize("NFKC", sentence))
    return "".join(c for c in (simplified(text) if convert else text) if c.isalnum())


def _difference(lead: _Sentences, article: Article) -> Difference:
    version = _Sentences(article)
    key = article.id or f"{article.source}#{article.index}"
    left_out: list[Span] = []
    added: list[Span] = []
    changed: list[Change] = []
    n_same = 0
    here, there = set(lead.words), set(version.words)
    matcher = SequenceMatcher(None, lead.words, version.words, autojunk=False)
    for kind, a, b, c, d in matcher.get_opcodes():
        if kind == "equal":
            n_same += b - a
            continue
        gone = [i for i in range(a, b) if lead.words[i] not in there]
        new = [j for j in range(c, d) if version.words[j] not in here]
        n_same += (b - a) - len(gone)
        paired = dict(_alike(gone, new, lead.words, version.words))
        changed += [Change(lead.spans[i], version.spans[j]) for i, j in paired.items()]
        left_out += [lead.spans[i] for i in gone if i not in paired]
        added += [version.spans[j] for j in new if j not in paired.values()]
    shorter = min(len(lead.words), len(version.words))
    if n_same + len(changed) < MIN_SHARED * shorter or not shorter:
        return Difference(key, is_told_anew=True)
    return Difference(key, tuple(left_out), tuple(added), tuple(changed))


def _alike(
    gone: Sequence[int], new: Sequence[int], before: Sequence[str], after: Sequence[str]
) -> Iterator[tuple[int, int]]:
    """Sentences of one block that are each other's edited form, each in at most one pair, in order."""
    if max(len(gone), len(new)) > MAX_BLOCK:
        return
    first = 0
    pairs_after = [_pairs(after[j]) for j in new]
    for i in gone:
        pairs = _pairs(before[i])
        for n in range(first, len(new)):
            fewest = min(len(pairs), len(pairs_after[n]))
            if not fewest or len(pairs & pairs_after[n]) < COMMON * fewest:
                continue
            matcher = SequenceMatcher(None, before[i], after[new[n]], autojunk=False)
            if matcher.ratio() >= ALIKE:
                yield i, new[n]
                first = n + 1
                break


def _pairs(sentence: str) -> frozenset[str]:
    """The pairs of neighbouring characters of a sentence; none of one that goes on without an end."""
    if len(sentence) > MAX_CHARS:
        return frozenset()
    return frozenset(sentence[i : i + 2] for i in range(len(sentence) - 1))
