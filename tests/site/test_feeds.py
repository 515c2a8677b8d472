"""Feeds, sitemaps and what else machines read."""

from __future__ import annotations

import copy
import json
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Any
from xml.etree import ElementTree
from xml.sax.saxutils import escape

import feedparser
import pytest

from digest.library.catalogue import Key
from digest.model import Keyword
from digest.site import feeds, paths
from digest.site.frame import Site, script_json
from digest.site.stories import view_of
from digest.verify import verify
from tests.render.sample import make_issue
from tests.site.archive import DAYS, URL, Archive, issue_of

ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Archive:
    desk = Archive(tmp_path_factory.mktemp("feeds"))
    desk.publish(issue_of(DAYS[0]), issue_of(DAYS[1]))
    desk.build()
    return desk


def feed_paths(desk: Archive) -> list[Path]:
    return sorted(desk.out.rglob("feed.xml"))


def test_every_atom_feed_has_what_the_standard_asks_for(made: Archive) -> None:
    """RFC 4287: id, title, updated and author of the feed; id, title, updated, link of every entry."""
    assert len(feed_paths(made)) > 5
    for path in feed_paths(made):
        root = ElementTree.parse(path).getroot()
        assert root.tag == f"{ATOM}feed"
        assert [len(root.findall(ATOM + name)) for name in ("id", "title", "updated", "author")] == [1] * 4
        relations = [link.get("rel") for link in root.findall(f"{ATOM}link")]
        assert sorted(filter(None, relations)) == ["alternate", "self"]
        entries = root.findall(f"{ATOM}entry")
        assert 0 < len(entries) <= feeds.MAX_ENTRIES
        for entry in entries:
            assert [len(entry.findall(ATOM + n)) for n in ("id", "title", "updated", "content")] == [1] * 4
            assert (entry.findtext(f"{ATOM}id") or "").startswith("urn:uuid:")
            (link,) = entry.findall(f"{ATOM}link")
            target = (link.get("href") or "").removeprefix(URL)
            assert (made.out / target).is_file()
        ids = [entry.findtext(f"{ATOM}id") for entry in entries]
        assert len(set(ids)) == len(ids)
        times = [entry.findtext(f"{ATOM}published") or "" for entry in entries]
        assert times == sorted(times, reverse=True)
    feed_ids = [ElementTree.parse(path).getroot().findtext(f"{ATOM}id") for path in feed_paths(made)]
    assert len(set(feed_ids)) == len(feed_ids)


def test_every_json_feed_has_what_the_standard_asks_for(made: Archive) -> None:
    """JSON Feed 1.1: version, title, items; id, url and content of every item."""
    for path in feed_paths(made):
        data = json.loads(path.with_name("feed.json").read_text(encoding="utf-8"))
        assert data["version"] == "https://jsonfeed.org/version/1.1"
        assert data["title"]
        assert data["feed_url"].startswith(URL)
        for item in data["items"]:
            assert item["id"].startswith("urn:uuid:")
            assert item["url"].startswith(URL)
            assert item["content_html"]
            assert item["language"] in {"zh-Hans", "zh-Hant"}


def json_feed_schema() -> dict[str, Any]:
    """The JSON schema of version 1, and what 1.1 adds to it: authors and languages."""
    schema = copy.deepcopy(pytest.importorskip("jsonfeedvalidator.schema").SCHEMA)
    added = {
        "authors": {"type": "array", "items": {"$ref": "#/definitions/author"}},
        "language": {"type": "string", "pattern": "^[a-z]{2}(-[A-Z][a-z]{3})?$"},
    }
    for place in (schema, schema["definitions"]["item"]):
        place["properties"] |= added
    schema["properties"]["version"] = {"enum": ["https://jsonfeed.org/version/1.1"]}
    return schema


