"""The rank of a story: a sum of named parts, each weighed in digest.toml under [order]."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from fnmatch import fnmatchcase
from math import log2
from pathlib import PurePath

from digest.compose.choice import pick_of
from digest.compose.sections import path_of
from digest.config import Config, OrderConfig, SourceConfig
from digest.model import Article, Place, Score, Story

NEWS_PAGES = 4  # pages 2 to 4 are the news pages of most papers
FULL_LENGTH = 1000  # characters; longer texts gain nothing more
PINNED = 100.0  # above all that the other parts can give


def score_of(story: Story, region: Place, topic: str, day: date, config: Config) -> Score:
    """The rank of a story in the issue of `day`: the sum of its named parts, without those that add nothing.

    What several papers chose to print leads; an editor's own choice of page and place comes next; length, a
    printed headline and freshness only break ties between stories of equal standing.
    """
    order = config.order
    articles = [version.article for version in story.members]
    papers = {article.paper or article.source for article in articles}
    parts = {
        "置顶": PINNED if pick_of(story, config.compose.pinned) else 0.0,
        "报纸数": order.papers * log2(len(papers)),
        "版面": max(_page_weight(article.page, order) for article in articles),
        "位置": order.place * max(_place_on_page(article) for article in articles),
        "来源": order.source * (max(_source_weight(article, config.source) for article in articles) - 1.0),
        "词语": _words_weight(articles, order),
        "地区": _region_weight(region, order),
        "栏目": dict(order.topics).get(topic, 0.0),
        "时效": order.freshness * max(_freshness(article, day) for article in articles),
        "篇幅": order.length * min(len(story.lead.article.text) / FULL_LENGTH, 1.0),
        "标题": order.headline
        if any(article.title and not article.title_is_made for article in articles)
        else 0.0,
    }
    kept = tuple((name, round(value, 4)) for name, value in parts.items() if round(value, 4))
    return Score(round(sum(value for _, value in kept), 4), kept)


def _page_weight(page: int | None, order: OrderConfig) -> float:
    if page is None or page < 1:
        return 0.0
    if page == 1:
        return order.front_page
    return order.news_page if page <= NEWS_PAGES else 0.0


def _place_on_page(article: Article) -> float:
    """1 for the first article of a page, a half for the second, a third for the third …"""
    return 1.0 / (1 + article.index) if article.page is not None else 0.0


def _words_weight(articles: Iterable[Article], order: OrderConfig) -> float:
    """The weights of the words that stand in a headline of any version, each once."""
    headlines = "\n".join(f"{article.kicker}\n{article.title}\n{article.subtitle}" for article in articles)
    return sum(weight for word, weight in order.words if word and word in headlines)


def _region_weight(region: Place, order: OrderConfig) -> float:
    """The weight of the region, or of the nearest one above it that has a weight."""
    weights = {path_of(name): weight for name, weight in order.regions}
    paths = (region.path[:depth] for depth in range(len(region.path), 0, -1))
    return next((weights[path] for path in paths if path in weights), 0.0)


def _freshness(article: Article, day: date) -> float:
    """1 for an article of the issue's date or later, a half for one of the day before …; 0 without a date."""
    if article.published is None:
        return 0.0
    return 1.0 / (1 + max((day - article.published).days, 0))


def _source_weight(article: Article, sources: Iterable[SourceConfig]) -> float:
    return next((source.weight for source in sources if is_from(article.source, article.paper, source)), 1.0)


def is_from(file: str, paper: str, source: SourceConfig) -> bool:
    """Whether a file, or the newspaper that it names, is the configured source."""
    if source.name in (paper, file):
        return True
    name = PurePath(file).name
    return bool(source.path) and (fnmatchcase(file, source.path) or fnmatchcase(name, source.path))
