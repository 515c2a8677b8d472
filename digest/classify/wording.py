"""The words of an article that are classified: headline and body, Simplified, each character where it stood."""

from __future__ import annotations

from functools import lru_cache

from digest.model import Article
from digest.text.script import is_traditional, simplified


def wording(article: Article, chars: int) -> tuple[str, str]:
    """Headline (kicker, title, subtitle) and the first `chars` characters of the body.

    A made title is left out: its words stand in the body already.
    """
    parts = (article.kicker, "" if article.title_is_made else article.title, article.subtitle)
    title = " ".join(part for part in parts if part)
    text = article.text
    if _is_traditional(text or title):
        return simplified(title), simplified(text[:chars])
    return title, text[:chars]


@lru_cache(maxsize=4)
def _is_traditional(text: str) -> bool:
    """Region and topic ask one after the other about the same text."""
    return is_traditional(text)