def test_a_validator_has_no_error_in_a_json_feed(made: Archive) -> None:
    """No field that is not in the standard, every one of its type, no tag twice; and it would find such."""
    jsonschema = pytest.importorskip("jsonschema")
    check = jsonschema.Draft4Validator(
        json_feed_schema(), format_checker=jsonschema.Draft4Validator.FORMAT_CHECKER
    )
    for path in feed_paths(made):
        data = json.loads(path.with_name("feed.json").read_text(encoding="utf-8"))
        assert [error.message for error in check.iter_errors(data)] == []
    item = data["items"][0]
    for spoilt in ({"tags": ["一", "一"]}, {"summary": None}, {"link": "x"}, {"authors": {"name": "x"}}):
        assert list(check.iter_errors(data | {"items": [item | spoilt]}))


def test_a_keyword_that_is_the_topic_is_one_tag() -> None:
    """Of an item the standard's schema wants every tag once."""
    item = make_issue().items[0]
    lead = replace(item.story.lead, keywords=(Keyword(item.topic, 1.0), Keyword("港口", 0.5)))
    view = view_of(replace(item, story=replace(item.story, lead=lead)), DAYS[0])
    entry = feeds.Entry(Key("", DAYS[0], item.story.id), DAYS[0], is_as_before=False, story=lambda: view)
    (told,) = json.loads(feeds.json_feed(Site("简报", "", ""), "feed.json", "简报", "index.html", [entry]))[
        "items"
    ]

    assert told["tags"] == [view.region.name, item.topic, "港口"]


def test_an_entry_holds_the_whole_summary(made: Archive) -> None:
    """Every sentence, and who printed it."""
    item = next(item for item in issue_of(DAYS[1]).items if item.story.added)
    data = json.loads(made.text("feed.json"))
    (entry,) = (one for one in data["items"] if one["id"] == feeds.entry_id(Key("", DAYS[1], item.story.id)))

    for sentence in (*item.story.lead.sentences, *(added.sentence for added in item.story.added)):
        assert escape(sentence.text) in entry["content_html"]
    for version in item.story.members:
        assert version.article.paper in entry["content_html"]


def test_an_id_depends_on_edition_date_and_story_alone() -> None:
    """Whoever has read an entry does not get it again when the site moves or the issue is built again."""
    one = feeds.entry_id(Key("", date(2026, 3, 18), "a1b2c3d4e5f6"))

    assert one == "urn:uuid:4b21ee53-694f-581b-9cb4-4ad3a907280f"
    assert one != feeds.entry_id(Key("", date(2026, 3, 19), "a1b2c3d4e5f6"))
    assert one != feeds.entry_id(Key("sme", date(2026, 3, 18), "a1b2c3d4e5f6"))


CHANGES = [
    ("feed.json", "全国基层读报工作座谈会", "另一个座谈会", "no issue of that day has this story"),
    ("feed.xml", "130名代表", "131名代表", "a sentence differs or is missing"),
    ("feed.json", "urn:uuid:", "urn:uuix:", "not the entries of the Atom feed"),
    ("feed.json", '"items"', '"entries"', "no JSON Feed"),
    ("feed.xml", "</feed>", "", "no valid XML"),
]


@pytest.mark.parametrize(("name", "before", "after", "said"), CHANGES)
def test_a_feed_that_tells_otherwise_is_found(
    made: Archive, name: str, before: str, after: str, said: str
) -> None:
    """`digest verify` holds every feed against the issues."""
    path = made.out / name
    whole = path.read_text(encoding="utf-8")
    assert before in whole
    path.write_text(whole.replace(before, after), encoding="utf-8")
    try:
        found = [finding.what for finding in verify(made.out, None).findings]
    finally:
        path.write_text(whole, encoding="utf-8")

    assert any(said in what for what in found)
    assert verify(made.out, None).findings == []


