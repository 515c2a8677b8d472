"""Which of the twelve columns an article belongs in: a lexicon that a person can read, and a small n-gram model.

The columns carry the codes of GB/T 20093-2022. IPTC Media Topics stand beside them for JSON-LD.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from math import exp, log1p

from digest.classify.ngram import TEXT_CHARS, NgramModel, load_model
from digest.classify.wording import wording
from digest.model import Article, Evidence, Topic

OTHER = "其他"
MASK = "不计"  # words of the lexicon that count for nothing, and keep the shorter ones inside from counting


@dataclass(frozen=True, slots=True)
class Column:
    """A topic of the briefing: its GB/T 20093-2022 code (the first where it holds several) and IPTC Media Topic."""

    name: str
    code: str
    iptc: str  # medtop:…, https://cv.iptc.org/newscodes/mediatopic/ (CC BY 4.0)


COLUMNS = (
    Column("时政", "01", "11000000"),  # politics and government
    Column("经济", "11", "04000000"),  # economy, business and finance
    Column("产业", "15", "20000209"),  # economic sector
    Column("三农", "14", "20000210"),  # agriculture
    Column("城建交通", "13", "20000337"),  # transport
    Column("生态环境", "22", "06000000"),  # environment
    Column("科技教育", "31", "13000000"),  # science and technology
    Column("社会民生", "05", "14000000"),  # society
    Column("卫生健康", "38", "07000000"),  # health
    Column("文化体育", "35", "01000000"),  # arts, culture, entertainment and media
    Column("法治安全", "02", "02000000"),  # crime, law and justice
    Column("外交军事", "03", "16000000"),  # conflict, war and peace
)
NAMES = tuple(column.name for column in COLUMNS)

TITLE_TIMES = 3  # a word of the headline counts as often
LEAD_CHARS = 120
LEAD_TIMES = 2
SECOND_SHARE = 0.2  # a second column is named where it has this share
MIN_SUM = 3.0  # one word in passing is no column: below this sum of weights, and no model, 其他
MAX_EVIDENCE = 6
LEXICON_WEIGHT = 1.0


@cache
def lexicon() -> dict[str, tuple[int, float]]:
    """Each word's column (index in NAMES, -1 for none) and weight."""
    words: dict[str, tuple[int, float]] = {}
    text = files("digest.classify").joinpath("data", "topics.tsv").read_text(encoding="utf-8")
    for line in text.splitlines()[1:]:
        topic, weight, listed = line.split("\t")
        for word in listed.split():
            words[word] = (NAMES.index(topic) if topic != MASK else -1, float(weight))
    return words


@cache
def _lengths() -> dict[str, tuple[int, ...]]:
    sizes: dict[str, set[int]] = {}
    for word in lexicon():
        sizes.setdefault(word[:2], set()).add(len(word))
    return {head: tuple(sorted(lengths, reverse=True)) for head, lengths in sizes.items()}


def classify_topics(article: Article) -> tuple[Topic, ...]:
    """The columns of an article, best first, at least one; scores are shares that sum to at most 1."""
    title, text = wording(article, TEXT_CHARS)
    sums, evidence = lexicon_sums(title, text)
    model = load_model()
    if model is None:
        shares = _shares([log1p(value) for value in sums])
    else:
        shares = _shares(combine(model, title, text, sums))
    if max(sums) < MIN_SUM and max(shares) < 0.5:
        return (Topic(OTHER, "", 0.0, ()),)
    ranked = sorted(range(len(NAMES)), key=lambda i: (-shares[i], i))
    return tuple(
        Topic(NAMES[i], COLUMNS[i].code, round(shares[i], 4), evidence[i][:MAX_EVIDENCE])
        for i in ranked[:2]
        if i == ranked[0] or shares[i] >= SECOND_SHARE
    )


def combine(model: NgramModel, title: str, text: str, sums: Sequence[float]) -> list[float]:
    """The model's sums with what the lexicon says added, one for each column."""
    learnt = model.sums(title, text)
    return [a + LEXICON_WEIGHT * log1p(b) for a, b in zip(learnt, sums, strict=True)]


def lexicon_sums(title: str, text: str) -> tuple[list[float], list[tuple[Evidence, ...]]]:
    """Weights of the lexicon's words by column, each word damped when it comes again, and the words."""
    sums = [0.0] * len(NAMES)
    found: dict[str, list[tuple[int, float]]] = {}
    for start, word in _words(title):
        found.setdefault(word, []).append((-1 - start, TITLE_TIMES))
    for start, word in _words(text):
        found.setdefault(word, []).append((start, LEAD_TIMES if start < LEAD_CHARS else 1.0))
    words = lexicon()
    evidence: list[list[Evidence]] = [[] for _ in NAMES]
    for word, places in found.items():
        index, weight = words[word]
        if index < 0:
            continue
        value = weight * sum(times / (1 + nth) for nth, (_, times) in enumerate(places))
        sums[index] += value
        start = places[0][0]
        span = (start, start + len(word)) if start >= 0 else (-1, -1)
        evidence[index].append(
            Evidence(word, *span, "lexicon" if start >= 0 else "lexicon, headline", round(value, 2))
        )
    return sums, [tuple(sorted(one, key=lambda e: (-e.weight, e.start))) for one in evidence]


def _words(text: str) -> list[tuple[int, str]]:
    """Words of the lexicon in `text`, the longest at each place, without overlaps."""
    words, lengths = lexicon(), _lengths()
    found = []
    here, n = 0, len(text)
    while here < n:
        for size in lengths.get(text[here : here + 2], ()):
            word = text[here : here + size]
            if word in words:
                found.append((here, word))
                here += size - 1
                break
        here += 1
    return found


def _shares(sums: Sequence[float]) -> list[float]:
    best = max(sums)
    odds = [exp(value - best) for value in sums]
    total = sum(odds)
    return [value / total for value in odds]
