"""The stages in order: what a build does as a whole."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path

import pytest

from digest import pipeline
from digest.config import Config, PlaceConfig, RenderConfig, TopicConfig
from digest.errors import NothingFoundError, RenderError
from digest.model import Article, Issue, Paragraph, Reading, Rendition
from digest.publish.lock import LOCK_NAME
from digest.render import Renditions
from digest.summary import summarise_all
from tests.news import ROWS, jsonl

DAY = date(2026, 3, 18)
NO_PDF = Config(render=RenderConfig(pdf=False))


@pytest.fixture
def rows_path(tmp_path: Path) -> Path:
    path = tmp_path / "rows.jsonl"
    path.write_bytes(jsonl(ROWS))
    return path


def _files(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


def test_a_build_goes_from_files_to_an_issue(rows_path: Path, tmp_path: Path) -> None:
    """The rows become stories in sections, and the wire story is one item with two papers."""
    built = pipeline.build([rows_path], tmp_path / "out", DAY, NO_PDF)

    assert built.folder == tmp_path / "out" / "2026-03-18"
    assert built.failures == ()
    assert len(built.issue.items) == 3
    assert sorted(len(item.story.members) for item in built.issue.items) == [1, 1, 2]
    assert built.issue.sections[0].place.path == ("全国",)


def test_the_same_input_gives_the_same_bytes(rows_path: Path, tmp_path: Path) -> None:
    """Two builds, one of them in threads, write the same files."""
    first = pipeline.build([rows_path], tmp_path / "one", DAY, NO_PDF)
    with ThreadPoolExecutor(2) as executor:
        second = pipeline.build([rows_path], tmp_path / "two", DAY, NO_PDF, executor=executor)

    assert _files(first.folder) == _files(second.folder)


def test_an_issue_is_no_input_of_the_next(rows_path: Path) -> None:
    """Building a folder into a folder inside it gives the same bytes every time."""
    out = rows_path.parent / "out"
    first = _files(pipeline.build([rows_path.parent], out, DAY, NO_PDF).folder)
    second = _files(pipeline.build([rows_path.parent], out, DAY, NO_PDF).folder)

    assert first == second
    assert LOCK_NAME in {path.name for path in out.iterdir()}


def test_the_executor_changes_nothing(rows_path: Path) -> None:
    """Articles analysed elsewhere come back as they would here, in their order."""
    articles = pipeline.read([rows_path], NO_PDF).articles * 40
    with ThreadPoolExecutor(2) as executor:
        elsewhere = pipeline.analyse_all(articles, NO_PDF, executor=executor)

    assert elsewhere == pipeline.analyse_all(articles, NO_PDF)


def test_what_was_read_is_told_before_nothing_is_found(tmp_path: Path) -> None:
    """The reasons are given also where no article is left to go on with, and nothing is written."""
    (tmp_path / "empty.txt").write_bytes(b"")
    told: list[Reading] = []
    with pytest.raises(NothingFoundError):
        pipeline.build([tmp_path / "empty.txt"], tmp_path / "out", DAY, NO_PDF, on_read=told.append)

    assert [len(reading.skipped) for reading in told] == [1]
    assert not (tmp_path / "out").exists()


def test_progress_goes_through_the_stages(rows_path: Path, tmp_path: Path) -> None:
    """Every stage tells its beginning and its end, in order."""
    told: list[tuple[str, int, int | None]] = []
    pipeline.build([rows_path], tmp_path / "out", DAY, NO_PDF, progress=lambda *message: told.append(message))

    stages = list(dict.fromkeys(stage for stage, _, _ in told))
    assert stages == ["read", "analyse", "merge", "compose", "render", "publish"]
    assert [(done, total) for stage, done, total in told if stage == "analyse"][-1] == (4, 4)


def test_a_pdf_that_fails_leaves_the_page(
    rows_path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What could be made is published, and the failure is given back."""
    failure = RenderError("digest.pdf: no")

    def render(issue: Issue, config: RenderConfig) -> Renditions:  # noqa: ARG001 - the signature of render
        return Renditions([Rendition("index.html", b"<p>")], [failure])

    monkeypatch.setattr(pipeline, "render", render)
    built = pipeline.build([rows_path], tmp_path / "out", DAY, NO_PDF)

    assert _files(built.folder) == {"index.html": b"<p>"}
    assert built.failures == (failure,)


def test_the_places_and_words_of_the_configuration_count() -> None:
    """A place and a word that only the configuration knows decide region and topic."""
    text = "蓝溪湾街道3月17日举行竹篾会，蓝溪湾各社区的竹篾手艺人到场。竹篾会还将在蓝溪湾举行三天。"
    article = Article("-", 0, title="蓝溪湾举行竹篾会", paragraphs=(Paragraph(text),))
    config = Config(
        place=(PlaceConfig("蓝溪湾", "山东/聊城"),), topic=(TopicConfig("文化体育", ("竹篾",), weight=9.0),)
    )
    analysed = pipeline.analyse(article, None, config)

    assert analysed.regions[0].place.path[:2] == ("山东", "聊城")
    assert analysed.topics[0].name == "文化体育"


def test_summaries_come_one_by_one(rows_path: Path) -> None:
    """A summary is there before the next article is asked for."""
    asked = []

    def articles() -> object:
        for article in pipeline.read([rows_path], NO_PDF).articles:
            asked.append(article.id)
            yield article

    summaries = summarise_all(articles(), NO_PDF.summary, n=1)  # type: ignore[arg-type]
    next(summaries)

    assert asked == ["a1"]


def test_an_issue_is_valid_json_of_the_same_items(rows_path: Path, tmp_path: Path) -> None:
    """issue.json holds the items of the issue that was composed."""
    built = pipeline.build([rows_path], tmp_path / "out", DAY, NO_PDF)
    data = json.loads((built.folder / "issue.json").read_bytes())

    assert data["issue"]["date"] == "2026-03-18"
    assert len(data["sections"]) == len(built.issue.sections)
