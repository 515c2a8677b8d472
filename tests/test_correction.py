"""What was printed and is taken back: a note stands in its place, everywhere."""

from __future__ import annotations

import io
import json
import zipfile
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from digest.cli import run
from digest.compose.correction import corrected
from digest.config import RenderConfig
from digest.library import Library
from digest.model import (
    Correction,
    Issue,
    Item,
    LeftOut,
    Link,
    Paragraph,
    Reference,
    Section,
    Story,
    TopicGroup,
    Withdrawal,
)
from digest.render import EPUB_NAME, HTML_NAME, MARKDOWN_NAME, TEXT_NAME, render
from digest.render.issue_json import issue_json
from digest.render.mail import MailView, render_mail
from digest.render.present import present
from digest.render.themes import DEFAULT, find_theme
from digest.withdrawal import HEADLINE, MASK, digest_of
from tests.news import ROWS, jsonl
from tests.render.sample import DAY, make_issue

ISSUE = make_issue()
REASON = "报社已更正"


def withdrawal(item: Item, sentence: str = "") -> Withdrawal:
    lead = item.story.lead.article
    return Withdrawal("", DAY, item.story.id, sentence, digest_of(lead), REASON, date(2026, 3, 20))


def item_of(issue: Issue, number: int) -> Item:
    return next(item for item in issue.items if item.number == number)


def test_a_story_taken_back_is_a_note() -> None:
    """Headline, summary, articles of all papers and links go; number, place and source stay."""
    old = ISSUE.items[1]
    issue = corrected(ISSUE, [withdrawal(old)])
    new = item_of(issue, old.number)

    assert new.story.lead.article.title == HEADLINE
    assert new.corrections == (Correction(date(2026, 3, 20), REASON, is_whole=True),)
    assert new.note == ""
    assert new.story.lead.article.text == ""
    assert (new.story.lead.sentences, new.story.others, new.story.merges, new.links) == ((), (), (), ())
    assert (new.region, new.topic, new.story.lead.article.paper) == (
        old.region,
        old.topic,
        old.story.lead.article.paper,
    )
    assert [item.number for item in issue.items] == [item.number for item in ISSUE.items]
    assert corrected(issue, [withdrawal(old)]) == issue


def test_a_sentence_taken_back_is_masked_in_every_version() -> None:
    """It goes out of the summary; all other sentences hold at their offsets, and runs at theirs."""
    old = ISSUE.items[1]
    sentence = old.story.lead.sentences[0].text
    issue = corrected(ISSUE, [withdrawal(old, sentence)])
    new = item_of(issue, old.number)

    assert new.corrections == (Correction(date(2026, 3, 20), REASON, is_whole=False),)
    assert new.note == old.note
    assert [s.text for s in new.story.lead.sentences] == [s.text for s in old.story.lead.sentences[1:]]
    for before, after in zip(old.story.members, new.story.members, strict=True):
        text = after.article.text
        assert sentence not in text
        assert len(text) == len(before.article.text)
        assert text.count(MASK) == len(sentence)
        assert all(text[s.start : s.end] == s.text for s in after.sentences)
        for one, two in zip(before.article.paragraphs, after.article.paragraphs, strict=True):
            for piece in two.runs:
                place = slice(piece.at, piece.at + piece.length)
                assert two.text[place] == one.text[place]
    assert corrected(issue, [withdrawal(old, sentence)]) == issue


def test_a_sentence_of_another_paper_goes_with_the_story_or_by_itself() -> None:
    """What only another version tells is part of what is printed."""
    old = next(item for item in ISSUE.items if item.story.added)
    added = old.story.added[0]
    whole = item_of(corrected(ISSUE, [withdrawal(old)]), old.number)
    part = item_of(corrected(ISSUE, [withdrawal(old, added.sentence.text)]), old.number)

    assert whole.story.added == ()
    assert added not in part.story.added
    assert [s.text for s in part.story.lead.sentences] == [s.text for s in old.story.lead.sentences]


