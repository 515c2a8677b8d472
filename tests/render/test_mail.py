"""The two parts of a mail: complete, harmless, and within what mail programs can do."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import lxml.html
import pytest

from digest.errors import RenderError
from digest.model import Added, Link, Reference, TopicGroup
from digest.render.mail import MAX_HTML_BYTES, MailBody, MailView, remote_parts, render_mail
from digest.render.present import present
from digest.render.themes import DEFAULT, find_theme
from tests.render.outlook import objections
from tests.render.sample import DAY, make_issue, with_lead

MAIL = MailView(
    subject="每日要闻 第12期（2026年3月18日）",
    page_url="https://news.example.org/2026-03-18/",
    pdf_name="2026-03-18-每日要闻.pdf",
    unsubscribe="tuiding@example.org",
)
THEME = find_theme(DEFAULT)


@pytest.fixture(scope="module")
def made() -> MailBody:
    return render_mail(present(make_issue()), MAIL, THEME)


def words(html: str) -> str:
    return lxml.html.document_fromstring(html).text_content()


def test_both_parts_hold_every_story_word_for_word(made: MailBody) -> None:
    """Headline, sentences and number of each item stand in the text and in the HTML."""
    shown = words(made.html)
    for story in present(make_issue()).stories:
        assert f"{story.number}. {story.headline}" in made.text
        assert f"{story.number}　{story.headline}" in shown
        for sentence in story.sentences:
            assert sentence.text in made.text
            assert sentence.text in shown
        for added in story.added:
            assert f"另据{added.paper}：{added.sentence.text}" in made.text
            assert f"另据{added.paper}：{added.sentence.text}" in shown


def test_html_needs_nothing_that_outlook_lacks(made: MailBody) -> None:
    """Every element, attribute and property is one that Word lays out, or harmless where it does not."""
    assert objections(made.html) == []


@pytest.mark.parametrize(
    "html",
    [
        '<div style="padding:4px">x</div>',
        '<p style="width:4px">x</p>',
        '<td style="display:flex">x</td>',
        '<td style="width:4rem">x</td>',
        '<td style="color:rgba(0,0,0,.5)">x</td>',
        "<section>x</section>",
        '<td width="40px">x</td>',
        "<style>@import 'x';@font-face { a: b }</style>",
    ],
)
def test_what_outlook_lacks_is_found(html: str) -> None:
    """The list of what Word cannot do finds each of these."""
    assert objections(html)


def test_html_loads_nothing_and_leads_to_pages_only(made: MailBody) -> None:
    """No image, style sheet, script or font from anywhere; links are http, https or mailto."""
    tree = lxml.html.document_fromstring(made.html)

    assert remote_parts(made.html) == []
    assert {link.partition(":")[0] for _, name, link, _ in tree.iterlinks() if name == "href"} == {
        "https",
        "mailto",
    }


def test_styles_stand_in_the_elements(made: MailBody) -> None:
    """What is left of the style sheet is the dark mode: programs that drop style sheets lose nothing else."""
    tree = lxml.html.document_fromstring(made.html)

    assert all(cell.get("style") for cell in tree.iter("td", "p", "h1", "h2", "h3", "h4"))
    assert [
        style.text.strip().startswith("@media (prefers-color-scheme: dark)") for style in tree.iter("style")
    ]


def test_every_colour_has_a_dark_one(made: MailBody) -> None:
    """A class with a colour of its own has another in the dark, so that nothing is dark on dark."""
    css = (Path(__file__).parents[2] / "templates" / "mail" / "mail.css").read_text(encoding="utf-8")
    light, dark = css.split("@media (prefers-color-scheme: dark)")
    coloured = set(re.findall(r"^\.([\w-]+) \{[^}]*[ ;]color:", light, re.MULTILINE)) - {"preheader"}

    assert coloured <= set(re.findall(r"\.([\w-]+)(?=[^{}]*\{ color:)", dark))
    assert "color: #ebe6dd" in made.html


def test_preheader_is_the_first_headlines_and_comes_first(made: MailBody) -> None:
    """What a phone's list shows beside the subject is the beginning of the body, and hidden in it."""
    body = lxml.html.document_fromstring(made.html).find("body")
    assert body is not None
    first = body[0]

    assert first.text_content().startswith("全国基层读报工作座谈会在京召开；前两月")
    assert "display:none" in first.get("style", "")
    assert "mso-hide:all" in first.get("style", "")


def test_headlines_lead_to_the_page_of_the_issue(made: MailBody) -> None:
    """A headline is a link to its story on the web, where there is a web site."""
    assert 'href="https://news.example.org/2026-03-18/#s7"' in made.html


def test_an_editors_words_and_a_follow_up_are_told() -> None:
    """编者按 and 续报 stand in both parts, apart from the newspaper's own words."""
    issue = make_issue()
    section = issue.sections[0]
    follows = Link("development", Reference(DAY.replace(day=17), "s", "昨天的消息", 3, 11), "", 0.5)
    item = replace(section.groups[0].items[0], note="此事值得关注。", follows=follows)
    groups = (replace(section.groups[0], items=(item,)), *section.groups[1:])
    made = render_mail(
        present(replace(issue, sections=(replace(section, groups=groups), *issue.sections[1:]))), MAIL, THEME
    )

    for text in (made.text, words(made.html)):
        assert "编者按：此事值得关注。" in text
        assert "《昨天的消息》" in text
    assert objections(made.html) == []


