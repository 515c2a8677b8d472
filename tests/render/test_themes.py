"""Themes: finding, replacing, and keeping a user's theme in its place."""

from __future__ import annotations

import base64
import hashlib
from pathlib import Path

import pytest

from digest.errors import RenderError, UsageError
from digest.render.html import render_html
from digest.render.present import present
from digest.render.themes import fill, find_file, find_theme
from digest.render.view import IssueView
from tests.render.sample import make_issue


@pytest.fixture(scope="module")
def view() -> IssueView:
    return present(make_issue())


def theme_of(folder: Path, **files: str) -> str:
    for name, text in files.items():
        (folder / name.replace("__", ".")).write_text(text, encoding="utf-8")
    return str(folder)


def test_unknown_theme_is_refused() -> None:
    """A name that is neither a theme nor a folder is an error that names it."""
    with pytest.raises(UsageError, match="没有这个主题"):
        find_theme("no-such-theme")
    with pytest.raises(UsageError, match="没有这个主题"):
        find_theme("")


def test_users_theme_replaces_one_block(tmp_path: Path, view: IssueView) -> None:
    """A user's template extends the default one and replaces a block of it."""
    text = '{% extends "web/issue.html.j2" %}{% block masthead %}<h1>我的{{ issue.name }}</h1>{% endblock %}'
    theme = find_theme(theme_of(tmp_path, issue__html__j2=text))

    page = render_html(view, theme).decode()
    assert "<h1>我的每日要闻</h1>" in page
    assert "全国基层读报工作座谈会在京召开" in page


def test_users_css_replaces_the_default(tmp_path: Path, view: IssueView) -> None:
    """A stylesheet alone is a theme; it cannot end the element that it stands in."""
    theme = find_theme(theme_of(tmp_path, web__css="p{color:#123456}</style><script>"))

    page = render_html(view, theme).decode()
    assert "p{color:#123456}<\\/style><script>" in page
    assert page.count("</style>") == 2  # the colours and the rest


def test_file_that_a_theme_lacks_is_that_of_the_shipped_ones(tmp_path: Path) -> None:
    """A folder with nothing but colours has the screen of web and the paper of jianbao."""
    theme = find_theme(theme_of(tmp_path, colours__css=":root{}"))

    assert find_file(theme.folders, "colours.css") == tmp_path / "colours.css"
    for name, shipped in (
        ("issue.html.j2", "web"),
        ("print.html.j2", "jianbao"),
        ("story.html.j2", "shared"),
    ):
        found = find_file(theme.folders, name)
        assert found is not None
        assert found.parent.name == shipped


@pytest.mark.parametrize("name", ["web/issue.html.j2", "default/issue.html.j2"])
def test_users_template_extends_what_it_replaces(name: str, tmp_path: Path, view: IssueView) -> None:
    """A template may extend the shipped one of its own name, by its theme or as the default."""
    theme = find_theme(theme_of(tmp_path, issue__html__j2=f'{{% extends "{name}" %}}'))

    assert render_html(view, theme) == render_html(view, find_theme("default"))


def test_script_is_allowed_by_its_hash(tmp_path: Path, view: IssueView) -> None:
    """The policy of the page names the hash of the script that stands in it, also of a user's own."""
    theme = find_theme(theme_of(tmp_path, web__js="let a = '</script><!--';"))

    page = render_html(view, theme).decode()
    inline = page.partition("<script>")[2].partition("</script>")[0]
    assert inline == "let a = '<\\/script><\\!--';"
    digest = base64.b64encode(hashlib.sha256(inline.encode()).digest()).decode()
    assert f"script-src 'sha256-{digest}'" in page


def test_missing_value_names_the_line(tmp_path: Path, view: IssueView) -> None:
    """A value that does not exist is an error with file and line, not an empty place."""
    theme = find_theme(theme_of(tmp_path, issue__html__j2="<p>\n{{ issue.nmae }}</p>"))

    with pytest.raises(RenderError, match=r"issue\.html\.j2:2: .*nmae"):
        render_html(view, theme)


def test_syntax_error_names_the_line(tmp_path: Path, view: IssueView) -> None:
    """A template that is no template is an error with file and line."""
    theme = find_theme(theme_of(tmp_path, issue__html__j2="\n\n{% if %}"))

    with pytest.raises(RenderError, match=r"issue\.html\.j2:3"):
        render_html(view, theme)


@pytest.mark.parametrize(
    "template",
    [
        "{{ issue.__class__.__mro__ }}",
        "{{ ''.__class__.__base__.__subclasses__() }}",
        "{{ stylesheet.__globals__ }}",
        "{{ stylesheet.__self__.folders }}",
        "{{ stylesheet('../../../../etc/passwd') }}",
        "{{ stylesheet('/etc/passwd') }}",
        "{% include '../../../../etc/passwd' %}",
        "{{ range(100000000)|list }}",
        "{{ issue.sections.clear() }}",
        "{{ 1 // 0 }}",
    ],
)
def test_users_theme_cannot_leave_the_sandbox(template: str, tmp_path: Path, view: IssueView) -> None:
    """A theme that reaches for Python, for files or for endless loops is refused with one line."""
    theme = find_theme(theme_of(tmp_path, issue__html__j2=template))

    with pytest.raises(RenderError) as caught:
        render_html(view, theme)
    assert "\n" not in str(caught.value)


def test_link_out_of_the_theme_is_not_followed(tmp_path: Path) -> None:
    """A symbolic link in a theme does not lead to a file outside of it."""
    (tmp_path / "secret.css").write_text("p{}", encoding="utf-8")
    folder = tmp_path / "theme"
    folder.mkdir()
    (folder / "screen.css").symlink_to(tmp_path / "secret.css")

    assert find_file([folder.resolve()], "screen.css") is None


def test_values_are_escaped_in_a_users_theme(tmp_path: Path) -> None:
    """Also a user's templates escape what they print, unless they say otherwise."""
    theme = find_theme(theme_of(tmp_path, t__html__j2="<p>{{ x }}</p>"))

    assert fill(theme, "t.html.j2", {"x": "<b>&"}) == "<p>&lt;b&gt;&amp;</p>"