def test_letters_and_issue_json_say_it_too() -> None:
    """Both parts of a letter, and a field of its own for programs."""
    old = ISSUE.items[1]
    issue = corrected(ISSUE, [withdrawal(old)])
    parts = render_mail(present(issue), MailView("主题"), find_theme(DEFAULT))
    items = [
        item
        for section in json.loads(issue_json(issue))["sections"]
        for group in section["groups"]
        for item in group["items"]
    ]

    for part in (parts.text, parts.html):
        assert f"撤稿说明：本条于2026年3月20日撤回：{REASON}" in part
    assert {item["number"]: item["corrections"] for item in items if item["corrections"]} == {
        old.number: [{"date": "2026-03-20", "reason": REASON, "is_whole": True}]
    }
    assert old.story.lead.article.text not in issue_json(issue).decode()


def test_a_reader_meets_words_in_the_place_of_a_masked_sentence() -> None:
    """In the page's copy of the article; what a newspaper printed so by itself stays."""
    old = ISSUE.items[0]
    sentence = old.story.lead.sentences[0].text
    new = item_of(corrected(ISSUE, [withdrawal(old, sentence)]), old.number)
    shown = [
        "".join(segment.text for paragraph in story.article.paragraphs for segment in paragraph.segments)
        for story in present(replace(ISSUE, sections=_only(ISSUE, new))).stories
    ]

    assert [MASK in text for text in shown] == [False]
    assert "〔此句已撤回〕" in shown[0]
    lead = old.story.lead
    paragraphs = (*lead.article.paragraphs, Paragraph(MASK * 9))
    own = replace(
        old,
        story=replace(old.story, lead=replace(lead, article=replace(lead.article, paragraphs=paragraphs))),
    )
    (story,) = present(replace(ISSUE, sections=_only(ISSUE, own))).stories
    assert story.article.paragraphs[-1].segments[0].text == MASK * 9


def _only(issue: Issue, item: Item) -> tuple[Section, ...]:
    return (replace(issue.sections[0], groups=(TopicGroup(item.topic, (item,)),)),)


def test_an_issue_is_corrected_from_what_it_was_first() -> None:
    """In whatever order things are taken back and stand again, the issue is the same; at last as it was."""
    first, second = ISSUE.items[0], ISSUE.items[1]
    story, sentence = withdrawal(first), withdrawal(second, second.story.lead.sentences[0].text)
    both = corrected(ISSUE, [story, sentence])

    assert corrected(corrected(ISSUE, [story]), [story, sentence]) == both
    assert corrected(corrected(ISSUE, [sentence]), [story, sentence]) == both
    assert corrected(both, [sentence]) == corrected(ISSUE, [sentence])
    assert corrected(both, [replace(story, undone=DAY), sentence]) == corrected(ISSUE, [sentence])
    assert corrected(both, []) == ISSUE
    assert both.original == replace(ISSUE, sources=())
    assert both.original is not None
    assert both.original.original is None


def test_other_issues_do_not_name_what_was_taken_back() -> None:
    """Who goes on from it, repeats it, or prints the very same article in another edition."""
    old = ISSUE.items[0]
    to = Reference(DAY, old.story.id, old.story.lead.article.title, old.number)
    follows = replace(ISSUE.items[1], follows=Link("development", to, "同一件事的进展", 0.8))
    section = replace(ISSUE.sections[0], groups=(TopicGroup("经济", (old, follows)),))
    repeats = LeftOut(ISSUE.items[2].story, "前期已登", Link("repeat", to, "同一稿", 1.0))
    other = replace(ISSUE, date=date(2026, 3, 21), edition="week", sections=(section,), left_out=(repeats,))
    new = corrected(other, [withdrawal(old)])

    assert new.items[0].story.lead.article.title == HEADLINE
    assert new.items[1].follows is not None
    assert new.items[1].follows.to == replace(to, headline=HEADLINE)
    assert new.left_out[0].repeats is not None
    assert new.left_out[0].repeats.to.headline == HEADLINE
    assert new.left_out[0].story == repeats.story
    left = replace(other, sections=(), left_out=(LeftOut(old.story, "版面所限"),))
    assert corrected(left, [withdrawal(old)]).left_out[0].story.lead.article.title == HEADLINE
    assert corrected(other, [withdrawal(ISSUE.items[3])]) == other


