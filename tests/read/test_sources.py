from __future__ import annotations

from pathlib import Path

import pytest

from digest.config import Limits
from digest.read import read_bytes, read_sources, sources
from digest.read.post import read_post

POST = "---\ntitle: 桥\ndate: 2023-05-18\n---\n青岚河上的桥修好了，四月起恢复通行。\n"
CONTENT = (
    '<html><head><meta charset="utf-8"></head><body><!--enpproperty <date>2023-05-18</date>'
    "<title>{title}</title><nodename>民生</nodename>/enpproperty--><!--enpcontent--><p>{text}</p><!--/enpcontent--></body></html>"
)
INDEX = (
    '<html><head><title>云州日报</title></head><body><MAP NAME="PagePicMap">'
    '<Area href="content_12.htm"><Area href="content_3.htm"></MAP>'
    '<a id=pageLink href="node_1.htm">第02版：民生</a></body></html>'
)


def write(folder: Path, **files: str) -> None:
    for name, text in files.items():
        path = folder / name.replace("__", "/").replace("_dot_", ".")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def test_every_file_is_an_article_or_skipped(tmp_path: Path) -> None:
    """No file is lost, and none stops the others."""
    write(tmp_path, a_dot_md=POST, b_dot_html="<html>" + "<div>" * 1000, c_dot_txt="", d_dot_md=POST)
    (tmp_path / "e.zip").write_bytes(b"PK\x03\x04")
    (tmp_path / "f.txt").write_bytes(b"\xff\xfe\x00\xd8")
    reading = read_sources([tmp_path], Limits())
    told = {one.source for one in reading.articles} | {one.source for one in reading.skipped}

    assert told == {f"{tmp_path}/{name}" for name in ("a.md", "b.html", "c.txt", "d.md", "e.zip", "f.txt")}
    assert [one.title for one in reading.articles] == ["桥", "桥"]


def test_a_fault_of_ours_costs_one_file_and_is_logged(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """A bug in a reader is loud in the log, and the other files are read."""

    def faulty(opened: object, limits: Limits) -> object:
        if opened.name.endswith("a.md"):  # type: ignore[attr-defined]
            raise ZeroDivisionError("a fault")
        return read_post(opened, limits)  # type: ignore[arg-type]

    monkeypatch.setitem(sources._READERS, "post", faulty)
    write(tmp_path, a_dot_md=POST, b_dot_md=POST)
    reading = read_sources([tmp_path], Limits())

    assert [one.source for one in reading.articles] == [f"{tmp_path}/b.md"]
    assert "internal error" in reading.skipped[0].reason
    assert "a fault" in caplog.text


def test_an_index_gives_its_articles_page_paper_and_order(tmp_path: Path) -> None:
    """A page index is no article, but what it knows goes to those it links to."""
    write(
        tmp_path,
        content_3_dot_htm=CONTENT.format(title="后面的", text="河西的桥明年开工，今年先做地质勘探。"),
        content_12_dot_htm=CONTENT.format(title="前面的", text="河东的桥今天通车，两岸居民走路不再绕远。"),
        node_1_dot_htm=INDEX,
    )
    reading = read_sources([tmp_path], Limits())

    assert [(one.title, one.page, one.paper) for one in reading.articles] == [
        ("前面的", 2, "云州日报"),
        ("后面的", 2, "云州日报"),
    ]
    assert [one.reason for one in reading.skipped] == ["版面目录 (page index)"]


def test_limits_are_named_in_the_reasons() -> None:
    """What is too large is skipped, and the report names the limit."""
    for limits, name in (
        (Limits(file_bytes=10), "file_bytes"),
        (Limits(text_chars=10), "text_chars"),
        (Limits(line_chars=10), "line_chars"),
    ):
        reading = read_bytes("青岚河上的桥修好了，四月起恢复通行。".encode(), "a.txt", limits)

        assert name in reading.skipped[0].reason


def test_progress_is_told_for_each_file(tmp_path: Path) -> None:
    """The number done, the number of all, and the name of the file that comes next."""
    write(tmp_path, a_dot_md=POST, b_dot_md=POST)
    told: list[tuple[int, int, str]] = []
    read_sources([tmp_path], Limits(), progress=lambda *one: told.append(one))

    assert told == [(0, 2, f"{tmp_path}/a.md"), (1, 2, f"{tmp_path}/b.md"), (2, 2, "")]


def test_reading_twice_gives_the_same(tmp_path: Path) -> None:
    """The same input gives the same articles in the same order."""
    write(
        tmp_path, x__10_dot_md=POST, x__9_dot_md=POST, y_dot_htm=CONTENT.format(title="桥", text="桥修好了。")
    )

    assert read_sources([tmp_path], Limits()) == read_sources([tmp_path], Limits())


def test_every_article_has_an_id_of_its_own(tmp_path: Path) -> None:
    """Where the source gives none the id is SOURCE#INDEX."""
    write(tmp_path, a_dot_md=POST)

    assert [one.id for one in read_sources([tmp_path], Limits()).articles] == [f"{tmp_path}/a.md#0"]


def test_a_picture_is_recognised_or_says_what_is_missing() -> None:
    """Without the extra `ocr`, or where the picture is broken, the picture is skipped with the reason."""
    reading = read_bytes(b"\x89PNG\r\n\x1a\n" + b"x" * 100, "scan.png", Limits())

    assert not reading.articles
    assert "internal error" not in reading.skipped[0].reason