def test_many_addresses_go_into_several_sitemaps(monkeypatch: pytest.MonkeyPatch) -> None:
    """And an index names them."""
    monkeypatch.setattr(feeds, "SITEMAP_URLS", 2)
    site = Site("简报", "", "https://example.org")
    parts = feeds.sitemap_parts(site, "lists", ["a.html", "b.html", "山/index.html"])
    index = feeds.sitemap_index(site, parts)

    assert sorted(parts) == ["sitemap-lists-1.xml", "sitemap-lists.xml"]
    assert b"<loc>https://example.org/sitemap-lists-1.xml</loc>" in index["sitemap.xml"]
    assert b"<loc>https://example.org/%E5%B1%B1/</loc>" in b"".join(parts.values())
    assert feeds.sitemap_parts(Site("简报", "", ""), "lists", ["a.html"]) == {}
    assert feeds.sitemap_index(Site("简报", "", ""), []) == {}


def test_json_in_a_page_cannot_end_its_script() -> None:
    """No `<`, no line separator; and it is the same JSON."""
    text = script_json({"a": "</script><!--\u2028&"})

    assert not set("<>&\u2028") & set(text)
    assert json.loads(text) == {"a": "</script><!--\u2028&"}


@pytest.mark.parametrize(
    "name",
    [
        "../x",
        "/etc",
        "a\0b",
        "NUL",
        "con",
        "a" * 300,
        "报" * 100,
        "ａ",
        "A",
        "",
        ".",
        "index",
        "<b>",
        "\udc80",
        "日报 ",
    ],
)
def test_a_name_of_anything_is_a_safe_segment(name: str) -> None:
    """One plain folder name below the output, whatever a newspaper calls itself."""
    segment = paths.segment(name)

    assert segment
    assert not set('/\\:*?"<>|\0. ') & set(segment)
    assert len(segment.encode()) <= paths.SEGMENT_BYTES
    assert segment.casefold() not in {"nul", "con", "index"}


def test_names_that_look_alike_stand_apart() -> None:
    """Case, width and marks make no two names one file."""
    names = ["a", "A", "ａ", "a!", "a?", "a ", "日报", "日报·"]

    assert len({paths.segment(name).casefold() for name in names}) == len(names)


def test_a_file_without_a_paper_never_shows_its_folder() -> None:
    """The site is public; where a desk keeps its files is not. Two files that are named alike stand apart."""
    one = paths.Label("paper", "/home/desk/in/liaocheng_2026-03-18_1.txt")
    other = paths.Label("paper", "/home/desk/old/liaocheng_2026-03-18_1.txt")

    assert paths.label_name(one) == paths.label_name(other) == "liaocheng"
    assert "desk" not in paths.label_folder(one)
    assert paths.label_folder(one) != paths.label_folder(other)
    assert paths.label_name(paths.Label("region", "山东/聊城")) == "山东·聊城"
    assert paths.label_folder(paths.Label("paper", "聊城日报")) == "source/聊城日报"


def test_a_feed_reader_reads_every_feed(made: Archive) -> None:
    """Without a complaint; and the entries of Atom and JSON are the same, texts, dates and languages too."""
    for path in feed_paths(made):
        read = feedparser.parse(path.read_bytes())
        data = json.loads(path.with_name("feed.json").read_text(encoding="utf-8"))
        assert not read.bozo, read.get("bozo_exception")
        assert read.version == "atom10"
        assert read.feed.title == data["title"]
        assert [one.id for one in read.entries] == [one["id"] for one in data["items"]]
        for entry, item in zip(read.entries, data["items"], strict=True):
            assert entry.title_detail.type == "text/plain"
            assert entry.title == item["title"]
            assert entry.link == item["url"]
            assert entry.published == item["date_published"]
            assert entry.updated == item["date_modified"]
            assert entry.updated_parsed is not None
            (content,) = entry.content
            assert content.type == "text/html"
            assert content.language == item["language"]
            assert content.value == item["content_html"]
            assert {tag.term for tag in entry.tags} <= set(item["tags"])
            datetime.fromisoformat(item["date_published"])
