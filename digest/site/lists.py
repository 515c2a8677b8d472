"""Lists of stories → pages: regions, topics, papers, keywords, the home page and the calendar."""

from __future__ import annotations

import calendar
import heapq
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date

from digest.library.catalogue import Label, LabelKind
from digest.library.entries import IssueEntry, StoryEntry
from digest.site import paths
from digest.site.frame import Site, frame
from digest.site.stories import CRUMBS, Page, card, date_text
from digest.site.view import Card, DayCell, HomePage, IndexPage, IssueCard, Link, ListPage, MonthGrid

NEWEST = 60  # stories on the first page of a label; all others are on the pages of the months
HOME_MONTHS = 2
MAX_LISTED = 600  # of tens of thousands of keywords
KIND_NAMES = {"region": "地区", "topic": "主题", "paper": "来源", "keyword": "关键词"}
Counts = Mapping[LabelKind, Sequence[tuple[str, int]]]
Below = Mapping[
    str, Sequence[tuple[str, int]]
]  # by region, those right below it, with their number of stories


def label_page(
    site: Site,
    label: Label,
    months: Sequence[tuple[str, int]],
    newest: Sequence[StoryEntry],
    below: Below,
    feeds: Iterable[str],
) -> Page:
    """The first page of a label: the `NEWEST` stories, and the ways to those of each month."""
    total = sum(n for _, n in months)
    return _list_page(site, label, "", total, newest, months, below, feeds)


def month_page(
    site: Site, label: Label, month: str, entries: Sequence[StoryEntry], feeds: Iterable[str]
) -> Page:
    """All stories of a label in a month; it depends on nothing outside of the month."""
    return _list_page(site, label, month, len(entries), entries, (), {}, feeds)


def paged_months(months: Sequence[tuple[str, int]]) -> frozenset[str]:
    """The months that have a page: all, once there are more stories than the first page holds."""
    is_long = sum(n for _, n in months) > NEWEST
    return frozenset(month for month, _ in months) if is_long else frozenset()


def _list_page(
    site: Site,
    label: Label,
    month: str,
    total: int,
    entries: Sequence[StoryEntry],
    months: Sequence[tuple[str, int]],
    below: Below,
    feeds: Iterable[str],
) -> Page:
    path = paths.label_page(label, month)
    name = paths.label_name(label)
    folder = paths.label_folder(label)
    page = ListPage(
        title=name,
        kind=KIND_NAMES[label.kind],
        month=month_text(month) if month else "",
        total=total,
        cards=tuple(card(entry, path) for entry in entries),
        months=tuple(
            Link(month_text(one), paths.href(path, paths.label_page(label, one)), n)
            for one, n in (months if total > NEWEST else ())
        ),
        below=tuple(
            Link(value.rpartition("/")[2], paths.href(path, paths.label_page(Label("region", value))), n)
            for value, n in (below.get(label.value, ()) if label.kind == "region" else ())
        ),
    )
    crumbs = [*CRUMBS, (KIND_NAMES[label.kind], paths.index_page(label.kind))]
    if label.kind == "region":
        parts = label.value.split("/")
        above = ["/".join(parts[: n + 1]) for n in range(len(parts) - (0 if month else 1))]
        crumbs += [(one.rpartition("/")[2], paths.label_page(Label("region", one))) for one in above]
    elif month:
        crumbs.append((name, paths.label_page(label)))
    title = f"{name}　{page.month}" if month else name
    around = frame(
        site,
        path,
        title,
        crumbs=crumbs,
        description=f"{KIND_NAMES[label.kind]}“{name}”的消息，共 {total} 条。",
        feed_folder=folder if label.kind in feeds else "",
    )
    return Page(path, "list_page.html.j2", around, {"page": page})


def below_of(counts: Counts) -> Below:
    """By region, those right below it."""
    found: dict[str, list[tuple[str, int]]] = {}
    for value, n in counts["region"]:
        above, slash, _ = value.rpartition("/")
        if slash:
            found.setdefault(above, []).append((value, n))
    return found


def index_page(site: Site, kind: LabelKind, counts: Counts) -> Page:
    """All labels of a kind: the most frequent first; regions by province."""
    path = paths.index_page(kind)

    def link(value: str, n: int) -> Link:
        name = value.rpartition("/")[2] if kind == "region" else paths.label_name(Label(kind, value))
        return Link(name, paths.href(path, paths.label_page(Label(kind, value))), n)

    ranked = most_frequent(counts[kind], MAX_LISTED if kind != "region" else None)
    if kind == "region":
        cities: dict[str, list[Link]] = {}
        for value, n in ranked:
            if value.count("/") == 1:
                cities.setdefault(value.partition("/")[0], []).append(link(value, n))
        groups = tuple(
            (link(value, n), tuple(cities.get(value, ()))) for value, n in ranked if "/" not in value
        )
    else:
        groups = tuple((link(value, n), ()) for value, n in ranked)
    rest = 0 if kind == "region" else len(counts[kind]) - len(groups)
    page = IndexPage(KIND_NAMES[kind], groups, rest)
    return Page(path, "index_page.html.j2", frame(site, path, page.title, crumbs=CRUMBS), {"page": page})


