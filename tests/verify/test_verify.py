"""Whatever is changed in a published issue is found, and nothing in one that is whole."""

from __future__ import annotations

import json
import shutil
import sqlite3
import zlib
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from digest import pipeline
from digest.cli import run
from digest.compose.selection import Choice, select
from digest.config import Config, RenderConfig
from digest.errors import LibraryError
from digest.library import Library
from digest.publish.message import Attachment, Head, Mailbox, body, letter
from digest.publish.tree import JOURNAL_NAME
from digest.render.fonts import installed
from digest.render.mail import MailView, render_mail
from digest.render.present import present
from digest.render.themes import DEFAULT, find_theme
from digest.verify import verify
from tests.mailing.shelf import NOW
from tests.news import ROWS, jsonl
from tests.site.archive import DAYS, archive, issue_of

DAY = date(2026, 3, 18)
POST = """---
title: 绵阳新开三条公交线
---
绵阳市公交公司3月18日起新开三条线路，连接城北的两个新社区和高铁站，每天发车六十班。

市交通局说，今年还将更新电动公交车一百二十辆，并在四十个站点装上电子站牌。
"""


@pytest.fixture(scope="session")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with an issue in out/ and its library."""
    if not installed().chinese():
        pytest.skip("no Chinese font is installed: no PDF")
    folder = tmp_path_factory.mktemp("published")
    (folder / "rows.jsonl").write_bytes(jsonl(ROWS))
    (folder / "post.md").write_text(POST, encoding="utf-8")
    library = folder / "out.library" / "digest.sqlite3"
    pipeline.build(
        [folder / "rows.jsonl", folder / "post.md"], folder / "out", DAY, Config(), library=library
    )
    return folder


class Desk:
    """A copy of it that may be spoilt."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.issue = folder / "out" / DAY.isoformat()

    def found(self, *, sources: bool = False, only: Path | None = None) -> list[str]:
        with Library(self.folder / "out.library" / "digest.sqlite3") as library:
            report = verify(
                self.folder / "out", library, only=only, mail=self.folder / "out.mail", sources=sources
            )
        return [finding.what for finding in report.findings]

    def change(self, name: str, before: str, after: str) -> None:
        path = self.issue / name
        text = path.read_text(encoding="utf-8")
        assert before in text
        path.write_text(text.replace(before, after), encoding="utf-8")

    def save_letter(self, choice: Choice, *, spoil: Callable[[str], str] = str) -> None:
        with Library(self.folder / "out.library" / "digest.sqlite3") as library:
            issue = library.issue("", DAY)
        assert issue is not None
        view = present(select(issue, choice))
        parts = render_mail(view, MailView("主题", choice=choice.label), find_theme(DEFAULT))
        pdf = Attachment("digest.pdf", (self.issue / "digest.pdf").read_bytes())
        box = Mailbox("a@example.org")
        head = Head(box, box, "主题", NOW, "1@example.org", "简报", "a.example.org", "a@example.org")
        (self.folder / "out.mail").mkdir(exist_ok=True)
        data = letter(head, body(spoil(parts.text), parts.html, pdf)).data
        (self.folder / "out.mail" / "a.eml").write_bytes(data)


@pytest.fixture
def desk(published: Path, tmp_path: Path) -> Desk:
    shutil.copytree(published, tmp_path / "desk")
    return Desk(tmp_path / "desk")


def test_a_published_issue_holds(desk: Desk) -> None:
    """Every sentence, source, file and link of a build is found to be as it must."""
    with Library(desk.folder / "out.library" / "digest.sqlite3") as library:
        report = verify(desk.folder / "out", library, sources=True)

    assert report.findings == []
    assert report.n_issues == 1
    assert report.n_sources == 5
    assert report.n_files == 5  # HTML, PDF, EPUB, Markdown, text
    assert report.n_sentences > 3
    assert report.n_links > 10


CHANGES = {
    "a sentence of issue.json": ("issue.json", "四十七处", "四十八处", "not the file that was published"),
    "a sentence put in": ("index.html", "</main>", "<p>某某被捕。</p></main>", "not the file that was pub"),
    "a word of the text": ("digest.txt", "四十二所", "四十三所", "a sentence differs"),
    "a word of the Markdown": ("digest.md", "四十二所", "四十三所", "a sentence differs"),
    "a word on the page": ("index.html", "四十二所", "四十三所", "a sentence differs"),
    "a headline on the page": ("index.html", "杭州部署", "杭州安排", "a headline is missing"),
    "a link": ("index.html", 'href="#contents"', 'href="#nowhere"', "no such place in the page"),
    "a file linked to": ("index.html", 'href="#contents"', 'href="gone.html"', "leads nowhere"),
    "a way out": ("index.html", 'href="#contents"', 'href="../../x.html"', "leads nowhere"),
    "a hash": ("issue.json", '"sha256": "', '"sha256": "0', "not the hash of what was read"),
}


