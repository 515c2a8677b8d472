"""Issue → view data: every name, label and mark that a reader sees is worded here, once for all templates."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Sequence
from datetime import date
from itertools import count

from digest.model import Distribution, Issue, Ledger, LeftOut, Section, TopicGroup
from digest.render.excerpt import fair_share
from digest.render.figures import matrix, shares, trends
from digest.render.present_links import present_link
from digest.render.present_story import Frame, date_text, lang_of, page_text, paper_text, present_story
from digest.render.view import (
    VIEW_VERSION,
    IssueView,
    LedgerView,
    LeftOutView,
    ReceivedView,
    RecipientsView,
    SectionView,
    SkippedView,
    TopicView,
    TotalsView,
)
from digest.render.wording import NO_HEADLINE, chinese_number

WEEKDAYS = "一二三四五六日"


def present(issue: Issue) -> IssueView:
    """The view of a whole issue; the same issue gives the same view."""
    stories = [item.story for item in issue.items]
    everything = [*stories, *(left.story for left in issue.left_out)]
    papers = shares([[paper_text(member.article) for member in story.members] for story in stories])
    topics = _topic_order(issue.sections)
    frame = Frame(
        year=issue.date.year,
        day=issue.date,
        folder=_common_folder(issue),
        texts={source.name: source.text for source in issue.sources},
        papers=dict(zip((paper.name for paper in papers), count(1), strict=False)),
        article_chars=fair_share([len(story.lead.article.text) for story in stories]),
    )
    sections = tuple(_section(section, n, topics, frame) for n, section in enumerate(issue.sections, 1))
    totals = TotalsView(
        stories=len(stories),
        articles=sum(len(story.members) for story in everything),
        papers=len(papers),
        merged=sum(len(story.papers) > 1 for section in sections for story in section.stories),
        left_out=len(issue.left_out),
        skipped=len(issue.skipped),
    )
    return IssueView(
        version=VIEW_VERSION,
        name=issue.name,
        publisher=issue.publisher,
        number="" if issue.number is None else f"第{issue.number}期",
        total_number="" if issue.total_number is None else f"总第{issue.total_number}期",
        date=date_text(issue.date),
        date_iso=issue.date.isoformat(),
        weekday=f"星期{WEEKDAYS[issue.date.weekday()]}",
        sections=sections,
        topics=topics,
        papers=papers,
        matrix=matrix(sections, topics),
        trends=trends(
            issue.history,
            [[keyword.word for keyword in story.lead.keywords] for story in stories],
            f"{issue.date.month}月{issue.date.day}日",
        ),
        left_out=tuple(_left_out(left, issue.date) for left in issue.left_out),
        skipped=tuple(SkippedView(frame.shortened(s.source), s.reason) for s in issue.skipped),
        warnings=tuple(frame.shortened(warning) for warning in issue.warnings),
        totals=totals,
        recipients=tuple(_recipients(issue.distribution)),
        copies="" if issue.distribution.copies is None else f"共印{issue.distribution.copies}份",
        ledger=_ledger(issue.ledger, frame),
        preface=tuple(filter(None, map(str.strip, issue.preface.splitlines()))),
    )


def _ledger(ledger: Ledger, frame: Frame) -> LedgerView:
    received = (
        ReceivedView(frame.shortened(one.name), one.n_articles, one.n_printed) for one in ledger.received
    )
    return LedgerView(
        expected=len(ledger.expected),
        received=tuple(received),
        silent=ledger.silent,
        articles=ledger.n_articles,
        merged=ledger.n_merged,
        stories=ledger.n_stories,
        printed=ledger.n_printed,
        outside=ledger.n_outside,
    )


def _recipients(distribution: Distribution) -> Iterable[RecipientsView]:
    for kind, names in (
        ("报", distribution.report_to),
        ("送", distribution.send_to),
        ("发", distribution.issue_to),
    ):
        if names:
            yield RecipientsView(kind, names)


def _topic_order(sections: Iterable[Section]) -> tuple[str, ...]:
    """All titles, each once: a new one goes before the next of its section that is known, else to the end."""
    order: list[str] = []
    for section in sections:
        place = len(order)
        for group in reversed(section.groups):
            if group.topic in order:
                place = order.index(group.topic)
            else:
                order.insert(place, group.topic)
    return tuple(order)


def _common_folder(issue: Issue) -> str:
    names = [source.name for source in issue.sources] + [skipped.source for skipped in issue.skipped]
    folders = {posixpath.dirname(name) for name in names if "/" in name}
    if not folders or len({folder.startswith("/") for folder in folders}) > 1:
        return ""
    common = posixpath.commonpath(folders)
    return f"{common.rstrip('/')}/" if common else ""


def _section(section: Section, n: int, topics: Sequence[str], frame: Frame) -> SectionView:
    groups = tuple(_topic(group, n, m, topics, frame) for m, group in enumerate(section.groups, 1))
    return SectionView(section.title, f"{chinese_number(n)}、", f"r{n}", groups)


def _topic(group: TopicGroup, n: int, m: int, topics: Sequence[str], frame: Frame) -> TopicView:
    stories = tuple(present_story(item, frame) for item in group.items)
    number = topics.index(group.topic) + 1
    return TopicView(group.topic, number, f"（{chinese_number(m)}）", f"r{n}t{m}", stories)


def _left_out(left: LeftOut, day: date) -> LeftOutView:
    lead = left.story.lead
    names = dict.fromkeys(
        paper_text(member.article) + page_text(member.article.page) for member in left.story.members
    )
    headline = lead.article.title or NO_HEADLINE
    repeats = present_link(left.repeats, day) if left.repeats else None
    return LeftOutView(headline, lang_of(lead), "、".join(names), left.reason, repeats)