def most_frequent(counts: Sequence[tuple[str, int]], n: int | None = None) -> list[tuple[str, int]]:
    """Values and how often they stand, the most frequent first: the first `n`, or all."""

    def rank(pair: tuple[str, int]) -> tuple[int, str]:
        return -pair[1], pair[0]

    return sorted(counts, key=rank) if n is None else heapq.nsmallest(n, counts, key=rank)


# ---------------------------------------------------------------- home and calendar


def home_page(
    site: Site, issues: Sequence[IssueEntry], newest: Sequence[StoryEntry], pdfs: frozenset[tuple[str, date]]
) -> Page:
    """The latest issue of each edition by region, and the calendar of the latest months."""
    path = paths.HOME
    latest = {entry.edition: entry for entry in issues}  # by date: the last one stays
    months = sorted({_month(entry.day) for entry in issues})[-HOME_MONTHS:]
    page = HomePage(
        latest=tuple(
            (entry_card(entry, path, pdfs), tuple(_by_region(entry, newest, path)))
            for entry in sorted(latest.values(), key=lambda e: (e.day.toordinal() * -1, e.edition))
        ),
        calendars=tuple(month_grid(month, issues, path) for month in reversed(months)),
        years=tuple(
            Link(f"{year}年", paths.href(path, paths.year_page(year)))
            for year in sorted({entry.day.year for entry in issues}, reverse=True)
        ),
    )
    return Page(path, "home_page.html.j2", frame(site, path, site.name), {"page": page})


def _by_region(
    issue: IssueEntry, entries: Iterable[StoryEntry], page: str
) -> Iterator[tuple[str, tuple[Card, ...]]]:
    groups: dict[str, list[Card]] = {}
    for entry in entries:
        if (entry.edition, entry.day) == (issue.edition, issue.day):
            groups.setdefault("·".join(entry.region[:2]), []).append(card(entry, page))
    yield from ((name, tuple(cards)) for name, cards in groups.items())


def entry_card(entry: IssueEntry, page: str, pdfs: frozenset[tuple[str, date]]) -> IssueCard:
    number = "" if entry.number is None else f"　第{entry.number}期"
    folder = f"{entry.edition}/" if entry.edition else ""
    full = f"{folder}{entry.day.isoformat()}/"
    has_pdf = (entry.edition, entry.day) in pdfs
    return IssueCard(
        title=f"{date_text(entry.day)}{number}",
        href=paths.href(page, paths.issue_page(entry.edition, entry.day)),
        full=paths.href(page, f"{full}index.html"),
        pdf=paths.href(page, f"{full}digest.pdf") if has_pdf else "",
        n_items=entry.n_items,
    )


def year_pages(site: Site, issues: Sequence[IssueEntry]) -> Iterator[Page]:
    """The calendar of each year."""
    years = sorted({entry.day.year for entry in issues}, reverse=True)
    for year in years:
        path = paths.year_page(year)
        here = [entry for entry in issues if entry.day.year == year]
        months = sorted({_month(entry.day) for entry in here})
        values = {
            "title": f"{year}年",
            "calendars": tuple(month_grid(month, here, path) for month in months),
            "years": tuple(
                Link(f"{one}年", paths.href(path, paths.year_page(one)), is_here=one == year) for one in years
            ),
        }
        around = frame(site, path, f"{year}年各期", crumbs=CRUMBS)
        yield Page(path, "calendar_page.html.j2", around, values)


def month_grid(month: str, issues: Iterable[IssueEntry], page: str) -> MonthGrid:
    """The weeks of a month, from Monday; a day leads to its issue, of several editions to the first."""
    year, number = (int(part) for part in month.split("-"))
    found: dict[int, IssueEntry] = {}
    for entry in issues:
        if _month(entry.day) == month:
            found.setdefault(entry.day.day, entry)

    def cell(day: int) -> DayCell:
        entry = found.get(day)
        if entry is None:
            return DayCell(day, "", "")
        issue = "" if entry.number is None else f"第{entry.number}期，"
        label = f"{number}月{day}日，{issue}{entry.n_items}条"
        return DayCell(day, paths.href(page, paths.issue_page(entry.edition, entry.day)), label)

    weeks = calendar.Calendar().monthdayscalendar(year, number)
    return MonthGrid(month_text(month), tuple(tuple(cell(day) for day in week) for week in weeks))


def month_text(month: str) -> str:
    year, number = month.split("-")
    return f"{year}年{int(number)}月"


def _month(day: date) -> str:
    return day.isoformat()[:7]