def test_what_another_paper_adds_is_told_with_its_name() -> None:
    """A sentence that only another version has stands in both parts, with the paper that has it."""
    issue = make_issue()
    section = next(s for s in issue.sections for item in s.items if item.story.others)
    item = next(item for item in section.items if item.story.others)
    only = item.story.members[1].sentences[0]
    told = replace(item, story=replace(item.story, added=(Added(1, only),)))
    groups = (TopicGroup(item.topic, (told,)),)
    made = render_mail(present(replace(issue, sections=(replace(section, groups=groups),))), MAIL, THEME)

    assert f"另据并州新报：{only.text}" in made.text
    assert f"另据并州新报：{only.text}" in words(made.html)
    assert objections(made.html) == []


def test_without_a_web_site_a_headline_leads_to_its_source() -> None:
    """A source's own page is linked where the issue has none."""
    made = render_mail(present(make_issue()), replace(MAIL, page_url=""), THEME)

    assert 'href="https://example.org/news/1?a=1&amp;b=2"' in made.html
    assert made.html.count("href=") == 2  # and to unsubscribe


def test_a_long_issue_is_cut_to_headlines_and_says_so() -> None:
    """HTML that mail programs would cut is kept below the limit: the last stories have only a headline."""
    view = present(make_issue(6))
    made = render_mail(view, MAIL, THEME)
    shown = words(made.html)

    assert len(made.html.encode()) <= MAX_HTML_BYTES
    assert all(f"{story.number}　{story.headline}" in shown for story in view.stories)
    assert "后面各条只列标题，全文见附件" in shown
    assert view.stories[0].sentences[0].text in shown
    assert all(sentence.text in made.text for story in view.stories for sentence in story.sentences)


def test_an_issue_of_hundreds_is_counted_at_its_end() -> None:
    """Where headlines alone are too many for one mail, the HTML says how many more there are."""
    view = present(make_issue(40))
    made = render_mail(view, MAIL, THEME)
    n_listed = made.html.count("<h4")

    assert len(made.html.encode()) <= MAX_HTML_BYTES
    assert f"另有 {len(view.stories) - n_listed} 条未列，全文见附件" in words(made.html)


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        '"><img src=x onerror=alert(1)>',
        "<!--[if mso]><b>",
        "]]><![endif]-->",
        "{{ 7*7 }}",
        "</style><style>@import 'http://example.org/x'",
        "javascript:alert(1)",
        "<p style=background:url(http://example.org)>",
    ],
)
def test_text_of_an_article_stays_text(text: str) -> None:
    """Markup in any field is shown as it is: the elements are those of plain text."""

    def shape(title: str) -> list[tuple[str, ...]]:
        issue = with_lead(make_issue(), title=title, kicker=title, subtitle=title, paper=title, agency=title)
        tree = lxml.html.document_fromstring(render_mail(present(issue), MAIL, THEME).html)
        return [(str(e.tag), *sorted(e.keys())) for e in tree.iter() if e.tag != "style"]

    issue = with_lead(make_issue(), title=text, url=text)
    assert text in words(render_mail(present(issue), MAIL, THEME).html)
    assert shape(text) == shape("标题")


def test_half_a_character_does_no_harm() -> None:
    """A lone surrogate is replaced in the HTML."""
    made = render_mail(present(with_lead(make_issue(), title="半\ud800字")), MAIL, THEME)

    assert "半?字" in words(made.html)


def test_a_theme_of_ones_own_replaces_a_block(tmp_path: Path) -> None:
    """A user's folder extends the shipped mail, in the sandbox."""
    (tmp_path / "mail.html.j2").write_text(
        '{% extends "mail/mail.html.j2" %}{% block masthead %}<tr><td>内部资料</td></tr>{% endblock %}',
        encoding="utf-8",
    )
    made = render_mail(present(make_issue()), MAIL, find_theme(str(tmp_path)))

    assert "内部资料" in made.html
    assert "21 条 · 5 家来源" not in made.html


@pytest.mark.parametrize(
    "block",
    [
        '<tr><td><img src="http://example.org/logo.png"></td></tr>',
        '<tr><td style="background:url(http://example.org/x)">x</td></tr>',
        '<tr><td><a href="javascript:alert(1)">x</a></td></tr>',
        '<tr><td background="http://example.org/x">x</td></tr>',
        "<style>@import url(http://example.org/x.css);</style>",
        r"<style>@media all { p { background: u\72l(http://example.org/x) } }</style>",
        '<link rel="stylesheet" href="http://127.0.0.1:1/x.css">',
    ],
)
def test_a_theme_that_would_load_something_is_refused(block: str, tmp_path: Path) -> None:
    """A mail that would fetch anything when it is opened is an error of the theme."""
    (tmp_path / "mail.html.j2").write_text(
        f'{{% extends "mail/mail.html.j2" %}}{{% block masthead %}}{block}{{% endblock %}}', encoding="utf-8"
    )
    with pytest.raises(RenderError, match="外部资源"):
        render_mail(present(make_issue()), MAIL, find_theme(str(tmp_path)))
