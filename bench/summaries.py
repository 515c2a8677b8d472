"""Quality and speed of summaries, side by side with what a user could install instead.

    python bench/summaries.py ROWS.jsonl K [--rows N]

ROWS.jsonl holds {"id", "title", "text", "summary"}, one object a line; K sentences are asked of every tool.
Quality is character-level ROUGE F1 against `summary`. Time is processor time per row, everything from text to
chosen sentences: of digest with five keywords and without; of sumy and textrank4zh alone and with keywords,
sumy's being the TF-IDF of jieba, with which it cuts. A tool's time is told as a multiple of both times of
digest. Tools that are not installed (sumy, snownlp; textrank4zh needs scipy) are named and left out.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import re
import sys
import time
import warnings
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

from digest.config import SummaryConfig
from digest.model import Article, Paragraph
from digest.summarize import keywords, summarize
from digest.text.sentences import split

Row = dict[str, Any]
Tool = Callable[[Row, int], str]

N_KEYWORDS = 5
CHUNK = 200  # rows: long enough that what another tool has displaced from the caches does not count
_TOKEN = re.compile(r"[A-Za-z0-9.%]+|[\u4e00-\u9fff]")


def rouge(summary: str, reference: str) -> tuple[float, float, float]:
    """ROUGE-1, -2 and -L F1 (Lin 2004); a Han character or a run of Latin and digits is a token."""
    ours, theirs = _TOKEN.findall(summary.lower()), _TOKEN.findall(reference.lower())
    return (
        _overlap(ours, theirs, 1),
        _overlap(ours, theirs, 2),
        _f1(_lcs(ours, theirs), len(ours), len(theirs)),
    )


def _overlap(ours: Sequence[str], theirs: Sequence[str], n: int) -> float:
    a, b = (Counter(zip(*(tokens[i:] for i in range(n)), strict=False)) for tokens in (ours, theirs))
    return _f1((a & b).total(), a.total(), b.total())


def _f1(shared: int, ours: int, theirs: int) -> float:
    return 2 * shared / (ours + theirs) if shared else 0.0


def _lcs(a: Sequence[str], b: Sequence[str]) -> int:
    row = [0] * (len(b) + 1)
    for x in a:
        diagonal = 0
        for j, y in enumerate(b, 1):
            diagonal, row[j] = row[j], diagonal + 1 if x == y else max(row[j], row[j - 1])
    return row[-1]


# ---------------------------------------------------------------- the tools


def _article(row: Row) -> Article:
    paragraphs = tuple(Paragraph(line) for line in row["text"].split("\n"))
    return Article(source="bench", index=0, title=row.get("title") or "", paragraphs=paragraphs)


def digest_engine(name: str, n_keywords: int) -> Tool:
    config = SummaryConfig(engine=name)

    def tool(row: Row, k: int) -> str:
        article = _article(row)
        if n_keywords:
            keywords(article, n_keywords)
        return "".join(sentence.text for sentence in summarize(article, config, n=k))

    return tool


def first_sentences(row: Row, k: int) -> str:
    return "".join(row["text"][start:end] for start, end in split(row["text"])[:k])


def textrank4zh(row: Row, k: int) -> str:
    """As its own documentation uses it; the function that networkx has dropped is supplied."""
    from types import SimpleNamespace

    import networkx
    from textrank4zh import TextRank4Sentence, util

    if util.nx is networkx:
        util.nx = SimpleNamespace(from_numpy_matrix=networkx.from_numpy_array, pagerank=networkx.pagerank)
    ranker = TextRank4Sentence()
    ranker.analyze(text=row["text"], lower=True, source="all_filters")
    chosen = sorted(ranker.get_key_sentences(num=k, sentence_min_len=6), key=lambda item: item.index)
    return "。".join(item.sentence for item in chosen)


def textrank4zh_with_keywords(row: Row, k: int) -> str:
    """The same with its keywords, which is what digest does in its time."""
    from textrank4zh import TextRank4Keyword

    ranker = TextRank4Keyword()
    ranker.analyze(text=row["text"], lower=True)
    ranker.get_keywords(N_KEYWORDS, word_min_len=2)
    return textrank4zh(row, k)


def sumy(kind: str) -> Tool:
    from sumy.nlp.tokenizers import Tokenizer
    from sumy.parsers.plaintext import PlaintextParser
    from sumy.summarizers.lex_rank import LexRankSummarizer
    from sumy.summarizers.text_rank import TextRankSummarizer

    summarizer = {"LexRank": LexRankSummarizer, "TextRank": TextRankSummarizer}[kind]()
    tokenizer = Tokenizer("chinese")

    def tool(row: Row, k: int) -> str:
        document = PlaintextParser.from_string(row["text"], tokenizer).document
        return "".join(str(sentence) for sentence in summarizer(document, k))

    return tool


def sumy_with_keywords(kind: str) -> Tool:
    from jieba.analyse import extract_tags

    sentences = sumy(kind)

    def tool(row: Row, k: int) -> str:
        extract_tags(row["text"], topK=N_KEYWORDS)
        return sentences(row, k)

    return tool


def snownlp(row: Row, k: int) -> str:
    from snownlp import SnowNLP

    return "".join(SnowNLP(row["text"]).summary(k))


def installed_tools() -> dict[str, Tool]:
    """The tools by name, digest first; those that cannot be measured are named on standard error."""
    tools: dict[str, Tool] = {
        "digest": digest_engine("textrank", N_KEYWORDS),
        "… no keywords": digest_engine("textrank", 0),
        "lead": first_sentences,
    }
    if _installed("textrank4zh", "scipy"):
        tools["textrank4zh"] = textrank4zh
        tools["… + keywords"] = textrank4zh_with_keywords
    if _installed("sumy", "nltk"):
        for kind in ("LexRank", "TextRank"):
            tools[f"sumy {kind}"] = sumy(kind)
            tools[f"… {kind} + keyw."] = sumy_with_keywords(kind)
    if _installed("snownlp"):
        tools["snownlp"] = snownlp
    return tools


def _installed(*modules: str) -> bool:
    missing = [module for module in modules if importlib.util.find_spec(module) is None]
    if missing:
        print(f"{modules[0]} is left out: {', '.join(missing)} is not installed", file=sys.stderr)
    return not missing


# ---------------------------------------------------------------- the table


def measure(tools: dict[str, Tool], rows: Sequence[Row], k: int) -> Iterator[tuple[str, list[float], float]]:
    """For each tool its name, mean ROUGE-1, -2, -L in per cent, and milliseconds of processor time per row.

    The tools take turns every CHUNK rows, so that all meet the same load of the machine.
    """
    seconds = dict.fromkeys(tools, 0.0)
    summaries: dict[str, list[str]] = {name: [] for name in tools}
    longest = max(rows, key=lambda row: len(row["text"]))
    for tool in tools.values():  # what is loaded once is not counted
        tool(longest, k)
        tool(rows[-1], k)
    for first in range(0, len(rows), CHUNK):
        for name, tool in tools.items():
            start = time.process_time()
            summaries[name] += [tool(row, k) for row in rows[first : first + CHUNK]]
            seconds[name] += time.process_time() - start
    for name in tools:
        scores = [rouge(ours, row["summary"]) for ours, row in zip(summaries[name], rows, strict=True)]
        quality = [100 * sum(column) / len(rows) for column in zip(*scores, strict=True)]
        yield name, quality, 1000 * seconds[name] / len(rows)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("rows", type=Path)
    parser.add_argument("k", type=int)
    parser.add_argument("--rows", dest="n_rows", type=int, default=None, help="only the first N rows")
    options = parser.parse_args()
    lines = options.rows.read_text(encoding="utf-8").splitlines()
    rows = [json.loads(line) for line in lines if line.strip()][: options.n_rows]
    rows = [row for row in rows if len(split(row["text"])) > options.k]
    print(f"{options.rows.name}  k={options.k}  {len(rows)} rows")
    print(f"{'':20}{'R-1':>7}{'R-2':>7}{'R-L':>7}{'ms/row':>10}{'times digest':>14}{'no keywords':>13}")
    costs: list[float] = []
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for name, quality, cost in measure(installed_tools(), rows, options.k):
            costs.append(cost)
            figures = "".join(f"{value:7.2f}" for value in quality)
            print(f"{name:20}{figures}{cost:10.3f}{cost / costs[0]:14.1f}{cost / costs[:2][-1]:13.1f}")


if __name__ == "__main__":
    main()
