"""One story of an issue → view data: its sources, sentences, evidence and warnings in a reader's words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from digest.model import Analysed, Article, Correction, Evidence, Item, Place, Sentence
from digest.origin import Origin, origin_of
from digest.render.excerpt import excerpt, unmasked
from digest.render.present_links import present_differences, present_link
from digest.render.view import (
    AddedView,
    CorrectionView,
    EvidenceView,
    FigureView,
    LabelView,
    MergeView,
    OriginView,
    ScoreView,
    SentenceView,
    SourceView,
    StoryView,
)
from digest.render.wording import (
    NO_HEADLINE,
    is_traditional,
    made_headline,
    paper_of_file,
    rule_words,
    safe_url,
)

MAX_EVIDENCE = 5  # the strongest words convince; a full list is in issue.json


@dataclass(frozen=True, slots=True)
class Frame:
    """What the wording of every part depends on: the issue's year, and the folder that it was read from."""

    year: int
    day: date
    folder: str  # "" or ends with a slash
    texts: Mapping[str, str]  # of the sources, by name
    papers: Mapping[str, int]  # the place of a newspaper in the issue's `papers`, from 1
    article_chars: (
        int  # of an article's text that is shown; of a longer one, what stands around its sentences
    )

    def shortened(self, name: str) -> str:
        """The name of a source below the folder that all sources share, which says nothing to a reader."""
        return name.removeprefix(self.folder)


def present_story(item: Item, frame: Frame) -> StoryView:
    story, lead = item.story, item.story.lead
    article = lead.article
    sources = tuple(_sources([member.article for member in story.members], frame))
    anchor = f"s{item.number}"
    marks = [f"{anchor}o{n}" for n in range(1, len(lead.sentences) + 1)]
    text = excerpt(article, lead.sentences, marks, frame.article_chars)
    return StoryView(
        number=item.number,
        anchor=anchor,
        lang=lang_of(lead),
        headline=item.headline or article.title or made_headline(_first(lead)),
        headline_is_made=not item.headline and (article.title_is_made or not article.title),
        headline_is_edited=bool(item.headline),
        kicker=article.kicker,
        subtitle=article.subtitle,
        sources=sources,
        papers=tuple(dict.fromkeys(source.name for source in sources)),
        region=_region(item),
        topic=_topic_label(item),
        columns=tuple(_own_columns(item)),
        sentences=tuple(_sentences(article, lead.sentences, anchor, frame)),
        added=tuple(_added(item, anchor, frame)),
        keywords=tuple(keyword.word for keyword in lead.keywords),
        figures=tuple(FigureView(f.text, f.subject, f.value, f.comparison) for f in lead.figures),
        merges=tuple(_merges(item)),
        score=tuple(ScoreView(name, round(value, 2)) for name, value in item.score.parts),
        warnings=tuple(_warnings(lead, headline_is_edited=bool(item.headline))),
        note=item.note,
        corrections=tuple(map(_correction, item.corrections)),
        follows=present_link(item.follows, frame.day) if item.follows else None,
        links=tuple(present_link(link, frame.day) for link in item.links),
        differences=tuple(present_differences(item)),
        article=unmasked(text) if item.corrections else text,
    )


def _first(analysed: Analysed) -> str:
    return analysed.sentences[0].text if analysed.sentences else ""


def lang_of(analysed: Analysed) -> str:
    words = analysed.article.title + "".join(sentence.text for sentence in analysed.sentences)
    return "zh-Hant" if is_traditional(words) else "zh-Hans"


def _sources(articles: Iterable[Article], frame: Frame) -> Iterable[SourceView]:
    seen: set[tuple[str, str, str]] = set()
    for article in articles:
        source = _source(article, frame)
        place = (source.name, source.page, source.date)
        yield replace(source, is_repeat=place in seen)
        seen.add(place)


def _source(article: Article, frame: Frame) -> SourceView:
    day = date_text(article.published)
    return SourceView(
        name=paper_text(article),
        headline=article.title or NO_HEADLINE,
        page=page_text(article.page),
        date=day,
        date_iso=article.published.isoformat() if article.published else "",
        day=day.removeprefix(f"{frame.year}年"),
        agency=article.agency,
        authors=article.authors,
        file=frame.shortened(article.source),
        url=safe_url(article.url),
        is_repeat=False,
        paper=frame.papers.get(paper_text(article), 0),
    )


def paper_text(article: Article) -> str:
    return article.paper or paper_of_file(article.source)


def page_text(page: int | None) -> str:
    return "" if page is None else f"第{page}版"


def date_text(day: date | None) -> str:
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


def _sentences(
    article: Article, sentences: Iterable[Sentence], anchor: str, frame: Frame
) -> Iterable[SentenceView]:
    before = ""
    for n, sentence in enumerate(sentences, 1):
        spaced = before.isascii() and sentence.text[:1].isascii()
        view = _sentence(article, sentence, frame)
        yield replace(
            view, space_before=bool(before) and spaced, anchor=f"{anchor}-{n}", mark=f"{anchor}o{n}"
        )
        before = sentence.text[-1:]


def _added(item: Item, anchor: str, frame: Frame) -> Iterable[AddedView]:
    for n, added in enumerate(item.story.added, 1):
        article = item.story.members[added.version].article
        view = replace(_sentence(article, added.sentence, frame), anchor=f"{anchor}-a{n}")
        yield AddedView(paper_text(article), view)


def _sentence(article: Article, sentence: Sentence, frame: Frame) -> SentenceView:
    known = 0 <= sentence.paragraph < len(article.paragraphs)
    speaker = article.paragraphs[sentence.paragraph].speaker if known else ""
    origins = _joined(origin_of(article, sentence.start, sentence.end), frame.texts)
    return SentenceView(
        text=sentence.text,
        space_before=False,
        speaker=speaker,
        start=sentence.start,
        end=sentence.end,
        origins=tuple(
            OriginView(frame.shortened(o.source), page_text(o.page), o.start, o.end) for o in origins
        ),
        anchor="",
        mark="",
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


def _correction(one: Correction) -> CorrectionView:
    label, what = ("撤稿说明", "本条") if one.is_whole else ("更正", "有一句")
    text = f"{what}于{date_text(one.day)}撤回：{one.reason}"
    return CorrectionView(label, text, one.day.isoformat(), one.reason)


def _merges(item: Item) -> Iterable[MergeView]:
    members = {member.article.id: member.article for member in item.story.members}
    for merge in item.story.merges:
        article = members.get(merge.article)
        if article is not None:
            yield MergeView(paper_text(article), article.title or NO_HEADLINE, merge.reason)


def _warnings(lead: Analysed, *, headline_is_edited: bool) -> Iterable[str]:
    """The article's own warnings, and what its fields say beside them, each thing once."""
    article = lead.article
    said = "；".join(article.warnings)
    if article.jump_to is not None and article.continues_in is None and "原文未完" not in said:
        yield f"原文未完（下转第{article.jump_to}版）"
    if article.jump_from is not None and "前文缺失" not in said:
        yield f"前文缺失（上接第{article.jump_from}版）"
    if headline_is_edited:
        yield "标题由编者拟定"
    elif (article.title_is_made or not article.title) and "标题" not in said:
        yield "原文无标题，标题取自正文"
    chosen = {sentence.paragraph for sentence in lead.sentences}
    if any(p.damage > 0 for i, p in enumerate(article.paragraphs) if i in chosen):
        yield "原文经文字识别，可能有错字"
    yield from article.warnings
