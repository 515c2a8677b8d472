"""Which stories are a matter of an edition, and the stories of several days as one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from digest.compose.order import is_from
from digest.compose.sections import path_of, region_of, topic_of
from digest.config import Config, EditionConfig
from digest.keys import distinct
from digest.model import Analysed, Article, Issue, Reading, SourceText, Story


def config_of_edition(config: Config, edition: EditionConfig | None) -> Config:
    """The configuration with the name, the length and the theme of the edition; it counts its own issues."""
    if edition is None:
        return config
    return replace(
        config,
        issue=replace(
            config.issue,
            name=edition.name,
            publisher=edition.publisher or config.issue.publisher,
            number=None,
        ),
        compose=replace(config.compose, max_items=edition.length or config.compose.max_items),
        render=replace(config.render, theme=edition.theme or config.render.theme),
    )


def of_sources(analysed: Iterable[Analysed], edition: EditionConfig, config: Config) -> tuple[Analysed, ...]:
    """The articles that come from the sources of the edition; all where it names none."""
    if not edition.sources:
        return tuple(analysed)
    wanted = [source for source in config.source if source.name in edition.sources]
    return tuple(
        one
        for one in analysed
        if one.article.paper in edition.sources
        or any(is_from(one.article.source, one.article.paper, source) for source in wanted)
    )


def of_edition(stories: Iterable[Story], edition: EditionConfig, config: Config) -> tuple[Story, ...]:
    """The stories in the regions and topics of the edition; a region has all that is below it."""
    areas = {area.name: area.regions for area in config.area}
    names = [name for region in edition.regions for name in areas.get(region, (region,))]
    paths = [path_of(name) for name in names]
    own = {column.name for column in config.column}

    def is_wanted(story: Story) -> bool:
        place = region_of(story).path
        topics = {topic_of(story, own), *(topic.name for topic in story.lead.topics if topic.name in own)}
        in_region = not paths or any(place[: len(path)] == path for path in paths)
        return in_region and (not edition.topics or bool(topics & set(edition.topics)))

    return tuple(story for story in stories if is_wanted(story))


def pooled(issues: Sequence[Issue]) -> tuple[Reading, tuple[Analysed, ...]]:
    """All that several issues read, printed or not, each article once as the latest of them has it.

    Where two days read different texts under one name, the later one is called ``DATE/NAME``.
    """
    sources: dict[str, SourceText] = {}
    articles: dict[tuple[str, int, str], Analysed] = {}
    for issue in issues:
        renamed: dict[str, str] = {}
        for source in issue.sources:
            known = sources.get(source.name)
            if known is not None and known.text != source.text:
                renamed[source.name] = f"{issue.date}/{source.name}"
                source = replace(source, name=renamed[source.name])
            sources[source.name] = source
        stories = [item.story for item in issue.items] + [left.story for left in issue.left_out]
        for version in (version for story in stories for version in story.members):
            article = _renamed(version.article, renamed)
            articles[article.source, article.index, article.text] = replace(version, article=article)
    found = list(articles.values())
    named = tuple(distinct(one.article for one in found))
    pool = tuple(replace(one, article=article) for one, article in zip(found, named, strict=True))
    return Reading(named, (), tuple(sources.values())), pool


def _renamed(article: Article, names: dict[str, str]) -> Article:
    """The article with the names of its sources as `names` has them."""
    if article.source not in names and not any(p.source in names for p in article.paragraphs):
        return article
    source = names.get(article.source, article.source)
    own_id = f"{article.source}#{article.index}"
    return replace(
        article,
        source=source,
        id=f"{source}#{article.index}" if article.id == own_id else article.id,
        paragraphs=tuple(replace(p, source=names.get(p.source, p.source)) for p in article.paragraphs),
    )
