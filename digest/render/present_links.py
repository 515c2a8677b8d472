"""What stands beside a story: earlier and related stories, and how its versions differ."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from digest.model import Article, Item, Link, Span
from digest.render.view import DifferenceView, LinkView
from digest.render.wording import NO_HEADLINE, paper_of_file

KINDS = {
    "development": "进展",
    "commentary": "评论综述",
    "series": "同系列",
    "event": "同一事件",
    "repeat": "已登",
}


def present_link(link: Link, day: date) -> LinkView:
    """The view of a link from an issue of `day`; both issues stand in folders side by side."""
    to = link.to
    if to.date == day:
        issue, href = "本期", f"#s{to.number}"
    else:
        number = "" if to.issue_number is None else f"第{to.issue_number}期"
        year = "" if to.date.year == day.year else f"{to.date.year}年"
        issue = f"{year}{to.date.month}月{to.date.day}日{number}"
        href = f"../{to.date.isoformat()}/index.html#s{to.number}"
    return LinkView(KINDS[link.kind], to.headline or NO_HEADLINE, issue, to.number, href, link.reason)


def present_differences(item: Item) -> Iterable[DifferenceView]:
    """One view for every version that differs."""
    lead = item.story.lead.article
    others = item.story.others if item.differences else ()
    for difference, version in zip(item.differences, others, strict=True):
        article = version.article
        if not (difference.left_out or difference.added or difference.changed or difference.is_told_anew):
            continue
        yield DifferenceView(
            source=article.paper or paper_of_file(article.source),
            left_out=_texts(lead, difference.left_out),
            added=_texts(article, difference.added),
            changed=tuple(
                (lead.text[slice(*change.before)], article.text[slice(*change.after)])
                for change in difference.changed
            ),
            is_told_anew=difference.is_told_anew,
        )


def _texts(article: Article, spans: Iterable[Span]) -> tuple[str, ...]:
    return tuple(article.text[slice(*span)] for span in spans)