def test_an_article_without_text_is_not_every_other_one() -> None:
    """Of a picture with a headline the words tell nothing."""
    blank = replace(ISSUE.items[0].story.lead.article, paragraphs=())
    lead = replace(ISSUE.items[0].story.lead, article=blank, sentences=())
    item = replace(ISSUE.items[0], story=Story("another", lead))
    other = replace(ISSUE, sections=(replace(ISSUE.sections[0], groups=(TopicGroup("经济", (item,)),)),))
    gone = replace(withdrawal(ISSUE.items[1]), digest=digest_of(blank))

    assert corrected(other, [gone]) == other


@pytest.mark.parametrize(
    ("name", "mark"),
    [
        (HTML_NAME, '<span class="badge">撤稿说明</span>'),
        (MARKDOWN_NAME, "> **撤稿说明**　"),
        (TEXT_NAME, "撤稿说明："),
        (EPUB_NAME, "撤稿说明："),
    ],
)
def test_every_file_says_what_was_taken_back_when_and_why(name: str, mark: str) -> None:
    """Under a name of its own, apart from what an editor wrote."""
    old = ISSUE.items[1]
    config = RenderConfig(pdf=False)
    (data,) = (file.data for file in render(corrected(ISSUE, [withdrawal(old)]), config) if file.name == name)
    if name == EPUB_NAME:
        with zipfile.ZipFile(io.BytesIO(data)) as book:
            data = b"".join(book.read(one) for one in book.namelist() if one.endswith("xhtml"))

    assert f"{mark}本条于2026年3月20日撤回：{REASON}" in data.decode().replace("\\", "")


def test_a_story_that_became_another_one_is_known_by_its_words() -> None:
    """Built again the story may have another id: the article tells."""
    old = ISSUE.items[1]
    issue = corrected(ISSUE, [replace(withdrawal(old), story="another")])

    assert item_of(issue, old.number).story.lead.article.title == HEADLINE
    assert corrected(ISSUE, []) is ISSUE


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with an issue of the day, and its site."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "rows.jsonl").write_bytes(jsonl(ROWS))
    assert run(["build", "rows.jsonl", "--no-pdf", "--date", DAY.isoformat(), "-q"]) == 0
    (tmp_path / "digest.toml").write_text("[render]\npdf = false\n", encoding="utf-8")
    return tmp_path


def words_of(desk: Path) -> str:
    files = [path for path in (desk / "out").rglob("*") if path.suffix in {".html", ".json", ".xml", ".js"}]
    return "\n".join(path.read_text(encoding="utf-8") for path in files if path.name[0] != ".")


