"""Stories → Issue: which section, which topic, in which order, and what is left out and why."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from datetime import date
from fnmatch import fnmatchcase
from math import log2
from pathlib import PurePath

from digest.config import Config, SourceConfig
from digest.model import Article, Issue, Item, LeftOut, Place, Reading, Score, Section, Story, TopicGroup

NATION, ABROAD, OVERSEAS_CHINA = "全国", "国际", "港澳台"
OTHER = "其他"
TOPIC_ORDER = (
    *("时政", "经济", "产业", "三农", "城建交通", "生态环境", "科技教育"),
    *("社会民生", "卫生健康", "文化体育", "法治安全", "外交军事", OTHER),
)
MUNICIPALITIES = frozenset({"北京", "天津", "上海", "重庆"})  # their districts are no cities of their own

# The parts of a story's score. What several papers chose to print leads; an editor's own choice of page and
# place comes next; length and a printed headline only break ties between stories of equal standing.
PAPERS_WEIGHT = 2.0  # for each doubling of the number of papers
FRONT_PAGE_WEIGHT = 2.0
INNER_PAGE_WEIGHT = 0.5  # pages 2 to 4, the news pages of most papers
NEWS_PAGES = 4
PLACE_WEIGHT = 1.0  # for the first article of a page, halved for the second, a third for the third …
LENGTH_WEIGHT = 1.0
FULL_LENGTH = 1000  # characters; longer texts gain nothing more
HEADLINE_WEIGHT = 0.5
SOURCE_WEIGHT = 2.0  # for each unit that the best source's weight in digest.toml is above 1

# A headline that is nothing but the name of a paid or official notice.
_NOTICE = re.compile(
    r"[^，。：；！？]{0,20}(?:启事|遗失声明|作废声明|(?:招标|中标|拍卖|采购|招聘|招租|出租|注销|减资|清算|债权|催收"
    r"|转让|出让|竞价|送达|开庭|停电|停水)(?:公告|通知|通告))"
)


def compose(stories: Sequence[Story], reading: Reading, day: date, config: Config) -> Issue:
    """The issue of `day` from `stories`, given in the order of reading, which decides between equal scores.

    Every story is either an item or in `left_out` with a reason.
    """
    printed, left_out = [], []
    for story in stories:
        reason = _unprintable(story, config.compose.min_chars)
        if reason:
            left_out.append(LeftOut(story, reason))
        else:
            printed.append(story)
    sections: list[Section] = []
    number = 1
    for place, members in _by_section(printed, config):
        section, over = _section(place, members, number, config)
        if section.groups:
            sections.append(section)
        left_out += over
        number += len(section.items)
    return Issue(
        name=config.issue.name,
        publisher=config.issue.publisher,
        date=day,
        number=config.issue.number,
        sections=tuple(sections),
        left_out=tuple(left_out),
        skipped=reading.skipped,
        sources=reading.sources,
        warnings=tuple(dict.fromkeys(_warnings(reading))),
    )


#: A sentence out of a paragraph spoiled to a larger share than this is not printed.
MOST_DAMAGE = 0.2


def _unprintable(story: Story, min_chars: int) -> str | None:
    article = story.lead.article
    n_chars = sum(not c.isspace() for c in article.text)
    if n_chars < min_chars:
        return f"正文过短，不足以单独成条：{n_chars} 字，下限 {min_chars} 字"
    if is_notice(article):
        return f"启事、公告类内容：{article.title}"
    if not story.lead.sentences:
        return "未能从正文中选出完整的句子"
    quoted = {s.paragraph for s in story.lead.sentences}
    if all(article.paragraphs[n].damage > MOST_DAMAGE for n in quoted):
        return "正文识别损坏，没有可以照录的完整句子"
    if not article.title and _damage(article) > MOST_DAMAGE:
        return "正文识别损坏，标题也未找到"
    return None


def _damage(article: Article) -> float:
    """The share of an article's text that recognition spoiled, 0 to 1."""
    return sum(len(p.text) * p.damage for p in article.paragraphs) / max(1, len(article.text))


