"""Attack: input that is small and unfolds, or is nested until a parser's stack is gone."""

from __future__ import annotations

import json
import socket

import pytest

from digest.config import Limits
from digest.read import read_bytes

PROSE = "<p>青岚河上的步行桥今天开放，两岸居民去市场不再绕远。</p>"
LAUGHS = (
    '<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a "哈哈哈哈哈哈哈哈哈哈">'
    + "".join(
        f'<!ENTITY {chr(98 + n)} "{"&" + chr(97 + n) + ";"}{"&" + chr(97 + n) + ";"}">' for n in range(20)
    )
    + "]><rss><channel><item><title>&u;</title><description>&u;</description></item></channel></rss>"
)
OUTSIDE = (
    '<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
    "<rss><channel><item><title>桥</title><description>&a;</description></item></channel></rss>"
)


@pytest.mark.parametrize("name", ["a.xml", "a.html", "a.txt", "a.md"])
@pytest.mark.parametrize("bomb", [LAUGHS, OUTSIDE])
def test_entities_are_never_resolved(name: str, bomb: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither laughter nor a local file comes out, and no connection is tried."""
    monkeypatch.setattr(socket, "socket", None)
    reading = read_bytes(bomb.encode(), name, Limits())
    shown = "".join(article.title + article.text for article in reading.articles)

    assert "root:" not in shown
    assert len(shown) < 2 * len(bomb)


@pytest.mark.parametrize("tag", ["div", "b", "table><tr><td", "font", "blockquote"])
@pytest.mark.parametrize("depth", [400, 100_000])
def test_html_that_is_too_deep_is_named_and_never_lost(tag: str, depth: int) -> None:
    """Text below the parser's depth is not silently gone: the page is skipped as too deep."""
    page = "<html><body>" + f"<{tag}>" * depth + PROSE
    reading = read_bytes(page.encode(), "a.html", Limits())

    assert [one.reason for one in reading.skipped] == ["HTML 嵌套过深 (too deep, limit html_depth = 250)"]


def test_html_within_the_depth_is_read() -> None:
    """Two hundred divisions are deep, not too deep."""
    page = "<html><body>" + "<div>" * 200 + PROSE * 3 + "</div>" * 200
    reading = read_bytes(page.encode(), "a.html", Limits())

    assert len(reading.articles) == 1


@pytest.mark.parametrize(
    "text",
    [
        "[" * 100_000,
        '{"a":' * 100_000,
        '[{"text":' * 50_000,
        '{"id":' + "9" * 10_000 + ',"text":"桥。"}',
        '{"text":"桥"' + "," * 1000,
        '{"text":' + json.dumps("桥" * 1000)[:-1],
    ],
)
def test_json_bombs_are_skipped(text: str) -> None:
    """Nesting and endless numbers are a reason to skip, not a crash."""
    reading = read_bytes(text.encode(), "a.jsonl", Limits())

    assert not reading.articles
    assert "internal error" not in reading.skipped[0].reason


@pytest.mark.parametrize(
    "block",
    [
        "a: " + "[" * 20_000,
        "a: " + "{a: " * 5_000,
        "- " * 20_000,
        "a: &a [x]\n" + "".join(f"b{n}: [*a, *a]\n" for n in range(500)),
        "? " * 5_000,
        "a: !!python/object/apply:os.system ['true']",
        "a: |\n" + " x\n" * 10_000,
    ],
)
def test_front_matter_bombs_keep_the_body(block: str) -> None:
    """The body behind them is an article."""
    text = f"---\ntitle: 桥\n{block}\n---\n青岚河上的桥修好了，四月起恢复通行。\n"
    reading = read_bytes(text.encode(), "a.md", Limits())

    assert reading.articles[0].text.endswith("四月起恢复通行。")
    assert reading.articles[0].title == "桥"


def test_json_in_a_page_cannot_break_it() -> None:
    """A bomb in JSON-LD costs the fields that it holds, not the article."""
    script = f'<script type="application/ld+json">{"[" * 50_000}</script>'
    page = f"<html><head>{script}</head><body>{PROSE * 3}</body>"
    reading = read_bytes(page.encode(), "a.html", Limits())

    assert len(reading.articles) == 1


@pytest.mark.parametrize("magic", [b"PK\x03\x04", b"\x1f\x8b\x08", b"7z\xbc\xaf\x27\x1c", b"BZh9\x00"])
def test_archives_are_never_unpacked(magic: bytes) -> None:
    """A bomb in an archive is a file of a format that is not read."""
    reading = read_bytes(magic + b"\x00" * 1000, "news.txt", Limits())

    assert "not a format that is read" in reading.skipped[0].reason
