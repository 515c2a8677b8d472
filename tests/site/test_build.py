"""The site in step with the library: what is made, what changes, and what goes."""

from __future__ import annotations

import shutil
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from digest.cli import run
from digest.config import IssueConfig
from digest.errors import RenderError
from digest.library import Library
from digest.site import build, engine, paths
from tests.site.archive import CONFIG, DAYS, URL, Archive, archive, issue_of, pages


def test_a_second_build_writes_nothing(desk: Archive) -> None:
    """The same library, the same files; not one is written again."""
    before = {path: (desk.out / path).stat().st_mtime_ns for path in desk.files()}
    made = desk.build()

    assert (made.n_written, made.n_removed) == (0, 0)
    assert {path: (desk.out / path).stat().st_mtime_ns for path in desk.files()} == before


@pytest.mark.parametrize("order", [(0, 1, 2), (2, 1, 0), (1, 2, 0)])
def test_the_order_of_building_leaves_no_trace(made: Archive, tmp_path: Path, order: tuple[int, ...]) -> None:
    """Day by day, backwards or all at once: the same bytes."""
    desk = Archive(tmp_path)
    for n in order:
        desk.publish(issue_of(DAYS[n]))
        desk.build()

    assert desk.files() == made.files()
    assert desk.manifest() == made.manifest()


def test_an_import_makes_the_same_site(desk: Archive, tmp_path: Path) -> None:
    """Read into an empty library, an export gives the same bytes, what was taken back included."""
    withdraw = ["withdraw", f"{DAYS[0]}#1", "--reason", "已更正", "--date", "2026-04-05", "-o", str(desk.out)]
    assert run(withdraw) == 0
    with Library(desk.library_path) as library:
        lines = list(library.export())
    other = Archive(tmp_path / "other")
    with Library(other.library_path, create=True) as library:
        library.import_lines(lines, "export")
    for folder in desk.out.glob("2026-*"):
        shutil.copytree(folder, other.out / folder.name)
    config = tmp_path / "digest.toml"
    config.write_text(f'[site]\nurl = "{URL}"\n[render]\npdf = false\n', encoding="utf-8")
    for one in (desk, other):
        assert run(["site", "-o", str(one.out), "--config", str(config), "-q"]) == 0

    assert "撤稿说明" in desk.text("feed.xml") or "撤稿说明" in desk.text(f"{DAYS[0]}/index.html")
    assert other.files() == desk.files()
    with Library(other.library_path) as library, Library(desk.library_path) as first:
        assert list(library.export()) == list(first.export())


def test_a_day_writes_only_what_it_changes(desk: Archive) -> None:
    """A new issue leaves the stories and articles of all others as they are."""
    before = {path: (desk.out / path).stat().st_mtime_ns for path in desk.files()}
    desk.publish(issue_of(date(2026, 4, 3)))
    desk.build()
    after = {path: (desk.out / path).stat().st_mtime_ns for path in desk.files()}
    changed = {path for path, time in before.items() if after.get(path) != time}

    assert not [path for path in changed if path.startswith(("story/", "article/"))]
    assert "issue/2026-03-18.html" not in changed
    assert {"issue/2026-04-02.html", "index.html", "search/2026-04.js"} <= changed  # its neighbour, lists
    assert not [path for path in changed if path.startswith("search/2026-03")]


def test_what_is_gone_goes(desk: Archive) -> None:
    """A rebuilt issue with fewer stories takes their pages away, and lists that nothing is in any more."""
    lost = issue_of(DAYS[0]).sections[-1].items[0]
    desk.publish(*(issue_of(day, keep=2) for day in DAYS))
    made = desk.build()

    assert made.n_removed > 0
    files = desk.files()
    assert paths.story_page(paths.Key("", DAYS[0], lost.story.id)) not in files
    assert paths.label_page(paths.Label("region", "/".join(lost.region.path))) not in files
    assert desk.dead_links() == []
    fresh = Archive(desk.folder / "fresh")
    fresh.publish(*(issue_of(day, keep=2) for day in DAYS))
    fresh.build()
    assert files == fresh.files()


def test_another_name_changes_every_page(desk: Archive) -> None:
    """What stands on every page is part of every page's mark."""
    desk.build(replace(CONFIG, issue=IssueConfig(name="赣江新闻简报")))

    assert not [path for path, text in pages(desk) if "赣江新闻简报" not in text]


def test_a_file_that_was_lost_is_made_again(desk: Archive) -> None:
    """Whatever somebody removes comes back."""
    before = desk.files()
    for path in list(before)[::7]:
        if not path.startswith("."):
            (desk.out / path).unlink()
    desk.build()

    assert desk.files() == before


def test_two_editions_stand_side_by_side(desk: Archive) -> None:
    """The pages of an edition have a folder of their own, and both are on the home page."""
    desk.publish(replace(issue_of(DAYS[1]), edition="sme", name="中小企业版"))
    desk.build()

    assert {f"issue/sme/{DAYS[1]}.html", f"issue/{DAYS[1]}.html"} <= desk.files().keys()
    assert f"issue/sme/{DAYS[1]}.html" in desk.text("index.html")
    assert desk.dead_links() == []


def test_an_empty_library_is_a_site_too(tmp_path: Path) -> None:
    """A home page that says that there is nothing yet."""
    desk = Archive(tmp_path)
    desk.build()

    assert "还没有简报" in desk.text("index.html")


def test_the_search_engine_comes_and_goes(desk: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    """With the extra every third of a month is indexed; without it the search page does without."""
    pytest.importorskip("pagefind_bin", reason="needs the extra search")
    bundles = {path.split("/")[1] for path in desk.files() if path.endswith("/pagefind.js")}
    assert bundles == {"2026-03-2", "2026-04-1"}
    assert "wasm-unsafe-eval" in desk.text(paths.SEARCH)
    assert not [path for path, text in pages(desk) if "wasm" in text and path != paths.SEARCH]
    before = desk.files()
    with monkeypatch.context() as patch:
        patch.setattr(build, "find_engine", lambda: None)
        desk.build()
        assert not [path for path in desk.files() if "pagefind" in path or "engine" in path]
        assert "wasm" not in desk.text(paths.SEARCH)
        assert "engine.js" not in desk.text(paths.SEARCH)
    desk.build()

    assert desk.files() == before


def test_an_engine_that_fails_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """In one line with what it said; nothing of the site is changed."""
    program = tmp_path / "pagefind"
    program.write_text("#!/bin/sh\necho no room for it >&2\nexit 3\n", encoding="utf-8")
    program.chmod(0o755)
    monkeypatch.setattr(build, "find_engine", lambda: engine.Engine(program, "1"))
    desk = archive(tmp_path / "desk")
    with pytest.raises(RenderError, match=r"indexing failed.*no room for it"):
        desk.build()

    assert desk.files() == {}
