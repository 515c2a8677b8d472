"""Which stories are a matter of an edition, and the stories of several days as one."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from digest.compose import compose
from digest.compose.edition import config_of_edition, of_edition, of_sources, pooled
from digest.config import AreaConfig, ColumnConfig, Config, EditionConfig, IssueConfig, SourceConfig
from digest.model import Article, Issue, Paragraph, Reading, Run, SourceText
from tests.test_compose import BODY, DAY, analysed, story

STORIES = (
    story("国"),
    story("市", place="聊城", topic="三农"),
    story("县", place="临清"),
    story("省", place="山东"),
    story("太", place="太原", topic="三农"),
)


@pytest.mark.parametrize(
    ("edition", "names"),
    [
        ({}, "国市县省太"),
        ({"regions": ("山东/聊城",)}, "市县"),
        ({"regions": ("山东", "全国")}, "国市县省"),
        ({"regions": ("鲁晋",)}, "市县太"),
        ({"topics": ("三农",)}, "市太"),
        ({"regions": ("山东",), "topics": ("三农", "防汛")}, "市"),
    ],
)
def test_an_edition_has_its_regions_and_topics(edition: dict[str, tuple[str, ...]], names: str) -> None:
    """A region has all that is below it, an area its regions; without either there is no limit."""
    config = Config(
        area=(AreaConfig("鲁晋", ("山东/聊城", "山西")),), column=(ColumnConfig("防汛", any=("汛",)),)
    )
    found = of_edition(STORIES, EditionConfig("版", "v", **edition), config)  # type: ignore[arg-type]

    assert "".join(one.id for one in found) == names


def test_an_edition_has_its_sources() -> None:
    """By the names of the newspapers, also where only the configuration knows whose a file is."""
    articles = (analysed("a", paper="甲报"), analysed("b", source="in/yi_1.txt"), analysed("c", paper="丙报"))
    config = Config(source=(SourceConfig("乙报", path="yi_*"), SourceConfig("丙报")))

    def found(*sources: str) -> list[str]:
        edition = EditionConfig("版", "v", sources=sources)
        return [one.article.id for one in of_sources(articles, edition, config)]

    assert found() == ["a", "b", "c"]
    assert found("甲报", "乙报") == ["a", "b"]


def test_an_edition_changes_the_configuration() -> None:
    """Its name, length and theme are its own, and a number of the main issue is not."""
    config = Config(issue=IssueConfig("日报摘", publisher="某室", number=7))
    made = config_of_edition(config, EditionConfig("周刊", "weekly", length=9, theme="plain"))

    assert (made.issue.name, made.issue.publisher, made.issue.number) == ("周刊", "某室", None)
    assert (made.compose.max_items, made.render.theme) == (9, "plain")


def _issue(n: int, text: str, *names: str) -> Issue:
    """An issue of one file that has the same name every day."""
    source = SourceText("page.txt", "page", text, str(n))
    run = (Run(0, 0, len(BODY)),)
    stories = [
        story(
            name,
            source="page.txt",
            index=i,
            title=f"{name}{n}",
            paragraphs=(Paragraph(BODY + text, run, "page.txt"),),
        )
        for i, name in enumerate(names)
    ]
    articles = tuple(one.lead.article for one in stories)
    return compose(stories, Reading(articles, (), (source,)), DAY + timedelta(n), Config())


def test_days_are_pooled() -> None:
    """Every article once, and texts that were read under one name on two days are kept apart."""
    first, second = _issue(0, "甲", "a", "b"), _issue(1, "乙", "c")
    reading, pool = pooled([first, second, first])

    assert [one.article.title for one in pool] == ["a0", "b0", "c1"]
    assert [source.name for source in reading.sources] == ["page.txt", "2031-04-03/page.txt"]
    moved = pool[2].article
    assert moved.source == moved.paragraphs[0].source == "2031-04-03/page.txt"
    assert moved.text == second.items[0].story.lead.article.text


def test_the_id_of_a_moved_article_moves_with_it() -> None:
    """An id made of source and index follows; one given by the source stays."""
    issue = _issue(1, "乙", "c")
    (item,) = issue.items
    own = replace(item.story.lead, article=replace(item.story.lead.article, id="page.txt#0"))
    section = issue.sections[0]
    group = replace(section.groups[0], items=(replace(item, story=replace(item.story, lead=own)),))
    changed = replace(issue, sections=(replace(section, groups=(group,)),))
    _, pool = pooled([_issue(0, "甲", "a"), changed])

    assert [one.article.id for one in pool] == ["a", "2031-04-03/page.txt#0"]


def test_what_was_left_out_is_material_too() -> None:
    """A story that a day had no room for may be one of the week."""
    left = compose([story("short", paragraphs=(Paragraph("短。"),))], Reading(), DAY, Config())

    assert [one.article.id for one in pooled([left])[1]] == ["short"]
    assert isinstance(pooled([left])[1][0].article, Article)