@pytest.mark.parametrize("change", CHANGES)
def test_a_change_is_found(desk: Desk, change: str) -> None:
    """Whatever was changed in a file of the issue is named."""
    name, before, after, said = CHANGES[change]
    desk.change(name, before, after)

    assert any(said in what for what in desk.found())


def test_a_file_that_is_gone_or_broken_is_found(desk: Desk) -> None:
    """Of all that was published with the issue."""
    (desk.issue / "digest.txt").unlink()
    (desk.issue / "digest.epub").write_bytes(b"PK cut off")
    found = desk.found()

    assert any("a file that was published is gone" in what for what in found)
    assert any("broken EPUB" in what for what in found)


@pytest.mark.parametrize(
    ("table", "before", "after"), [("articles", "四十二", "四十三"), ("sources", "增长", "下降")]
)
def test_what_was_stored_and_is_another_is_found(desk: Desk, table: str, before: str, after: str) -> None:
    """An article or a source's text changed in the library by other hands, wherever no sentence stands."""
    path = desk.folder / "out.library" / "digest.sqlite3"
    with closing(sqlite3.connect(path)) as connection, connection:
        n = 0
        for number, data in connection.execute(f"SELECT id, data FROM {table}").fetchall():
            text = zlib.decompress(data).decode()
            n += before in text
            changed = zlib.compress(text.replace(before, after).encode())
            connection.execute(f"UPDATE {table} SET data = ? WHERE id = ?", (changed, number))

    assert n > 0
    assert any("what was stored was changed" in what for what in desk.found())
    with Library(path) as library, pytest.raises(LibraryError, match="damaged"):
        library.check()


@pytest.mark.parametrize(
    ("name", "before", "after", "said"),
    [
        ("story", "四十二所", "四十三所", {"a sentence differs", "not the file that the site wrote"}),
        ("article", "招聘教师", "辞退教师", {"not the file that the site wrote"}),
        ("region", "成都今年", "重庆今年", {"not the file that the site wrote"}),
        ("feed.xml", "四十二所", "四十三所", {"a sentence differs", "not the file that the site wrote"}),
        ("feed.json", "四十二所", "四十三所", {"a sentence differs", "not the file that the site wrote"}),
        ("search", "四十二所", "四十三所", {"not the file that the site wrote"}),
    ],
)
def test_a_change_in_the_site_is_found(
    desk: Desk, name: str, before: str, after: str, said: set[str], capsys: pytest.CaptureFixture[str]
) -> None:
    """In a page, a feed, what search reads; the command names the file and ends with code 11."""
    out = desk.folder / "out"
    assert run(["site", "-o", str(out), "-q"]) == 0
    assert desk.found() == []
    files = [out / name] if "." in name else sorted((out / name).rglob("*.*"))
    spoilt = [path for path in files if path.is_file() and before.encode() in path.read_bytes()]
    for path in spoilt:
        path.write_bytes(path.read_bytes().replace(before.encode(), after.encode()))
    capsys.readouterr()

    assert spoilt
    assert run(["verify", "-o", str(out)]) == 11
    lines = capsys.readouterr().out.splitlines()
    for path in spoilt:
        of_file = [line for line in lines if line.startswith(f"{path}: ")]
        assert all(any(one in line for line in of_file) for one in said), path


def test_what_another_paper_adds_is_a_published_sentence_too(tmp_path: Path) -> None:
    """It stands in page, text, story page and feed, and at its place in its article; a change is found."""
    desk = archive(tmp_path, DAYS[:1])
    desk.build()
    issue = issue_of(DAYS[0])
    added = next(added for item in issue.items for added in item.story.added).sentence.text[:12]
    assert verify(desk.out, None).findings == []
    for path in desk.out.rglob("*"):
        if path.suffix in {".html", ".md", ".txt", ".xml"} and path.name[0] != ".":
            text = path.read_text(encoding="utf-8")
            path.write_text(text.replace(added, "改过"), encoding="utf-8")
    found = verify(desk.out, None).findings

    said = {Path(finding.where).name for finding in found if "a sentence differs" in finding.what}
    assert said >= {"index.html", "digest.md", "digest.txt", "feed.xml"}
    path = desk.out / DAYS[0].isoformat() / "issue.json"
    data = json.loads(path.read_text(encoding="utf-8"))
    items = [item for section in data["sections"] for group in section["groups"] for item in group["items"]]
    next(item for item in items if item["added"])["added"][0]["start"] += 1
    path.write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")
    assert any("not at its place in the article" in one.what for one in verify(desk.out, None).findings)


def test_a_page_of_the_site_that_is_gone_is_found(desk: Desk) -> None:
    """And an update of the site that was not finished."""
    out = desk.folder / "out"
    assert run(["site", "-o", str(out), "-q"]) == 0
    (out / "robots.txt").unlink()
    assert desk.found() == ["网站的文件不见了 (a file of the site is gone)"]
    (out / JOURNAL_NAME).write_text("{}", encoding="utf-8")
    assert any("an update was not finished" in what for what in desk.found())


