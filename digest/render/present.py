"""Issue → view data: every name, label and mark that a reader sees is worded here, once for all templates."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from digest.model import (
    Analysed,
    Article,
    Evidence,
    Issue,
    Item,
    LeftOut,
    Place,
    Section,
    Sentence,
    TopicGroup,
)
from digest.origin import Origin, origin_of
from digest.render.view import (
    VIEW_VERSION,
    EvidenceView,
    IssueView,
    LabelView,
    LeftOutView,
    MergeView,
    OriginView,
    ScoreView,
    SectionView,
    SentenceView,
    SkippedView,
    SourceView,
    StoryView,
    TopicView,
    TotalsView,
)
from digest.render.wording import (
    NO_HEADLINE,
    chinese_number,
    is_traditional,
    made_headline,
    paper_of_file,
    rule_words,
    safe_url,
)

WEEKDAYS = "一二三四五六日"
MAX_EVIDENCE = 5  # the strongest words convince; a full list is in issue.json


@dataclass(frozen=True, slots=True)
class _Frame:
    """What the wording of every part depends on: the issue's year, and the folder that it was read from."""

    year: int
    folder: str  # "" or ends with a slash
    texts: Mapping[str, str]  # of the sources, by name

    def shortened(self, name: str) -> str:
        """The name of a source below the folder that all sources share, which says nothing to a reader."""
        return name.removeprefix(self.folder)


def present(issue: Issue) -> IssueView:
    """The view of a whole issue; the same issue gives the same view."""
    frame = _Frame(issue.date.year, _common_folder(issue), {s.name: s.text for s in issue.sources})
    sections = tuple(_section(section, n, frame) for n, section in enumerate(issue.sections, 1))
    stories = [item.story for item in issue.items]
    everything = [*stories, *(left.story for left in issue.left_out)]
    totals = TotalsView(
        stories=len(stories),
        articles=sum(len(story.members) for story in everything),
        papers=len({_paper(member.article) for story in stories for member in story.members}),
        merged=sum(len(story.papers) > 1 for section in sections for story in section.stories),
        left_out=len(issue.left_out),
        skipped=len(issue.skipped),
    )
    return IssueView(
        version=VIEW_VERSION,
        name=issue.name,
        publisher=issue.publisher,
        number="" if issue.number is None else f"第{issue.number}期",
        date=_date(issue.date),
        date_iso=issue.date.isoformat(),
        weekday=f"星期{WEEKDAYS[issue.date.weekday()]}",
        sections=sections,
        topics=_topic_order(sections),
        left_out=tuple(_left_out(left) for left in issue.left_out),
        skipped=tuple(SkippedView(frame.shortened(s.source), s.reason) for s in issue.skipped),
        warnings=tuple(frame.shortened(warning) for warning in issue.warnings),
        totals=totals,
    )


def _topic_order(sections: Iterable[SectionView]) -> tuple[str, ...]:
    """All titles, each once: a new one goes before the next of its section that is known, else to the end."""
    order: list[str] = []
    for section in sections:
        place = len(order)
        for topic in reversed(section.topics):
            if topic.title in order:
                place = order.index(topic.title)
            else:
                order.insert(place, topic.title)
    return tuple(order)


def _common_folder(issue: Issue) -> str:
    names = [source.name for source in issue.sources] + [skipped.source for skipped in issue.skipped]
    folders = {posixpath.dirname(name) for name in names if "/" in name}
    if not folders or len({folder.startswith("/") for folder in folders}) > 1:
        return ""
    common = posixpath.commonpath(folders)
    return f"{common.rstrip('/')}/" if common else ""


def _section(section: Section, n: int, frame: _Frame) -> SectionView:
    topics = tuple(_topic(group, n, m, frame) for m, group in enumerate(section.groups, 1))
    return SectionView(section.title, f"{chinese_number(n)}、", f"r{n}", topics)


def _topic(group: TopicGroup, n: int, m: int, frame: _Frame) -> TopicView:
    stories = tuple(_story(item, frame) for item in group.items)
    return TopicView(group.topic, f"（{chinese_number(m)}）", f"r{n}t{m}", stories)


def _story(item: Item, frame: _Frame) -> StoryView:
    story, lead = item.story, item.story.lead
    article = lead.article
    sources = tuple(_sources([member.article for member in story.members], frame))
    return StoryView(
        number=item.number,
        anchor=f"s{item.number}",
        lang=_lang(lead),
        headline=article.title or made_headline(lead.sentences[0].text if lead.sentences else ""),
        headline_is_made=article.title_is_made or not article.title,
        kicker=article.kicker,
        subtitle=article.subtitle,
        sources=sources,
        papers=tuple(dict.fromkeys(source.name for source in sources)),
        region=_region(item),
        topic=_topic_label(item),
        columns=tuple(_own_columns(item)),
        sentences=tuple(_sentences(article, lead.sentences, frame)),
        keywords=tuple(keyword.word for keyword in lead.keywords),
        merges=tuple(_merges(item)),
        score=tuple(ScoreView(name, round(value, 2)) for name, value in item.score.parts),
        warnings=tuple(_warnings(lead)),
    )


def _lang(analysed: Analysed) -> str:
    words = analysed.article.title + "".join(sentence.text for sentence in analysed.sentences)
    return "zh-Hant" if is_traditional(words) else "zh-Hans"


