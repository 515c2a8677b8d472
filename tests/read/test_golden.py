"""Each case under tests/golden is an input and, beside it, what reading it gives.

`DIGEST_BLESS=1 pytest tests/read/test_golden.py` writes the expected files anew; look at the difference
before committing it. All texts are invented.
"""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest

from digest.config import Limits
from digest.model import Article, Reading
from digest.read import read_bytes

GOLDEN = Path(__file__).parent.parent / "golden"
CASES = sorted(
    path
    for folder in ("epaper", "post", "html", "feed", "rows", "records", "page")
    for path in (GOLDEN / folder).glob("*")
    if not path.name.endswith(".expected.json")
)


def as_data(reading: Reading) -> dict[str, Any]:
    return {
        "articles": [article_data(article) for article in reading.articles],
        "skipped": [{"source": skipped.source, "reason": skipped.reason} for skipped in reading.skipped],
    }


def article_data(article: Article) -> dict[str, Any]:
    data = {
        "kicker": article.kicker,
        "title": article.title,
        "subtitle": article.subtitle,
        "title_is_made": article.title_is_made,
        "authors": list(article.authors),
        "agency": article.agency,
        "dateline_place": article.dateline_place,
        "published": article.published.isoformat() if article.published else None,
        "page": article.page,
        "jump_to": article.jump_to,
        "jump_from": article.jump_from,
        "paper": article.paper,
        "url": article.url,
        "paragraphs": [paragraph.text for paragraph in article.paragraphs],
        "speakers": [f"{one.speaker} {one.role}".strip() for one in article.paragraphs if one.speaker],
        "captions": list(article.captions),
        "subheads": list(article.subheads),
        "warnings": list(article.warnings),
    }
    return {key: value for key, value in data.items() if value not in ("", [], None, False)}


@pytest.mark.parametrize("case", CASES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_reading_gives_what_the_case_expects(case: Path) -> None:
    """A case reads as its expected file says."""
    expected_path = case.with_name(case.name + ".expected.json")
    found = as_data(read_bytes(case.read_bytes(), case.name, Limits()))
    if os.environ.get("DIGEST_BLESS"):
        expected_path.write_text(json.dumps(found, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")

    assert json.loads(expected_path.read_text(encoding="utf-8")) == found


@pytest.mark.parametrize("case", CASES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_every_character_of_a_paragraph_leads_back_to_the_text_as_read(case: Path) -> None:
    """Where a paragraph has a run, the source's text holds the same characters."""
    reading = read_bytes(case.read_bytes(), case.name, Limits())
    texts = {source.name: source.text for source in reading.sources}
    for article in reading.articles:
        for paragraph in article.paragraphs:
            copied = "".join(
                texts[paragraph.source][run.start : run.start + run.length] for run in paragraph.runs
            )

            assert copied == paragraph.text
