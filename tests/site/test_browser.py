"""The site in a browser, from a file share and from a server: search, lists, marks, back and forward.

Playwright runs in a thread of its own, since one thread can hold but one of it.
"""

from __future__ import annotations

import shutil
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from digest.site import build, paths
from digest.text.grams import folded
from tests.site.archive import DAYS, Archive, archive, issue_of

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "chrome")
OPTIONS = ("--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-dev-shm-usage")
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
Body = Callable[[Any], Any]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Archive:
    desk = archive(tmp_path_factory.mktemp("shown"))
    desk.build()
    return desk


@pytest.fixture(scope="module")
def browsing() -> Iterator[Callable[..., Any]]:
    """``browsing(body, …)`` calls ``body(page)`` with a fresh page; skips where there is no browser.

    It fails on any error of a page, and on anything that a page's policy forbids.
    """
    sync_api = pytest.importorskip("playwright.sync_api", reason="needs the extra browser")
    found = next(filter(None, map(shutil.which, BROWSERS)), None)
    if found is None:
        pytest.skip("needs Chromium")
    with ThreadPoolExecutor(1) as thread:
        playwright = thread.submit(lambda: sync_api.sync_playwright().start()).result()
        browser = thread.submit(
            lambda: playwright.chromium.launch(executable_path=found, args=list(OPTIONS))
        ).result()

        def run(body: Body, **context: Any) -> Any:
            troubles: list[str] = []

            def work() -> Any:
                with browser.new_context(**context) as opened:
                    page = opened.new_page()
                    page.set_default_timeout(30_000)
                    page.on("pageerror", lambda error: troubles.append(str(error)))
                    page.on("console", lambda m: troubles.append(m.text) if m.type == "error" else None)
                    return body(page)

            result = thread.submit(work).result()
            assert troubles == []
            return result

        yield run
        thread.submit(browser.close).result()
        thread.submit(playwright.stop).result()


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """The address of a folder on a plain server."""

    class Quiet(SimpleHTTPRequestHandler):
        def log_message(self, *_: Any) -> None:
            """Nothing is printed."""

    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(folder))) as http:
        threading.Thread(target=http.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{http.server_port}"
        http.shutdown()


@pytest.fixture(scope="module")
def server(made: Archive) -> Iterator[str]:
    with served(made.out) as address:
        yield address


@pytest.fixture(scope="module")
def plain_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The same site, made where the extra `search` is not installed."""
    desk = archive(tmp_path_factory.mktemp("plain"))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(build, "find_engine", lambda: None)
        desk.build()
    with served(desk.out) as address:
        yield address


@pytest.fixture(params=["pagefind", ""], ids=["engine", "plain"])
def either(request: pytest.FixtureRequest) -> tuple[str, str]:
    """A site with the search engine and one without: its address, and what its search page says it is."""
    if request.param:
        pytest.importorskip("pagefind_bin", reason="needs the extra search")
    return request.getfixturevalue("server" if request.param else "plain_server"), request.param


def found_in(page: Any) -> list[str]:
    page.wait_for_selector("#found:text-matches('^(找到 \\\\d+ 条$|没有找到|已查到)')")
    while page.locator("#more").is_visible():
        shown = page.locator("#hits li").count()
        page.click("#more")
        page.wait_for_function(f"document.querySelectorAll('#hits li').length > {shown}")
    return list(page.locator("#hits li a").all_text_contents())


def count_is(page: Any, n: int) -> None:
    page.wait_for_selector(f"#found:text-is('找到 {n} 条')")


@pytest.mark.parametrize("words", ["碳", "双碳", "聊城", "新质生产力", "物流", "钱小满", "rcep", "绝无此词"])
def test_words_of_any_length_are_found_from_a_file_share(
    made: Archive, browsing: Callable[..., Any], words: str
) -> None:
    """What the script finds in a page opened from the disk is what stands in the stories, and no more."""

    def body(page: Any) -> list[str]:
        page.goto(f"{(made.out / paths.SEARCH).as_uri()}?q={words}")
        return found_in(page)

    expected = []
    for day in DAYS:
        for item in issue_of(day).items:
            lead = item.story.lead
            said = (lead.article.kicker, lead.article.title, lead.article.subtitle)
            told = (*(s.text for s in lead.sentences), *(k.word for k in lead.keywords))
            if words in "\n".join((*said, *told)).lower():
                expected.append(lead.article.title)
    found = browsing(body)

    assert sorted(found) == sorted(expected)
    assert bool(found) == (words != "绝无此词")


@pytest.mark.parametrize(
    "words", ["碳", "双碳", "聊城", "新质生产力", "钱小满", "rcep", "双碳 园区", "绝无此词"]
)
def test_the_engine_finds_words_of_any_length_in_the_whole_texts(
    browsing: Callable[..., Any], server: str, words: str
) -> None:
    """Of every paper's version, headline and text: what `digest search` finds, and no more."""
    pytest.importorskip("pagefind_bin", reason="needs the extra search")

    def body(page: Any) -> list[str]:
        page.goto(f"{server}/{paths.SEARCH}?q={words}")
        found = found_in(page)
        assert page.get_attribute("#search", "data-engine") == "pagefind"
        return found

    expected = []
    for day in DAYS:
        for item in issue_of(day).items:
            lead = item.story.lead
            said = [lead.article.kicker, lead.article.subtitle, *(k.word for k in lead.keywords)]
            said += [text for one in item.story.members for text in (one.article.title, one.article.text)]
            whole = folded("\n".join(said))
            if all(word in whole for word in words.split()):
                expected.append(lead.article.title)
    found = browsing(body)

    assert sorted(found) == sorted(expected)
    assert bool(found) == (words != "绝无此词")


def test_filters_narrow_and_the_address_keeps_them(
    browsing: Callable[..., Any], either: tuple[str, str]
) -> None:
    """By region, topic, source and date; back and forward find again what was sought before."""
    server, engine = either
    item = issue_of(DAYS[2]).items[1]
    paper = item.story.lead.article.paper

    def body(page: Any) -> None:
        page.goto(f"{server}/{paths.SEARCH}")
        page.wait_for_selector(f"#search[data-engine='{engine}']:visible")
        page.fill("#q", "月")
        page.select_option("select[name=topic]", item.topic)
        page.select_option("select[name=paper]", paper)
        page.wait_for_url("**paper=**")
        found = found_in(page)
        assert found
        assert all(
            item.topic in text and paper in text for text in page.locator("#hits .from").all_text_contents()
        )
        page.goto(f"{server}/{paths.SEARCH}")
        page.fill("#q", "月")
        page.click("form#search button")
        every = len(found_in(page))
        page.select_option("select[name=region]", "山东·聊城")
        page.wait_for_url("**region=**")
        here = len(found_in(page))
        assert 0 < here < every
        page.fill("input[name=since]", DAYS[2].isoformat())
        page.dispatch_event("input[name=since]", "change")
        page.wait_for_url("**since=**")
        assert 0 < len(found_in(page)) < here
        assert page.input_value("#q") == "月"
        page.go_back()
        count_is(page, here)
        assert page.input_value("select[name=region]") == "山东·聊城"
        page.go_back()
        count_is(page, every)
        page.go_forward()
        count_is(page, here)
        page.fill("#q", "绝无此词")
        page.click("form#search button")
        page.wait_for_selector("#found:text-is('没有找到')")

    browsing(body)


def test_a_hit_leads_to_its_story_and_a_sentence_to_its_mark(
    browsing: Callable[..., Any], server: str
) -> None:
    """From the home page's search to the story, to the sentence in the article, and back."""

    def body(page: Any) -> None:
        page.goto(server)
        page.fill("#q", "物流总额")
        page.click("form.quick button")
        found_in(page)
        page.locator("#hits li a").first.click()
        page.wait_for_selector("article.story")
        sentence = page.locator(".sentence").first.text_content()
        page.locator("a.ref").first.click()
        page.wait_for_url("**/article/**#o1")
        assert page.locator("mark#o1").text_content() == sentence
        page.locator("a.ref.back").first.click()
        page.wait_for_url("**/story/**")
        page.go_back()
        page.wait_for_url("**/article/**#o1")

    browsing(body)


def test_without_scripts_the_lists_lead_everywhere(browsing: Callable[..., Any], server: str) -> None:
    """Home, region, city, story; the search page says so and leads to the lists."""

    def body(page: Any) -> None:
        page.goto(f"{server}/{paths.SEARCH}")
        assert "没有开脚本" in page.locator("noscript").inner_text()
        assert not page.locator("form#search").is_visible()
        page.click(".site-head >> text=地区")
        page.click("main >> text=山东")
        page.click("main >> text=聊城")
        page.wait_for_selector("h1:has-text('山东·聊城')")
        page.locator(".cards a").first.click()
        page.wait_for_selector("article.story")

    browsing(body, java_script_enabled=False)


PAGES = (
    "index.html",
    "search/index.html?q=月",
    "about/index.html",
    "calendar/2026.html",
    "issue/2026-03-18.html",
)


@pytest.mark.parametrize(("width", "scheme"), [(320, "dark"), (1280, "light")])
def test_axe_finds_no_violation(browsing: Callable[..., Any], server: str, width: int, scheme: str) -> None:
    """No rule of WCAG 2.2 AA or of good practice is broken, and nothing runs out of the window."""
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="needs the extra browser").Axe()
    item = issue_of(DAYS[0]).items[1]
    labels = (
        paths.Label("region", "山东/聊城"),
        paths.Label("topic", item.topic),
        paths.Label("paper", item.story.lead.article.paper),
        paths.Label("keyword", item.story.lead.keywords[0].word),
    )
    lists = [*map(paths.label_page, labels), *map(paths.index_page, paths.FOLDERS)]
    story = paths.story_page(paths.Key("", DAYS[0], item.story.id))
    article = paths.article_page("", DAYS[0], item.story.lead.article)

    def body(page: Any) -> list[Any]:
        broken = []
        for path in (*PAGES, *lists, story, article):
            page.goto(f"{server}/{path}")
            page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true; })")
            said = axe.run(page, options={"runOnly": {"type": "tag", "values": RULES}}).response["violations"]
            broken += [(path, rule["id"], [n["html"][:120] for n in rule["nodes"][:3]]) for rule in said]
            wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
            if wide > 0:
                broken.append((path, "too wide", [wide]))
        return broken

    context = {"viewport": {"width": width, "height": 800}, "color_scheme": scheme}
    assert browsing(body, **context) == []
