"""Which section and which topic a story stands in, and the order of the sections."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Sequence

from digest.config import Config
from digest.model import Place, Story

NATION, ABROAD, OVERSEAS_CHINA = "全国", "国际", "港澳台"
OTHER = "其他"
TOPIC_ORDER = (
    *("时政", "经济", "产业", "三农", "城建交通", "生态环境", "科技教育"),
    *("社会民生", "卫生健康", "文化体育", "法治安全", "外交军事", OTHER),
)
MUNICIPALITIES = frozenset({"北京", "天津", "上海", "重庆"})  # their districts are no cities of their own


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


def by_section(stories: Sequence[Story], config: Config) -> list[tuple[Place, list[Story]]]:
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
    areas = {path_of(region): area.name for area in config.area for region in area.regions}
    for story in stories:
        place = section_place(region_of(story))
        area = next((areas[place.path[:n]] for n in (2, 1) if place.path[:n] in areas), None)
        if area is not None:
            place = Place((area,))
        known = places.setdefault(place.path, place)
        if place.code and not known.code:
            places[place.path] = place
        members.setdefault(place.path, []).append(story)
    home = _home(stories, config.issue.home)
    wanted = [path_of(name) for name in config.issue.region_order]
    own = {(area.name,) for area in config.area}
    order = sorted(places.values(), key=lambda place: _section_rank(place, home, wanted, own))
    return [(place, members[place.path]) for place in order]


def path_of(name: str) -> tuple[str, ...]:
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
    path = path_of(configured)
    if path:
        return path[:1] if path[0] in MUNICIPALITIES else path[:2]
    homes = Counter(
        section_place(member.home.place).path for story in stories for member in story.members if member.home
    )
    homes.pop((NATION,), None)
    return min(homes, key=lambda path: (-homes[path], path), default=())


def region_of(story: Story) -> Place:
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


def topic_of(story: Story, passed: Collection[str]) -> str:
    """The topic, none of `passed`, that most versions of the story have; the lead's where votes are equal."""
    kept = [[topic.name for topic in version.topics if topic.name not in passed] for version in story.members]
    names = [topics[0] for topics in kept if topics]
    votes = Counter(names)
    return max(names, key=lambda name: votes[name], default=OTHER)


def topic_rank(config: Config) -> dict[str, int]:
    """The place of each topic in a section: the configuration's order, one's own columns, the fixed order."""
    own = (column.name for column in config.column)
    asked = dict.fromkeys((*config.issue.topic_order, *own, *TOPIC_ORDER))
    return {name: n for n, name in enumerate(asked)}
