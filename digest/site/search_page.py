"""The page to search with, the page about what is here, and the one about what is not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from digest.library import IssueEntry
from digest.library.catalogue import Label
from digest.model import Ledger
from digest.site import paths
from digest.site.frame import NAV, Site, frame
from digest.site.lists import KIND_NAMES, Counts, most_frequent
from digest.site.stories import CRUMBS, Page, date_text
from digest.site.view import Link

FILTER_VALUES = 400  # of a filter: the most frequent


def search_page(site: Site, counts: Counts, *, has_engine: bool) -> Page:
    """With the values of each filter, the most frequent first; without scripts it leads to the lists."""
    path = paths.SEARCH
    regions = [(value.replace("/", "·"), n) for value, n in most_frequent(counts["region"], FILTER_VALUES)]
    papers: dict[str, int] = {}
    for value, n in counts["paper"]:
        name = paths.label_name(Label("paper", value))
        papers[name] = papers.get(name, 0) + n
    values = {
        "regions": regions,
        "topics": most_frequent(counts["topic"], FILTER_VALUES),
        "papers": most_frequent(list(papers.items()), FILTER_VALUES),
        "has_engine": has_engine,
        "ways": [Link(name, paths.href(path, paths.index_page(kind))) for kind, name in KIND_NAMES.items()],
    }
    return Page(path, "search_page.html.j2", frame(site, path, "查找", crumbs=CRUMBS), values)


def not_found_page(site: Site) -> list[Page]:
    """The page for addresses that lead nowhere, which stands wherever they do; none without [site] url."""
    if not site.url:
        return []
    there = frame(site, paths.NOT_FOUND, "没有这一页")
    nav = (
        replace(link, href=site.address(target), is_here=False)
        for link, (_, target) in zip(there.nav, NAV, strict=True)
    )
    absolute = replace(
        there,
        root=site.address(""),
        canonical="",
        nav=tuple(nav),
        feed=site.address(paths.ATOM),
        json_feed=site.address(paths.JSON_FEED),
    )
    values = {"home": site.address(paths.HOME), "search": site.address(paths.SEARCH)}
    return [Page(paths.NOT_FOUND, "not_found_page.html.j2", absolute, values)]


def about_page(
    site: Site, issues: Sequence[IssueEntry], counts: Counts, latest: Sequence[tuple[IssueEntry, Ledger]]
) -> Page:
    """How the briefing is made, whose papers are in it, and what came in for the latest issue."""
    path = paths.ABOUT
    papers = [
        Link(
            paths.label_name(Label("paper", value)),
            paths.href(path, paths.label_page(Label("paper", value))),
            n,
        )
        for value, n in most_frequent(counts["paper"])
    ]
    values = {
        "papers": papers,
        "ledgers": [(date_text(entry.day), ledger) for entry, ledger in latest],
        "names": {
            name: paths.label_name(Label("paper", name))
            for _, ledger in latest
            for name in (*(one.name for one in ledger.received), *ledger.silent)
        },
        "n_issues": len(issues),
        "n_items": sum(entry.n_items for entry in issues),
        "since": date_text(issues[0].day) if issues else "",
        "atom": paths.href(path, paths.ATOM),
        "json_feed": paths.href(path, paths.JSON_FEED),
    }
    return Page(path, "about_page.html.j2", frame(site, path, "说明", crumbs=CRUMBS), values)
