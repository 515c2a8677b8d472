"""The master of the samples: the invented texts of script/sample_texts as frozen data.

Each form (a wrapped page, an e-paper, …) is made from the same kind of article, and so is the gold that says
what a reader should find in it.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

PUBLISHED = "2026-03-18"
COLUMN_END = "‖"  # stands in a body where a column of the page ends
SUBHEAD = "## "
NOTICE = "虚构样例：报名、人名、机构、事件、数字均为编造"  # put where a format has room for a remark


@dataclass(frozen=True)
class Master:
    """One article of the master; `body` has a paragraph a line, subheads marked by `## `."""

    body: str
    title_lines: tuple[str, ...] = ()
    run_on: bool = False  # the headline's lines are one phrase
    spaced: bool = False  # the headline is printed l e t t e r - s p a c e d
    vertical: bool = False  # the headline runs down the page beside the body
    kicker: str = ""
    subtitle: str = ""
    lead: str = ""  # what stands before the first word of the body
    byline: str = ""  # a byline on a line of its own
    tail: str = ""  # a byline behind the last word
    authors: tuple[str, ...] = ()
    agency: str = ""
    place: str = ""
    headline: str = "before"
    columns: int = 1
    captions: tuple[str, ...] = ()
    caption: str = ""
    caption_after: int = -1
    image: str = ""
    jump_to: int | None = None
    jump_from: int | None = None
    continued_from: str = ""
    continues_in: str = ""
    story: str = ""  # equal for the versions of one wire story
    lose: tuple[tuple[int, int], ...] = ()  # lines that recognition missed: paragraph, line
    id: str = ""
    source: str = ""
    published: str = PUBLISHED
    url: str = ""
    file: str = ""
    time: str = ""
    content: int = 0
    notice: bool = False
    box: str = ""

    @property
    def title(self) -> str:
        return ("" if self.run_on else " ").join(self.title_lines)

    @property
    def paragraphs(self) -> tuple[str, ...]:
        return tuple(p for p in self.body.strip().splitlines() if not p.startswith(SUBHEAD))

    @property
    def subheads(self) -> tuple[tuple[int, str], ...]:
        """The subheads, each with the index of the paragraph it precedes."""
        found: list[tuple[int, str]] = []
        n_paragraphs = 0
        for line in self.body.strip().splitlines():
            if line.startswith(SUBHEAD):
                found.append((n_paragraphs, line.removeprefix(SUBHEAD)))
            else:
                n_paragraphs += 1
        return tuple(found)


@dataclass(frozen=True)
class Page:
    """One file of the master: the articles of a page, and what else is printed on it."""

    form: str
    articles: tuple[Master, ...]
    more: dict[str, Any]  # what belongs to one form only: width, masthead, folder, …

    def __getitem__(self, key: str) -> Any:
        return self.more[key]


def load_pages(folder: Path) -> tuple[Page, ...]:
    """The pages of the master, in the order of their file names."""
    return tuple(_page(path) for path in sorted(folder.glob("*.toml")))


def _page(path: Path) -> Page:
    data = tomllib.loads(path.read_text(encoding="utf-8"))
    known = {f.name for f in fields(Master)}
    articles: list[Master] = []
    for table in data.pop("article"):
        unknown = table.keys() - known
        if unknown:
            raise ValueError(f"{path}: unknown keys {sorted(unknown)}")
        articles.append(Master(**{key: _frozen(value) for key, value in table.items()}))
    return Page(data.pop("form"), tuple(articles), data)


def _frozen(value: Any) -> Any:
    return tuple(_frozen(one) for one in value) if isinstance(value, list) else value


def gold_article(article: Master, file: str, index: int, **changed: Any) -> dict[str, Any]:
    """What reading should find of `article` in `file`; `changed` replaces fields (x: adds to x)."""
    extra = {
        "id": f"{file}#{index}",
        "title_lines": list(article.title_lines),
        "byline_text": article.lead or article.byline or article.tail,
        "subhead_before": [before for before, _ in article.subheads],
    }
    for key in ("continues_in", "continued_from", "story"):
        if getattr(article, key):
            extra[key] = getattr(article, key)
    extra.update(changed.pop("x", {}))
    found = {
        "kicker": article.kicker,
        "title": article.title,
        "subtitle": article.subtitle,
        "authors": list(article.authors),
        "agency": article.agency,
        "dateline_place": article.place,
        "published": article.published,
        "jump_to": article.jump_to,
        "jump_from": article.jump_from,
        "paragraphs": [p.replace(COLUMN_END, "") for p in article.paragraphs],
        "captions": [*article.captions, *filter(None, [article.caption])],
        "subheads": [subhead for _, subhead in article.subheads],
    }
    return {**found, **changed, "x": extra}


def gold_file(
    file: str, articles: list[dict[str, Any]], not_articles: list[tuple[str, str]], **extra: Any
) -> dict[str, Any]:
    """One entry of gold.json."""
    return {
        "file": file,
        "articles": articles,
        "not_articles": [{"kind": kind, "text": text} for kind, text in not_articles],
        "x": extra,
    }
