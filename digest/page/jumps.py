"""Articles that go on on another page: 下转第5版 … 上接第1版.

A jump is joined where page numbers agree and the titles or the running text do. Everything else stays as it
is printed, with a warning, so that a reader sees 原文未完 rather than a wrong ending.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from digest.model import Article
from digest.page.headline import share
from digest.page.overlap import bigrams

UNFINISHED = "原文未完"
WITHOUT_START = "前文缺失"
#: Titles that share this much of their bigrams are one title.
SAME_TITLE = 0.6
#: How much of a continuation's words must stand in the first part, where no title decides.
SAME_TEXT = 0.30


def link_jumps(articles: Sequence[Article]) -> tuple[Article, ...]:
    """The articles with `continues_in` filled where the other half is among them, else with a warning.

    Only articles of one paper and one day are joined: the same folder and date. Cost: jumps out times jumps
    in, per issue.
    """
    out = list(articles)
    taken: set[int] = set()
    tails = [i for i, article in enumerate(out) if article.jump_from is not None]
    for i, article in enumerate(out):
        if article.jump_to is None:
            continue
        scored = [(s, -j) for j in tails if j not in taken and j != i and (s := _fit(article, out[j])) > 0]
        scored.sort(reverse=True)
        if scored and (len(scored) == 1 or scored[0][0] - scored[1][0] > 0.02):
            j = -scored[0][1]
            taken.add(j)
            out[i] = replace(out[i], continues_in=f"{out[j].source}#{out[j].index}")
        else:
            out[i] = _warn(out[i], f"{UNFINISHED}（下转第{article.jump_to}版）")
    for j in tails:
        if j not in taken:
            out[j] = _warn(out[j], f"{WITHOUT_START}（上接第{out[j].jump_from}版）")
    return tuple(out)


def join_jumps(articles: Sequence[Article]) -> tuple[Article, ...]:
    """The articles with each continuation taken into the article that it continues.

    `articles` are linked by `link_jumps`. A paragraph that the jump cut in two stays two: the runs of a
    paragraph point into one source.
    """
    by_id = {f"{article.source}#{article.index}": article for article in articles}
    parts = {article.continues_in for article in articles if article.continues_in in by_id}
    joined: list[Article] = []
    for article in articles:
        if f"{article.source}#{article.index}" in parts:
            continue
        seen = {f"{article.source}#{article.index}"}
        whole = article
        following = article.continues_in
        while following in by_id and following not in seen:
            seen.add(following)
            part = by_id[following]
            whole = _append(whole, part)
            following = part.continues_in
        joined.append(whole)
    return tuple(joined)


def _append(first: Article, second: Article) -> Article:
    return replace(
        first,
        title=first.title or second.title,
        kicker=first.kicker or second.kicker,
        subtitle=first.subtitle or second.subtitle,
        authors=tuple(dict.fromkeys(first.authors + second.authors)),
        paragraphs=first.paragraphs + second.paragraphs,
        captions=first.captions + second.captions,
        subheads=first.subheads + second.subheads,
        warnings=tuple(dict.fromkeys(first.warnings + second.warnings)),
    )


def _warn(article: Article, warning: str) -> Article:
    return replace(article, warnings=(*article.warnings, warning))


def _fit(first: Article, second: Article) -> float:
    """How well `second` continues `first`, above 0; 0 where it cannot."""
    if not _same_issue(first, second) or (
        first.source == second.source and first.page == second.page and first.page
    ):
        return 0.0
    if first.page is not None and second.jump_from != first.page:
        return 0.0
    if second.page is not None and first.jump_to != second.page:
        return 0.0
    title = _alike(first.title, second.title)
    text = share(second.text[:600], set(bigrams(first.title + first.text)))
    if second.title and first.title:
        # the continuation often has a shortened title
        return title + 0.3 * text if title >= SAME_TITLE else 0.0
    return max(text, 0.01) if text >= SAME_TEXT or _only_place(first, second) else 0.0


def _only_place(first: Article, second: Article) -> bool:
    """Whether both page numbers are known and agree, so that an untitled continuation has its place."""
    return first.page is not None and second.page is not None and second.text != ""


def _alike(a: str, b: str) -> float:
    short, long = sorted((a, b), key=len)
    return share(short, set(bigrams(long)))


def _same_issue(first: Article, second: Article) -> bool:
    """Whether two articles stand in one paper of one day: by its name, else by the names of the files."""
    folder, stem = _place(first)
    other_folder, other_stem = _place(second)
    if first.published != second.published or folder != other_folder:
        return False
    if first.paper and second.paper:
        return first.paper == second.paper
    return stem == other_stem


def _place(article: Article) -> tuple[str, str]:
    """Folder, and what stands before the date in the name of the file."""
    folder, _, name = article.source.rpartition("/")
    return folder, re.sub(r"^[A-Z]\d+_", "", re.split(r"\d{4}", name, maxsplit=1)[0]).strip("_-. ")