def test_a_pruned_library_still_proves_what_it_can(desk: Desk) -> None:
    """Articles, files and links hold; offsets into texts that were forgotten are not asked for."""
    path = desk.folder / "out.library" / "digest.sqlite3"
    with Library(path) as library:
        before = library.issue("", DAY)
        assert library.prune(date(2026, 3, 19)) == 1
        after = library.issue("", DAY)
        assert before is not None
        assert after is not None
        assert after.sections == before.sections
        assert not any(source.text for source in after.sources)
    assert desk.found() == []
    assert run(["site", "-o", str(desk.folder / "out"), "-q"]) == 0
    assert desk.found() == []
    desk.change("index.html", "四十二所", "四十三所")
    assert any("a sentence differs" in what for what in desk.found())


def test_a_sentence_moved_is_found(desk: Desk) -> None:
    """Offsets that lead elsewhere are no proof, also without a library."""
    path = desk.issue / "issue.json"
    data = json.loads(path.read_text(encoding="utf-8"))
    sentence = data["sections"][0]["groups"][0]["items"][0]["sentences"][0]
    sentence["start"] += 1
    path.write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")

    report = verify(desk.folder / "out", None)
    assert ["not at its place in the article" in finding.what for finding in report.findings] == [True]


def test_the_pdf_of_another_issue_is_found(desk: Desk, tmp_path: Path) -> None:
    """The PDF must tell the same stories."""
    (tmp_path / "rows.jsonl").write_bytes(jsonl(ROWS[1:2]))
    other = pipeline.build([tmp_path / "rows.jsonl"], tmp_path / "other", DAY, Config())
    shutil.copy(other.folder / "digest.pdf", desk.issue / "digest.pdf")
    found = desk.found()
    assert any("a headline is missing" in what for what in found)

    (desk.issue / "digest.pdf").write_bytes(b"%PDF-1.7 cut off")
    assert any("broken PDF" in what for what in desk.found())


def test_a_source_that_changed_is_found_when_asked(desk: Desk, published: Path) -> None:
    """Files are hashed again only with `sources`: a desk may have cleared them away."""
    path = published / "post.md"
    data = path.read_bytes()
    path.write_bytes(data + b"\n")
    try:
        assert desk.found() == []
        assert any("has changed since it was read" in what for what in desk.found(sources=True))
    finally:
        path.write_bytes(data)


def test_an_issue_that_is_gone_is_found(desk: Desk) -> None:
    """What the library says is published must be there."""
    shutil.rmtree(desk.issue)

    assert any("not in the output folder" in what for what in desk.found())


def test_letters_tell_the_same_stories(desk: Desk) -> None:
    """A whole letter has every story; a selection has its own; a changed one is named."""
    for choice in (Choice(), Choice(regions=(("浙江",),))):
        desk.save_letter(choice)
        assert desk.found() == ([] if choice.is_whole else desk.found())
    desk.save_letter(Choice(), spoil=lambda text: text.replace("四十二所", "四十三所"))
    assert any("a sentence differs" in what for what in desk.found())
    desk.save_letter(Choice(), spoil=lambda text: text.replace("\n2. ", "\n22. "))
    assert {what.split(" (")[0] for what in desk.found()} >= {"缺第2条"}
    desk.save_letter(Choice(), spoil=lambda text: text.replace("2026年", "2027年"))
    assert any("not of a published issue" in what for what in desk.found())
    assert desk.found(only=desk.issue) == []


def test_the_command_ends_with_its_own_code(desk: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    """0 where all holds, whether the issue is named by date or folder; 11 and a list where not."""
    out = desk.folder / "out"
    for arguments in ([], [DAY.isoformat()], [str(desk.issue)]):
        assert run(["verify", *arguments, "-o", str(out)]) == 0
    assert run(["verify", str(out)]) == 0
    assert "1 期" in capsys.readouterr().err
    desk.change("index.html", "四十二所", "四十三所")

    assert run(["verify", "-o", str(out)]) == 11
    shown = capsys.readouterr()
    assert "index.html: 第" in shown.out
    assert run(["verify", "2026-03-19", "-o", str(out)]) == 2
    assert run(["verify", "-o", str(desk.folder / "nothing")]) == 1


def test_pages_without_a_library_are_compared_alone(desk: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    """And it is said that there was none."""
    shutil.rmtree(desk.folder / "out.library")

    assert run(["verify", "-o", str(desk.folder / "out")]) == 0
    assert "no library" in capsys.readouterr().err


def test_a_build_without_pdf_holds(tmp_path: Path) -> None:
    """A file that was not made is not missed."""
    (tmp_path / "rows.jsonl").write_bytes(jsonl(ROWS))
    pipeline.build(
        [tmp_path / "rows.jsonl"], tmp_path / "out", DAY, replace(Config(), render=RenderConfig(pdf=False))
    )

    assert verify(tmp_path / "out", None).findings == []
