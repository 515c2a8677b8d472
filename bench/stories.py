#!/usr/bin/env python3
"""How the time and memory of merging grow, on invented newspapers.

    python bench/stories.py [N ...]        (default: 5000 10000 20000 40000 articles)

An article is drawn word by word from jieba's dictionary by its frequencies, so its words are spread as in
real text; every story has words of its own. Each story is printed by one to six papers, in full, shortened
from the end, or told anew. For every N a fresh process prints: articles, seconds on one core, microseconds
an article, the growth against the line before (1.0 is linear), peak memory, the seconds for links and
differences between the stories found, and how well they were found (which says little about real text: the
invented ones are easier).
"""

from __future__ import annotations

import json
import random
import resource
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import accumulate, chain
from math import comb
from pathlib import Path

import jieba

from digest.config import MergeConfig
from digest.model import Analysed, Article, Paragraph
from digest.story import merge
from digest.story.across import look_across
from digest.story.difference import differences

SIZES = (5_000, 10_000, 20_000, 40_000)
FIRST_DAY = date(2031, 3, 1)
ARTICLES_A_DAY = 4_000
PAPERS = 200


class Language:
    """Words of the dictionary, drawn by frequency."""

    def __init__(self, rng: random.Random) -> None:
        self._rng = rng
        words: list[str] = []
        weights: list[int] = []
        with Path(jieba.__file__).with_name("dict.txt").open(encoding="utf-8") as lines:
            for line in lines:
                word, count, _ = line.split(" ")
                if len(word) > 1:
                    words.append(word)
                    weights.append(int(count))
        self._words = words
        self._weights = list(accumulate(weights))

    def words(self, n: int) -> list[str]:
        return self._rng.choices(self._words, cum_weights=self._weights, k=n)

    def rare(self, n: int) -> list[str]:
        return self._rng.choices(self._words, k=n)


def story(language: Language, rng: random.Random) -> Iterator[tuple[str, list[str]]]:
    """Headline and paragraphs of each version of one piece of news."""
    names = language.rare(8)

    def sentence(n_names: int) -> str:
        words = language.words(rng.randint(8, 16)) + rng.sample(names, n_names)
        rng.shuffle(words)
        return "".join(words) + "。"

    def telling() -> tuple[str, list[str]]:
        headline = "".join(rng.sample(names, 4) + language.words(2))
        lead = "".join(sentence(4) for _ in range(3))
        return headline, [lead, *("".join(sentence(1) for _ in range(4)) for _ in range(rng.randint(2, 8)))]

    headline, paragraphs = telling()
    yield headline, paragraphs
    for _ in range(rng.choice((0, 0, 0, 1, 2, 5))):
        kind = rng.random()
        if kind < 0.4:
            yield headline, paragraphs
        elif kind < 0.8:
            yield "".join(rng.sample(names, 4)), paragraphs[: rng.randint(1, len(paragraphs))]
        else:
            yield telling()


def articles(n: int, seed: int = 7) -> tuple[list[Analysed], list[int]]:
    """n articles in the order of their days, and the number of the story of each."""
    rng = random.Random(seed)
    language = Language(rng)
    made: list[Analysed] = []
    gold: list[int] = []
    number = 0
    while len(made) < n:
        number += 1
        for headline, paragraphs in story(language, rng):
            day = FIRST_DAY + timedelta(days=len(made) // ARTICLES_A_DAY)
            text = tuple(Paragraph(paragraph) for paragraph in paragraphs)
            source = f"paper-{rng.randrange(PAPERS)}"
            made.append(Analysed(Article(source, len(made), headline, published=day, paragraphs=text)))
            gold.append(number)
    return made[:n], gold[:n]


def measure(n: int) -> dict[str, float]:
    made, gold = articles(n)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    start = time.process_time()
    stories = merge(made, MergeConfig())
    seconds = time.process_time() - start
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    start = time.process_time()
    look_across(stories, (), FIRST_DAY, MergeConfig())
    for one in stories:
        differences(one)
    beside = time.process_time() - start
    found = [[gold[member.article.index] for member in one.members] for one in stories]
    right = sum(comb(members.count(g), 2) for members in found for g in set(members))
    predicted = sum(comb(len(members), 2) for members in found)
    wanted = sum(comb(gold.count(g), 2) for g in set(chain(gold))) if n <= SIZES[0] else 0
    return {
        "articles": n,
        "seconds": seconds,
        "beside": beside,
        "megabytes": peak / 1024,
        "before": before / 1024,
        "precision": right / predicted if predicted else 1.0,
        "recall": right / wanted if wanted else 0.0,
    }


def main(arguments: list[str]) -> None:
    if arguments[:1] == ["--one"]:
        sys.stdout.write(json.dumps(measure(int(arguments[1]))))
        return
    last: dict[str, float] | None = None
    write = sys.stdout.write
    write("articles  seconds  µs/article  growth  peak MB  (articles alone)  beside  precision  recall\n")
    for n in [int(argument) for argument in arguments] or SIZES:
        command = [sys.executable, "-W", "ignore", __file__, "--one", str(n)]
        row = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
        growth = (row["seconds"] / last["seconds"]) / (n / last["articles"]) if last else 1.0
        recall = f"{row['recall']:6.3f}" if row["recall"] else "     –"
        write(
            f"{n:8}  {row['seconds']:7.2f}  {1e6 * row['seconds'] / n:10.0f}  {growth:6.2f}  "
            f"{row['megabytes']:7.0f}  {row['before']:16.0f}  {row['beside']:6.2f}  "
            f"{row['precision']:9.3f}  {recall}\n"
        )
        sys.stdout.flush()
        last = row


if __name__ == "__main__":
    main(sys.argv[1:])
