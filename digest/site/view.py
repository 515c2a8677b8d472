"""What the templates of the site may see, beside the views of an issue in digest/render/view.py.

Every `href` is relative to the page that it stands on, so that the site works below any address and on a file
share. All texts are plain text: the templates escape them.
"""

from __future__ import annotations

from dataclasses import dataclass

from digest.render.view import ArticleView, CorrectionView, DifferenceView, SourceView, StoryView


@dataclass(frozen=True, slots=True)
class Link:
    text: str
    href: str
    count: int = 0  # of stories, where that is told
    lang: str = ""  # where it is not that of the page
    is_here: bool = False


@dataclass(frozen=True, slots=True)
class Frame:
    """What every page has around its matter."""

    title: str  # of the page
    title_lang: str  # where it is not that of the page
    site: str  # 新闻简报
    root: str  # the way to the output folder: "", "../", …
    path: str  # of the page below it
    canonical: str  # absolute, or "" where [site] url is not set
    lang: str  # zh-Hans, zh-Hant
    kind: str  # website, article: og:type
    description: str
    feed: str  # href of the page's Atom feed
    json_feed: str
    nav: tuple[Link, ...]
    crumbs: tuple[Link, ...]
    json_ld: str  # a JSON document, or ""


@dataclass(frozen=True, slots=True)
class Card:
    """A story in a list."""

    headline: str
    lang: str  # where it is not that of the page
    href: str
    date: str  # 3月18日
    date_iso: str
    region: str
    topic: str


@dataclass(frozen=True, slots=True)
class ListPage:
    """The stories with one label: the newest, or those of a month."""

    title: str  # 山东·聊城
    kind: str  # 地区
    month: str  # 2026年3月, or ""
    total: int
    cards: tuple[Card, ...]
    months: tuple[Link, ...]
    below: tuple[Link, ...]  # regions in this one


@dataclass(frozen=True, slots=True)
class IndexPage:
    """All labels of a kind, those below another in its group."""

    title: str
    groups: tuple[tuple[Link, tuple[Link, ...]], ...]
    rest: int  # labels that are not listed: rare ones


@dataclass(frozen=True, slots=True)
class DayCell:
    """A day of a calendar; without a number it belongs to another month."""

    number: int
    href: str  # of its issue, or ""
    label: str  # 3月18日 第1期，37条


@dataclass(frozen=True, slots=True)
class MonthGrid:
    title: str  # 2026年3月
    weeks: tuple[tuple[DayCell, ...], ...]


@dataclass(frozen=True, slots=True)
class IssueCard:
    title: str  # 2026年3月18日 第1期
    href: str
    full: str  # href of the issue as one page
    pdf: str  # href of its PDF, or ""
    n_items: int


@dataclass(frozen=True, slots=True)
class HomePage:
    latest: tuple[tuple[IssueCard, tuple[tuple[str, tuple[Card, ...]], ...]], ...]  # by section
    calendars: tuple[MonthGrid, ...]
    years: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class Version:
    """One paper's version of a story."""

    source: SourceView
    href: str  # of its article's page
    lang: str
    is_lead: bool
    is_here: bool


@dataclass(frozen=True, slots=True)
class StoryPage:
    story: StoryView
    issue: IssueCard
    versions: tuple[Version, ...]
    region: tuple[Link, ...]  # province, city, county
    topic: Link
    keywords: tuple[Link, ...]
    follows: Link | None  # 续报: the earlier story
    later: tuple[Link, ...]  # 后续
    related: tuple[tuple[str, Link], ...]  # kind, story
    differences: tuple[DifferenceView, ...]
    before: Link | None  # in the issue
    after: Link | None
    article: str  # href of the leading article


@dataclass(frozen=True, slots=True)
class ArticlePage:
    headline: str
    kicker: str
    subtitle: str
    source: SourceView
    article: ArticleView
    sentences: tuple[str, ...]  # href of each sentence in the story, where this version leads
    versions: tuple[Version, ...]
    story: Link
    corrections: tuple[CorrectionView, ...]
    warnings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PaperRow:
    link: Link
    first: str  # date of the first and the latest issue that it stands in
    latest: str
