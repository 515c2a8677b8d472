"""What is taken back of a printed issue, named so that it is known again however the issue is built."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from datetime import date

from digest.model import Article, Issue, Item, Story, Withdrawal

HEADLINE = "（本条已撤回）"
MASK = "■"  # for each character of a sentence that was taken back, in the text of an article


def withdrawal_of(
    issue: Issue, number: int, sentence: int | None, reason: str, withdrawn: date
) -> Withdrawal | None:
    """What takes back item `number` of the issue, or a sentence of its summary as it stands, counted from 1.

    None where there is no such item or sentence.
    """
    item, first = _item(issue, number), _item(issue.original or issue, number)
    if item is None or first is None:
        return None
    sentences = item.story.lead.sentences
    if sentence is not None and not 1 <= sentence <= len(sentences):
        return None
    return Withdrawal(
        edition=issue.edition,
        day=issue.date,
        story=item.story.id,
        sentence=sentences[sentence - 1].text if sentence is not None else "",
        digest=digest_of(first.story.lead.article),
        reason=reason,
        withdrawn=withdrawn,
    )


def withdrawal_in(
    issue: Issue, number: int, sentence: int | None, withdrawals: Iterable[Withdrawal]
) -> Withdrawal | None:
    """The one of `withdrawals` that `place_of` gives this number for; None where none is so named."""
    for one in withdrawals:
        if (one.edition, one.day) == (issue.edition, issue.date) and place_of(issue, one) == (
            number,
            sentence,
        ):
            return one
    return None


def place_of(issue: Issue, withdrawal: Withdrawal) -> tuple[int, int | None] | None:
    """The number of the item that was taken back, and of the sentence in the summary as first printed.

    0 for a sentence that is in no summary; None where the issue has no such item any more.
    """
    for item in (issue.original or issue).items:
        if is_meant(item.story, withdrawal, issue.edition, issue.date):
            texts = [sentence.text for sentence in item.story.lead.sentences]
            if not withdrawal.sentence:
                return item.number, None
            found = withdrawal.sentence in texts
            return item.number, texts.index(withdrawal.sentence) + 1 if found else 0
    return None


def titles_of(issue: Issue, withdrawal: Withdrawal) -> Iterator[str]:
    """The titles under which the articles of what was taken back may stand in other issues."""
    yield HEADLINE
    for item in (issue.original or issue).items:
        if is_meant(item.story, withdrawal, issue.edition, issue.date):
            yield from (version.article.title for version in item.story.members)


def is_meant(story: Story, withdrawal: Withdrawal, edition: str, day: date) -> bool:
    """Whether a withdrawal is of a story, in the issue of that edition and day; elsewhere the words tell."""
    if (edition, day, story.id) == (withdrawal.edition, withdrawal.day, withdrawal.story):
        return True
    texts = (version.article for version in story.members if version.article.text)
    return withdrawal.digest in map(digest_of, texts)


def digest_of(article: Article) -> str:
    """What a withdrawal knows an article by, whatever story it stands in."""
    return hashlib.sha256(article.text.encode("utf-8", "surrogatepass")).hexdigest()


def _item(issue: Issue, number: int) -> Item | None:
    return next((item for item in issue.items if item.number == number), None)