def test_what_is_taken_back_goes_everywhere(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Out of the files of the issue, the site, its feeds, its search, and out of the library's search."""
    with Library(desk / "out.library" / "digest.sqlite3") as library:
        issue = library.issue("", DAY)
    assert issue is not None
    first, second = issue.items[0], issue.items[1]
    gone = first.story.lead.article.title
    sentence = second.story.lead.sentences[0].text
    assert gone in words_of(desk)
    assert run(["withdraw", f"{DAY}#1", "--reason", REASON, "--date", "2026-03-20"]) == 0
    assert run(["withdraw", f"{DAY}#2.1", "--reason", "数字有误", "--date", "2026-03-20"]) == 0
    assert gone in words_of(desk)
    assert run(["site"]) == 0

    words = words_of(desk)
    for text in (gone, sentence, *(s.text for s in first.story.lead.sentences)):
        assert text not in words
    for path in ("index.html", "feed.xml", "feed.json", f"{DAY}/index.html", f"{DAY}/issue.json"):
        told = (desk / "out" / path).read_text(encoding="utf-8")
        assert HEADLINE in told, path
        assert REASON in told or path == "index.html", path
        assert "数字有误" in told or path == "index.html", path
    assert "2026-03-20T00:00:00+08:00</updated>" in (desk / "out" / "feed.xml").read_text(encoding="utf-8")
    capsys.readouterr()
    assert run(["verify"]) == 0, capsys.readouterr().out
    assert run(["search", gone[:6]]) == 1
    assert run(["withdraw"]) == 0
    listed = [line.split("\t") for line in capsys.readouterr().out.splitlines()]
    assert [line[:3] for line in sorted(listed)] == [
        [f"{DAY}#1", "2026-03-20", REASON],
        [f"{DAY}#2.1", "2026-03-20", "数字有误"],
    ]


def test_what_is_undone_stands_again(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """As it was printed, byte for byte but for the date in the feeds; doing it twice changes nothing."""
    before = words_of(desk)
    for what in (f"{DAY}#1", f"{DAY}#2.1", f"{DAY}#2.1"):  # the last is what was its second sentence
        assert run(["withdraw", what, "--reason", REASON, "--date", "2026-03-20"]) == 0
        assert run(["site", "-q"]) == 0
    capsys.readouterr()
    assert run(["withdraw"]) == 0
    ids = [line.split("\t")[0] for line in capsys.readouterr().out.splitlines()]
    assert sorted(ids) == [f"{DAY}#1", f"{DAY}#2.1", f"{DAY}#2.2"]
    for what in ids:
        assert run(["withdraw", what, "--undo", "--date", "2026-03-21"]) == 0
    assert run(["withdraw", ids[0], "--undo", "--date", "2026-03-25"]) == 0
    assert "早已取消撤回 undone before" in capsys.readouterr().err
    assert run(["site"]) == 0

    after = words_of(desk)
    assert "2026-03-21T00:00:00+08:00" in after
    assert after.replace("2026-03-21T00:00:00+08:00", f"{DAY}T00:00:00+08:00") == before
    assert run(["verify"]) == 0, capsys.readouterr().out
    assert run(["withdraw"]) == 0
    assert capsys.readouterr().out.splitlines()[1:] == []
    assert run(["site"]) == 0
    assert words_of(desk) == after
    assert run(["withdraw", f"{DAY}#1", "--reason", "又有误"]) == 0  # and again
    assert run(["site"]) == 0
    assert "又有误" in words_of(desk)


def test_an_import_brings_what_was_taken_back_in_step(desk: Path, tmp_path: Path) -> None:
    """An issue that does not know of a withdrawal is printed again."""
    assert run(["library", "--export", "before.jsonl"]) == 0
    assert run(["withdraw", f"{DAY}#1", "--reason", REASON]) == 0
    assert run(["site"]) == 0
    with Library(desk / "out.library" / "digest.sqlite3") as library:
        assert library.withdrawals.unsettled() == ()
        lines = (tmp_path / "before.jsonl").read_bytes().splitlines(keepends=True)
        library.import_lines(lines, "before.jsonl")
        assert len(library.withdrawals.unsettled()) == 1


def test_a_day_built_again_stays_without_it(desk: Path) -> None:
    """Whoever builds the day again takes it back again."""
    assert run(["withdraw", f"{DAY}#1", "--reason", REASON, "--date", "2026-03-20"]) == 0
    assert run(["build", "rows.jsonl", "--date", DAY.isoformat(), "-q"]) == 0
    first = words_of(desk)
    assert run(["build", "rows.jsonl", "--date", DAY.isoformat(), "-q"]) == 0

    assert f"本条于2026年3月20日撤回：{REASON}" in first
    assert words_of(desk) == first


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["2026-03-18#99", "--reason", "x"], 1),
        (["2026-03-18#1.99", "--reason", "x"], 1),
        (["2026-03-18#1"], 2),
        (["2026-03-18#1", "--undo", "--reason", "x"], 2),
        (["--undo"], 2),
        (["2026-03-18#1", "--undo"], 1),
        (["#1", "--reason", "x"], 2),
        (["2026-03-18", "--reason", "x"], 2),
        (["2026-03-19#1", "--reason", "x"], 8),
    ],
)
def test_what_is_not_there_cannot_be_taken_back(desk: Path, arguments: list[str], code: int) -> None:
    """One line says what is wrong, and nothing is noted."""
    assert run(["withdraw", *arguments]) == code
    with Library(desk / "out.library" / "digest.sqlite3") as library:
        assert library.withdrawals.all() == ()
