from __future__ import annotations

import sys

import pytest

from digest.config import Limits
from digest.read import html, read_bytes

PROSE = "青岚河上的三座步行桥今天同时开放，两岸居民去市场的路近了八百多米，桥面铺了防滑砖，两侧装了灯带。"
# a page whose prose lies in two places that only the body holds together, the one far up, the other far down
TORN = (
    "<html><head><title>三座桥通了</title></head><body>"
    + "".join(
        f"<table><tr><td><table><tr><td><p>{PROSE}</p></td></tr></table></td></tr></table>" for _ in range(4)
    )
    + "</body></html>"
)


def test_a_broken_extra_is_as_good_as_none(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where trafilatura cannot be imported the densest prose is the body."""
    monkeypatch.setattr(html, "_SURE_SHARE", 2.0)
    monkeypatch.setitem(sys.modules, "trafilatura", None)
    monkeypatch.setattr("importlib.util.find_spec", lambda name: name)
    reading = read_bytes(TORN.encode(), "a.html", Limits())

    assert PROSE in reading.articles[0].text


def test_trafilatura_is_asked_where_the_densest_prose_is_in_doubt(monkeypatch: pytest.MonkeyPatch) -> None:
    """With the extra `web` its choice is taken, and offsets point into what it found."""
    pytest.importorskip("trafilatura")
    monkeypatch.setattr(html, "_SURE_SHARE", 2.0)
    reading = read_bytes(
        f"<html><body><main><p>{PROSE}</p><p>{PROSE[::-1]}</p></main></body></html>".encode(),
        "a.html",
        Limits(),
    )
    (article,) = reading.articles
    run = article.paragraphs[0].runs[0]

    assert article.paragraphs[0].text == PROSE
    assert reading.sources[0].text[run.start : run.start + run.length] == PROSE


@pytest.mark.parametrize("title", ["首页", "index", ""])
def test_a_title_that_names_no_article_is_replaced_by_the_articles_own_words(title: str) -> None:
    """The page is called 首页; the article gets a made title, and says so."""
    reading = read_bytes(
        f"<html><title>{title}</title><body><p>{PROSE}</p></body></html>".encode(), "a.html", Limits()
    )

    assert reading.articles[0].title_is_made
    assert reading.articles[0].title == "青岚河上的三座步行桥今天同时开放"
