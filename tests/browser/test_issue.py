"""The issue in a browser: moving about, choosing, keyboard, without scripts, on paper."""

from __future__ import annotations

from typing import Any

import pytest

from digest.render.present import present
from tests.browser.conftest import SCREENS, Open
from tests.render.sample import make_issue

VIEW = present(make_issue())


def shown(page: Any) -> list[str]:
    """Ids of the stories that can be seen somewhere on the page."""
    ids: list[str] = page.eval_on_selector_all(
        "article[id]", "all => all.filter(one => one.checkVisibility()).map(one => one.id)"
    )
    return ids


def at_the_top(page: Any, selector: str) -> bool:
    """Whether the element stands where a reader looks after a jump: below the bar, in the upper half."""
    box = page.locator(selector).bounding_box()
    return bool(box) and -1 <= box["y"] < 400


@pytest.mark.parametrize("width", [390, 1280])
def test_contents_lead_to_their_stories(open_issue: Open, width: int) -> None:
    """A click in the contents brings the story to the top of the window."""
    page = open_issue(width=width)
    page.click("#contents a[href='#s14']")

    assert at_the_top(page, "#s14")


def test_contents_stay_in_reach(open_issue: Open) -> None:
    """On a wide window the contents stand beside the text, on a phone a bar stays at the top."""
    page = open_issue(width=1280, at="#s18")
    assert page.locator("#contents").bounding_box()["y"] < 1
    assert page.locator("[data-section='r4'] > a").get_attribute("aria-current") == "true"

    page = open_issue(width=390, at="#s18")
    assert page.locator(".bar").bounding_box()["y"] < 1
    page.click(".bar a[href='#contents']")
    assert at_the_top(page, "#contents-title")


def test_cell_of_the_picture_leads_to_its_stories(open_issue: Open) -> None:
    """A click on region and topic in the heat picture goes to the first story of both."""
    page = open_issue()
    page.click(".figure.heat a[href='#r3t2']")

    assert at_the_top(page, "#r3t2")


def test_sentence_leads_to_its_place_and_back(open_issue: Open) -> None:
    """The number behind a sentence unfolds the article at that sentence, and the number there leads back."""
    page = open_issue()
    sentence = VIEW.stories[6].sentences[1]
    assert not page.locator(f"#{sentence.mark}").is_visible()

    page.click(f"a[href='#{sentence.mark}']")
    assert page.locator(f"#{sentence.mark}").is_visible()
    assert at_the_top(page, f"#{sentence.mark}")
    assert page.inner_text(f"#{sentence.mark}") == sentence.text

    page.click(f"a[href='#{sentence.anchor}']")
    assert at_the_top(page, f"#{sentence.anchor}")


def test_filters_show_what_is_asked_for(open_issue: Open) -> None:
    """Region, topic and source together leave the stories that fit, with their headings and contents."""
    page = open_issue()
    everything = shown(page)
    assert len(everything) == 21

    page.select_option("[name=region]", label="山东·聊城（7）")
    assert shown(page) == [story.anchor for story in VIEW.sections[1].stories]
    page.select_option("[name=topic]", label="时政")
    assert shown(page) == ["s5", "s6"]
    assert page.inner_text("[name=found]") == "显示 2 / 21 条"
    assert page.locator("h2:visible", has_text="太原").count() == 0
    assert page.locator("#contents li[data-story]:visible").count() == 2

    page.click("button[type=reset]")
    page.wait_for_selector("#s21:visible")
    assert len(shown(page)) == 21
    paper = next(n for n, paper in enumerate(VIEW.papers, 1) if paper.name == "并州新报")
    page.select_option("[name=paper]", str(paper))
    assert shown(page) == [s.anchor for s in VIEW.stories if "并州新报" in s.papers]


def test_link_to_a_story_that_is_filtered_away_shows_it(open_issue: Open) -> None:
    """The bar of regions still works while a filter is on."""
    page = open_issue(width=390)
    page.select_option("[name=region]", "r1")
    page.click(".bar a[href='#r3']")
    page.wait_for_selector("#s12:visible")

    assert len(shown(page)) == 21


def test_everything_works_without_scripts(open_issue: Open) -> None:
    """Without JavaScript all stories stand there, links lead, articles unfold, no dead control shows."""
    page = open_issue(java_script_enabled=False)
    assert page.locator("article").count() == 21
    assert not page.locator("#filters").is_visible()

    page.click("#s3 summary >> nth=0")
    assert page.locator("#s3o1").is_visible()
    page.click("#contents a[href='#s9']")
    assert at_the_top(page, "#s9")


def test_keyboard_reaches_everything(open_issue: Open) -> None:
    """The first key goes to the text, and links, filters and articles work by keys alone."""
    page = open_issue()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"

    page.focus("[name=region]")
    page.keyboard.press("ArrowDown")
    assert len(shown(page)) == 4
    page.focus("#s1 summary")
    page.keyboard.press("Enter")
    assert page.locator("#s1o1").is_visible()
    page.focus(f"#s1 a.ref[href='#{VIEW.stories[0].sentences[2].mark}']")
    page.keyboard.press("Enter")
    assert page.url.endswith("#s1o3")


def test_focus_can_be_seen(open_issue: Open) -> None:
    """What the keyboard stands on has an outline."""
    page = open_issue()
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")

    assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"


@pytest.mark.parametrize("theme", SCREENS)
def test_dark_mode_is_dark(open_issue: Open, theme: str) -> None:
    """Who prefers dark gets light letters on a dark ground."""
    page = open_issue(theme, color_scheme="dark")
    ground, ink = page.evaluate(
        "[getComputedStyle(document.body).backgroundColor, getComputedStyle(document.body).color]"
        ".map(rgb => rgb.match(/\\d+/g).slice(0, 3).reduce((sum, n) => sum + Number(n), 0))"
    )

    assert ground < 120
    assert ink > 500


@pytest.mark.parametrize("theme", SCREENS)
@pytest.mark.parametrize("width", [320, 390])
def test_nothing_runs_over_the_edge_of_a_phone(open_issue: Open, theme: str, width: int) -> None:
    """At 320 pixels the page does not scroll sideways, with everything unfolded."""
    page = open_issue(theme, width=width)
    page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true; })")

    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_paper_shows_the_words_and_no_controls(open_issue: Open) -> None:
    """Printed from the browser, the page is text: no bar, no filters, nothing to unfold, black on white."""
    page = open_issue(color_scheme="dark")
    page.emulate_media(media="print")

    assert not any(
        page.locator(name).first.is_visible() for name in (".bar", "#filters", ".evidence", ".ref")
    )
    assert page.locator("#s21 .text").is_visible()
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    assert page.evaluate("getComputedStyle(document.querySelector('article')).color") == "rgb(0, 0, 0)"
    assert page.pdf().startswith(b"%PDF")
