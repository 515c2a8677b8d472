"""Quality and speed of summaries, side by side with what a user could install instead.

    python bench/summaries.py ROWS.jsonl K [--rows N]

ROWS.jsonl holds {"id", "title", "text", "summary"}, one object a line; K sentences are asked of every tool.
Quality is character-level ROUGE F1 against `summary`; time is processor time per row, everything from text
to chosen sentences, for digest with keywords. Tools that are not installed (sumy, snownlp) are left out.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import re
import time
import warnings
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from digest.config import SummaryConfig
from digest.model import Article, Paragraph
from digest.summarize import keywords, summarize
from digest.text.sentences import split

Row = dict[str, Any]
Tool = Callable[[Row, int], str]

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


def digest_engine(name: str) -> Tool:
    config = SummaryConfig(engine=name)

    def tool(row: Row, k: int) -> str:
        article = _article(row)
        keywords(article, 5)
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
    ranker.get_keywords(5, word_min_len=2)
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


def snownlp(row: Row, k: int) -> str:
    from snownlp import SnowNLP

    return "".join(SnowNLP(row["text"]).summary(k))


def installed_tools() -> dict[str, Tool]:
    tools: dict[str, Tool] = {"digest": digest_engine("textrank"), "lead": first_sentences}
    if importlib.util.find_spec("textrank4zh"):
        tools["textrank4zh"] = textrank4zh
        tools["… + keywords"] = textrank4zh_with_keywords
    if importlib.util.find_spec("sumy"):
        tools["sumy LexRank"] = sumy("LexRank")
        tools["sumy TextRank"] = sumy("TextRank")
    if importlib.util.find_spec("snownlp"):
        tools["snownlp"] = snownlp
    return tools


# ---------------------------------------------------------------- the table


def measure(tool: Tool, rows: Sequence[Row], k: int) -> tuple[list[float], float]:
    """Mean ROUGE-1, -2, -L in per cent, and milliseconds of processor time per row."""
    tool(rows[-1], k)  # what is loaded once is not counted
    start = time.process_time()
    summaries = [tool(row, k) for row in rows]
    seconds = time.process_time() - start
    scores = [rouge(summary, row["summary"]) for summary, row in zip(summaries, rows, strict=True)]
    return [100 * sum(column) / len(rows) for column in zip(*scores, strict=True)], 1000 * seconds / len(rows)


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
    print(f"{'':15}{'R-1':>7}{'R-2':>7}{'R-L':>7}{'ms/row':>10}{'times digest':>14}")
    base = 0.0
    for name, tool in installed_tools().items():
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            quality, cost = measure(tool, rows, options.k)
        base = base or cost
        figures = "".join(f"{value:7.2f}" for value in quality)
        print(f"{name:15}{figures}{cost:10.3f}{cost / base:14.1f}")


if __name__ == "__main__":
    main()