def is_notice(article: Article) -> bool:
    """Whether the headline is only the name of a notice and no reporter or agency signs the text."""
    signed = article.authors or article.agency or article.dateline_place
    return not signed and _NOTICE.fullmatch("".join(article.title.split())) is not None


# ---------------------------------------------------------------- sections


def section_place(place: Place) -> Place:
    """The section that `place` belongs to: a prefecture-level city, a province, 全国, 国际 or 港澳台."""
    path = place.path or (NATION,)
    if path[0] in (NATION, ABROAD, OVERSEAS_CHINA):
        return Place(path[:1])
    if path[0] in MUNICIPALITIES or len(path) == 1:
        return Place(path[:1], f"{place.code[:2]}0000" if place.code else "")
    if len(path) == 2:
        return Place(path, place.code)
    return Place(path[:2], f"{place.code[:4]}00" if place.code else "")


def _by_section(stories: Sequence[Story], config: Config) -> list[tuple[Place, list[Story]]]:
    """Columns of the user's own, then regions; areas of their own stand behind the home regions."""
    own = [column.name for column in config.column if column.section]
    in_column: dict[str, list[Story]] = {name: [] for name in own}
    for story in stories:
        name = next((name for name in own if name in _own_topics(story, config)), None)
        if name is not None:
            in_column[name].append(story)
    taken = {story.id for group in in_column.values() for story in group}
    rest = [story for story in stories if story.id not in taken]
    return [*((Place((name,)), in_column[name]) for name in own), *_by_region(rest, config)]


def _by_region(stories: Sequence[Story], config: Config) -> list[tuple[Place, list[Story]]]:
    members: dict[tuple[str, ...], list[Story]] = {}
    places: dict[tuple[str, ...], Place] = {}
    areas = {_path(region): area.name for area in config.area for region in area.regions}
    for story in stories:
        place = section_place(_region(story))
        area = next((areas[place.path[:n]] for n in (2, 1) if place.path[:n] in areas), None)
        if area is not None:
            place = Place((area,))
        known = places.setdefault(place.path, place)
        if place.code and not known.code:
            places[place.path] = place
        members.setdefault(place.path, []).append(story)
    home = _home(stories, config.issue.home)
    wanted = [_path(name) for name in config.issue.region_order]
    own = {(area.name,) for area in config.area}
    order = sorted(places.values(), key=lambda place: _section_rank(place, home, wanted, own))
    return [(place, members[place.path]) for place in order]


def _path(name: str) -> tuple[str, ...]:
    """("山东", "聊城") for 山东/聊城 and for 山东·聊城."""
    return tuple(part.strip() for part in re.split(r"[/·]", name) if part.strip())


def _section_rank(
    place: Place, home: tuple[str, ...], wanted: Sequence[tuple[str, ...]], own: Collection[tuple[str, ...]]
) -> tuple[int, int, bool, str, tuple[str, ...]]:
    path = place.path
    if path in wanted:
        asked = wanted.index(path)
    else:  # 山东 in the order asked for stands for its cities too
        asked = next((i for i, ask in enumerate(wanted) if ask == path[: len(ask)]), len(wanted))
    if path[0] == NATION:
        kind = 0
    elif path in own or (home and path[: len(home)] == home):
        kind = 1
    else:
        kind = {OVERSEAS_CHINA: 3, ABROAD: 4}.get(path[0], 2)
    return asked, kind, not place.code, place.code, path


def _home(stories: Sequence[Story], configured: str) -> tuple[str, ...]:
    """The path of the issue's home: as configured, else the one that most stories' newspapers have."""
    path = _path(configured)
    if path:
        return path[:1] if path[0] in MUNICIPALITIES else path[:2]
    homes = Counter(
        section_place(member.home.place).path for story in stories for member in story.members if member.home
    )
    homes.pop((NATION,), None)
    return min(homes, key=lambda path: (-homes[path], path), default=())


def _region(story: Story) -> Place:
    """The region that most versions of the story were given; the lead's where votes are equal."""
    places = [version.regions[0].place for version in story.members if version.regions]
    if not places:
        return Place((NATION,))
    votes = Counter(section_place(place).path for place in places)
    return max(places, key=lambda place: votes[section_place(place).path])


