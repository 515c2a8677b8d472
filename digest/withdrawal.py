"""What is taken back of a printed issue, named so that it is known again however the issue is built."""

from __future__ import annotations

import hashlib
from datetime import date

from digest.model import Article, Issue, Withdrawal


def withdrawal_of(
    issue: Issue, number: int, sentence: int | None, reason: str, withdrawn: date
) -> Withdrawal | None:
    """What takes back item `number` of the issue, or a sentence of its summary, counted from 1.

    None where there is no such item or sentence.
    """
    item = next((item for item in issue.items if item.number == number), None)
    if item is None:
        return None
    lead = item.story.lead
    if sentence is not None and not 1 <= sentence <= len(lead.sentences):
        return None
    return Withdrawal(
        edition=issue.edition,
        day=issue.date,
        story=item.story.id,
        sentence=lead.sentences[sentence - 1].text if sentence is not None else "",
        digest=digest_of(lead.article),
        reason=reason,
        withdrawn=withdrawn,
    )


def digest_of(article: Article) -> str:
    """What a withdrawal knows an article by, whatever story it stands in."""
    return hashlib.sha256(article.text.encode("utf-8", "surrogatepass")).hexdigest()