def _sources(articles: Iterable[Article], frame: _Frame) -> Iterable[SourceView]:
    seen: set[tuple[str, str, str]] = set()
    for article in articles:
        source = _source(article, frame)
        place = (source.name, source.page, source.date)
        yield replace(source, is_repeat=place in seen)
        seen.add(place)


def _source(article: Article, frame: _Frame) -> SourceView:
    date_text = _date(article.published)
    return SourceView(
        name=_paper(article),
        headline=article.title or NO_HEADLINE,
        page=_page(article.page),
        date=date_text,
        date_iso=article.published.isoformat() if article.published else "",
        day=date_text.removeprefix(f"{frame.year}年"),
        agency=article.agency,
        authors=article.authors,
        file=frame.shortened(article.source),
        url=safe_url(article.url),
        is_repeat=False,
    )


def _paper(article: Article) -> str:
    return article.paper or paper_of_file(article.source)


def _page(page: int | None) -> str:
    return "" if page is None else f"第{page}版"


def _date(day: date | None) -> str:
    return f"{day.year}年{day.month}月{day.day}日" if day else ""


def _region(item: Item) -> LabelView:
    regions = (region for member in item.story.members for region in member.regions)
    found = next((region for region in regions if region.place == item.region), None)
    return LabelView(_place(item.region), item.region.code, _evidence(found.evidence if found else ()))


def _topic_label(item: Item) -> LabelView:
    topics = (topic for member in item.story.members for topic in member.topics)
    found = next((topic for topic in topics if topic.name == item.topic), None)
    return LabelView(item.topic, found.code if found else "", _evidence(found.evidence if found else ()))


def _own_columns(item: Item) -> Iterable[LabelView]:
    """The columns of the user's own, which have no code."""
    for topic in item.story.lead.topics:
        if not topic.code and topic.evidence and topic.name != item.topic and topic.score == 1.0:
            yield LabelView(topic.name, "", _evidence(topic.evidence))


def _place(place: Place) -> str:
    return "·".join(place.path)


def _evidence(evidence: Iterable[Evidence]) -> tuple[EvidenceView, ...]:
    """The strongest evidence, every pair of word and rule once."""
    ranked = sorted(evidence, key=lambda e: -e.weight)
    return tuple(dict.fromkeys(EvidenceView(e.word, rule_words(e.rule)) for e in ranked))[:MAX_EVIDENCE]


def _sentences(article: Article, sentences: Iterable[Sentence], frame: _Frame) -> Iterable[SentenceView]:
    before = ""
    for sentence in sentences:
        spaced = before.isascii() and sentence.text[:1].isascii()
        yield replace(_sentence(article, sentence, frame), space_before=bool(before) and spaced)
        before = sentence.text[-1:]


def _sentence(article: Article, sentence: Sentence, frame: _Frame) -> SentenceView:
    known = 0 <= sentence.paragraph < len(article.paragraphs)
    speaker = article.paragraphs[sentence.paragraph].speaker if known else ""
    origins = _joined(origin_of(article, sentence.start, sentence.end), frame.texts)
    return SentenceView(
        text=sentence.text,
        space_before=False,
        speaker=speaker,
        start=sentence.start,
        end=sentence.end,
        origins=tuple(OriginView(frame.shortened(o.source), _page(o.page), o.start, o.end) for o in origins),
    )


def _joined(origins: Iterable[Origin], texts: Mapping[str, str]) -> Iterable[Origin]:
    """The stretches with those made one that nothing but line ends and spaces of the source keep apart."""
    last: Origin | None = None
    for origin in origins:
        between = texts.get(origin.source, "")[last.end : origin.start] if last else ""
        if last and last[:2] == origin[:2] and between.isspace():
            last = last._replace(end=origin.end)
            continue
        if last:
            yield last
        last = origin
    if last:
        yield last


def _merges(item: Item) -> Iterable[MergeView]:
    members = {member.article.id: member.article for member in item.story.members}
    for merge in item.story.merges:
        article = members.get(merge.article)
        if article is not None:
            yield MergeView(_paper(article), article.title or NO_HEADLINE, merge.reason)


def _warnings(lead: Analysed) -> Iterable[str]:
    """The article's own warnings, and what its fields say beside them, each thing once."""
    article = lead.article
    said = "；".join(article.warnings)
    if article.jump_to is not None and article.continues_in is None and "原文未完" not in said:
        yield f"原文未完（下转第{article.jump_to}版）"
    if article.jump_from is not None and "前文缺失" not in said:
        yield f"前文缺失（上接第{article.jump_from}版）"
    if (article.title_is_made or not article.title) and "标题" not in said:
        yield "原文无标题，标题取自正文"
    chosen = {sentence.paragraph for sentence in lead.sentences}
    if any(p.damage > 0 for i, p in enumerate(article.paragraphs) if i in chosen):
        yield "原文经文字识别，可能有错字"
    yield from article.warnings


def _left_out(left: LeftOut) -> LeftOutView:
    lead = left.story.lead
    names = dict.fromkeys(
        _paper(member.article) + _page(member.article.page) for member in left.story.members
    )
    headline = lead.article.title or NO_HEADLINE
    return LeftOutView(headline, _lang(lead), "、".join(names), left.reason)