def _own_topics(story: Story, config: Config) -> set[str]:
    """The user's own columns that the lead of a story belongs in."""
    own = {column.name for column in config.column}
    return {topic.name for topic in story.lead.topics if topic.name in own}


def _topic(story: Story, passed: Collection[str]) -> str:
    """The topic, none of `passed`, that most versions of the story have; the lead's where votes are equal."""
    kept = [[topic.name for topic in version.topics if topic.name not in passed] for version in story.members]
    names = [topics[0] for topics in kept if topics]
    votes = Counter(names)
    return max(names, key=lambda name: votes[name], default=OTHER)


def _section(
    place: Place, stories: Sequence[Story], number: int, config: Config
) -> tuple[Section, list[LeftOut]]:
    """The section with its items numbered from `number`, and what its limit left out."""
    limit = config.compose.max_per_section
    ranked = sorted(
        ((score_of(story, config.source), story) for story in stories), key=lambda pair: -pair[0].total
    )  # sorted is stable: equal scores stay in the order of reading
    title = "·".join(place.path)
    passed = {column.name for column in config.column if column.section}
    over = [LeftOut(story, f"超出“{title}”栏目的条数上限：{limit} 条") for _, story in ranked[limit:]]
    by_topic: dict[str, list[tuple[Score, Story]]] = {}
    for score, story in ranked[:limit]:
        by_topic.setdefault(_topic(story, passed), []).append((score, story))
    own = (column.name for column in config.column)
    asked = (*config.issue.topic_order, *own, *TOPIC_ORDER)
    groups = []
    for topic in sorted(
        by_topic, key=lambda name: (asked.index(name) if name in asked else len(asked), name)
    ):
        items = tuple(
            Item(number + i, story, _region(story), topic, score)
            for i, (score, story) in enumerate(by_topic[topic])
        )
        groups.append(TopicGroup(topic, items))
        number += len(items)
    return Section(title, place, tuple(groups)), over


# ---------------------------------------------------------------- order


def score_of(story: Story, sources: Sequence[SourceConfig]) -> Score:
    """The rank of a story: the sum of its named parts. Parts that add nothing are left out."""
    articles = [version.article for version in story.members]
    papers = {article.paper or article.source for article in articles}
    lead = story.lead
    parts = {
        "报纸数": PAPERS_WEIGHT * log2(len(papers)),
        "版面": max(_page_weight(article.page) for article in articles),
        "位置": max(
            PLACE_WEIGHT / (1 + article.index) if article.page is not None else 0.0 for article in articles
        ),
        "篇幅": LENGTH_WEIGHT * min(len(lead.article.text) / FULL_LENGTH, 1.0),
        "标题": HEADLINE_WEIGHT
        if any(article.title and not article.title_is_made for article in articles)
        else 0.0,
        "来源": SOURCE_WEIGHT * (max(_source_weight(article, sources) for article in articles) - 1.0),
    }
    kept = tuple((name, round(value, 4)) for name, value in parts.items() if round(value, 4))
    return Score(round(sum(value for _, value in kept), 4), kept)


def _page_weight(page: int | None) -> float:
    if page is None or page < 1:
        return 0.0
    if page == 1:
        return FRONT_PAGE_WEIGHT
    return INNER_PAGE_WEIGHT if page <= NEWS_PAGES else 0.0


def _source_weight(article: Article, sources: Iterable[SourceConfig]) -> float:
    name = PurePath(article.source).name
    for source in sources:
        if source.name in (article.paper, article.source):
            return source.weight
        if source.path and (fnmatchcase(article.source, source.path) or fnmatchcase(name, source.path)):
            return source.weight
    return 1.0


# ---------------------------------------------------------------- warnings


def _warnings(reading: Reading) -> Iterable[str]:
    """What a reader of the issue should know about its sources, in the order of reading.

    The reader has said of every article whether its other half (下转, 上接) was found.
    """
    for source in reading.sources:
        for warning in source.warnings:
            yield f"{source.name}：{warning}"
    for article in reading.articles:
        for warning in article.warnings:
            yield f"{article.source}：《{article.title or '无题'}》{warning}"
