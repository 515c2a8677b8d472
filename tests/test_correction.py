"""What was printed and is taken back: a note stands in its place, everywhere."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from digest.cli import run
from digest.compose.correction import HEADLINE, MASK, corrected
from digest.library import Library
from digest.model import Issue, Item, Withdrawal
from digest.withdrawal import digest_of
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
    assert new.note == f"本条已撤回：{REASON}"
    assert new.story.lead.article.text == ""
    assert (new.story.lead.sentences, new.story.others, new.story.merges, new.links) == ((), (), (), ())
    assert (new.region, new.topic, new.story.lead.article.paper) == (
        old.region,
        old.topic,
        old.story.lead.article.paper,
    )
    assert [item for item in issue.items if item != new] == [item for item in ISSUE.items if item != old]
    assert corrected(issue, [withdrawal(old)]) == issue


def test_a_sentence_taken_back_is_masked_in_every_version() -> None:
    """It goes out of the summary; all other sentences hold at their offsets, and runs at theirs."""
    old = ISSUE.items[1]
    sentence = old.story.lead.sentences[0].text
    issue = corrected(ISSUE, [withdrawal(old, sentence)])
    new = item_of(issue, old.number)

    assert new.note == f"有一句已撤回：{REASON}"
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
    told = {line.split("\t")[4] for line in capsys.readouterr().out.splitlines()}
    assert told == {REASON, "数字有误"}


def test_a_day_built_again_stays_without_it(desk: Path) -> None:
    """Whoever builds the day again takes it back again."""
    assert run(["withdraw", f"{DAY}#1", "--reason", REASON, "--date", "2026-03-20"]) == 0
    assert run(["build", "rows.jsonl", "--date", DAY.isoformat(), "-q"]) == 0
    first = words_of(desk)
    assert run(["build", "rows.jsonl", "--date", DAY.isoformat(), "-q"]) == 0

    assert f"本条已撤回：{REASON}" in first
    assert words_of(desk) == first


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["2026-03-18#99", "--reason", "x"], 1),
        (["2026-03-18#1.99", "--reason", "x"], 1),
        (["2026-03-18#1"], 2),
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
