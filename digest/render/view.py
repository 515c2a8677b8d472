"""What a template may see: plain, frozen view data made from an issue, and nothing of the model behind it.

`VIEW_VERSION` rises by one when a field is taken away or changes its meaning; fields are only added without
it. A theme written for one version works with all issues of that version. docs/themes.md explains every
field in the words of a theme's author. All texts are plain text: the templates escape them.
"""

from __future__ import annotations

from dataclasses import dataclass

VIEW_VERSION = 1


@dataclass(frozen=True, slots=True)
class SourceView:
    """One newspaper's version of a story."""

    name: str  # 聊城日报, or the file's name where the paper is not known
    headline: str  # as this source prints it
    page: str  # 第1版, or ""
    date: str  # 2024年3月21日, or ""
    date_iso: str  # 2024-03-21, or ""
    day: str  # 3月21日 where the year is that of the issue, else as `date`
    agency: str  # 新华社, 本报, or ""
    authors: tuple[str, ...]
    file: str  # the source as it was given to the program
    url: str  # http or https, or ""; nothing else passes
    is_repeat: bool  # the same page of the same paper stands before it: its PDF and its text, say
    paper: int  # its newspaper's place in the issue's `papers`, from 1


@dataclass(frozen=True, slots=True)
class OriginView:
    """A stretch of a source's text as it was read, in code points, half open; line ends in it count."""

    file: str
    page: str  # 第1版, or ""
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class SentenceView:
    """A sentence of the summary, word for word as in the article."""

    text: str
    space_before: bool  # it follows another and both are Latin where they meet
    speaker: str  # who says it, in transcripts; else ""
    start: int  # offsets in the article's text
    end: int
    origins: tuple[OriginView, ...]  # usually one; more where the newspaper's columns cut the sentence
    anchor: str  # s3-1: the id of the sentence in the summary
    mark: str  # s3o1: the id of its place in the article, or "" where `article` does not hold it


@dataclass(frozen=True, slots=True)
class AddedView:
    """A sentence that only another newspaper's version of the story has."""

    paper: str
    sentence: SentenceView  # its `mark` is "": `article` is the leading version's


@dataclass(frozen=True, slots=True)
class FigureView:
    """A key figure of the article, in its own words."""

    text: str  # 全县粮食产量42.3万吨，同比增长3.1%
    subject: str  # 全县粮食产量
    value: str  # 42.3万吨, or "" where there is but a comparison
    comparison: str  # 同比增长3.1%, or ""


@dataclass(frozen=True, slots=True)
class SegmentView:
    """A stretch of an article: a sentence of the summary, or what stands between two of them."""

    text: str
    sentence: int  # counts the sentences of the summary from 1; 0 for all else
    anchor: str  # the `mark` of that sentence, on the first segment of it; else ""


@dataclass(frozen=True, slots=True)
class ParagraphView:
    segments: tuple[SegmentView, ...]
    speaker: str
    skipped: int  # paragraphs that are left out before this one


@dataclass(frozen=True, slots=True)
class ArticleView:
    """The text that the sentences were taken from; of a long one the paragraphs around them."""

    paragraphs: tuple[ParagraphView, ...]
    skipped: int  # paragraphs left out behind the last
    chars: int  # of the whole text
    is_whole: bool


@dataclass(frozen=True, slots=True)
class EvidenceView:
    """Why a region or a topic was given."""

    word: str  # "" where the rule needs none
    rule: str  # in Chinese


@dataclass(frozen=True, slots=True)
class LabelView:
    """A region or a topic with its evidence."""

    name: str  # 山东·聊城, 经济
    code: str  # GB/T 2260 or GB/T 20093, or ""
    evidence: tuple[EvidenceView, ...]


@dataclass(frozen=True, slots=True)
class MergeView:
    """Why another source's article is the same story."""

    source: str
    headline: str
    reason: str


@dataclass(frozen=True, slots=True)
class ScoreView:
    """One part of the score that a story's place in its section follows from."""

    name: str
    value: float


@dataclass(frozen=True, slots=True)
class CorrectionView:
    """That the story, or a sentence of it, was taken back."""

    label: str  # 撤稿说明, 更正
    text: str  # 本条于2026年3月20日撤回：报社已更正
    date_iso: str
    reason: str


@dataclass(frozen=True, slots=True)
class LinkView:
    """Another story, of this issue or of an earlier one, and why a reader may want to see it."""

    kind: str  # 进展, 评论综述, 同系列, 同一事件
    headline: str
    issue: str  # 3月17日第11期, or 本期
    number: int  # of the story in its issue
    href: str  # from the folder of this issue
    reason: str


@dataclass(frozen=True, slots=True)
class DifferenceView:
    """What another version of the story left out of the printed one, or added; sentences word for word."""

    source: str
    left_out: tuple[str, ...]
    added: tuple[str, ...]
    changed: tuple[tuple[str, str], ...]  # as printed, as there
    is_told_anew: bool  # hardly a sentence is shared


@dataclass(frozen=True, slots=True)
class StoryView:
    number: int  # through the issue, from 1
    anchor: str  # s1, s2, …: the id to link to
    lang: str  # zh-Hans or zh-Hant
    headline: str
    headline_is_made: bool  # no headline was printed; it is made of the article's own words
    headline_is_edited: bool  # it is of the editor's making
    kicker: str  # 引题
    subtitle: str  # 副题
    sources: tuple[SourceView, ...]  # the version that is printed comes first
    papers: tuple[str, ...]  # the newspapers among them, each once
    region: LabelView
    topic: LabelView
    columns: tuple[LabelView, ...]  # the columns of digest.toml that it belongs in, besides `topic`
    sentences: tuple[SentenceView, ...]
    added: tuple[AddedView, ...]  # what other versions tell beyond the leading one
    keywords: tuple[str, ...]
    figures: tuple[FigureView, ...]
    merges: tuple[MergeView, ...]
    score: tuple[ScoreView, ...]
    warnings: tuple[str, ...]  # 原文未完…
    note: str  # 编者按: the editor's own words, or ""
    corrections: tuple[CorrectionView, ...]
    follows: LinkView | None  # 续报: the story of an earlier issue that this one goes on from
    links: tuple[LinkView, ...]  # 相关
    differences: tuple[DifferenceView, ...]
    article: ArticleView


@dataclass(frozen=True, slots=True)
class TopicView:
    title: str
    topic: int  # its place in the issue's `topics`, from 1
    label: str  # （一）
    anchor: str
    stories: tuple[StoryView, ...]


@dataclass(frozen=True, slots=True)
class SectionView:
    title: str
    label: str  # 一、
    anchor: str
    topics: tuple[TopicView, ...]

    @property
    def stories(self) -> tuple[StoryView, ...]:
        return tuple(story for topic in self.topics for story in topic.stories)


@dataclass(frozen=True, slots=True)
class PaperView:
    """A newspaper and its share of the issue."""

    name: str
    stories: int  # that it carried; a story of several papers counts for each
    percent: float  # of all printed stories, to one digit


@dataclass(frozen=True, slots=True)
class CellView:
    """Stories of one region and one topic."""

    topic: str
    stories: int
    anchor: str  # of the topic in its section, or ""
    level: int  # 0 for none, else 1 to 4 by the share of the fullest cell, and no more than `stories`


@dataclass(frozen=True, slots=True)
class RowView:
    title: str
    anchor: str
    stories: int
    cells: tuple[CellView, ...]  # one for each of the issue's `topics`


@dataclass(frozen=True, slots=True)
class TrendView:
    """A keyword over the week: in how many stories of each issue it stood, today's the last."""

    word: str
    counts: tuple[int, ...]
    change: float  # today's count less the mean of the issues before, to one digit


@dataclass(frozen=True, slots=True)
class TrendsView:
    """Keywords that rose and fell, strongest first."""

    days: tuple[str, ...]  # 3月12日, …, as the counts
    most: int  # the largest of all counts
    rising: tuple[TrendView, ...]
    falling: tuple[TrendView, ...]


@dataclass(frozen=True, slots=True)
class LeftOutView:
    """A story that was read and not printed."""

    headline: str
    lang: str
    sources: str  # 聊城日报第2版、太原日报
    reason: str
    repeats: LinkView | None  # the story of an earlier issue that has it


@dataclass(frozen=True, slots=True)
class SkippedView:
    """An input, or a part of one, that became no article."""

    source: str
    reason: str


@dataclass(frozen=True, slots=True)
class ReceivedView:
    name: str
    articles: int
    printed: int  # printed stories that it has a version of


@dataclass(frozen=True, slots=True)
class LedgerView:
    """The account of an issue: what was expected and came, and where every article went."""

    expected: int  # sources of digest.toml; 0 where none are configured
    received: tuple[ReceivedView, ...]
    silent: tuple[str, ...]  # expected, and nothing came
    articles: int
    merged: int  # articles that tell what another one leads with
    stories: int
    printed: int
    outside: int  # articles that are no matter of this edition


@dataclass(frozen=True, slots=True)
class RecipientsView:
    """One line of the record: 报：… 送：… 发：…"""

    kind: str  # 报, 送 or 发
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TotalsView:
    stories: int
    articles: int  # all versions of all stories, printed and left out
    papers: int  # newspapers that the printed stories come from
    merged: int  # printed stories that more than one newspaper carried
    left_out: int
    skipped: int


@dataclass(frozen=True, slots=True)
class IssueView:
    """One issue. Templates get it as `issue`."""

    version: int  # VIEW_VERSION
    name: str
    publisher: str
    number: str  # 第12期, or ""
    total_number: str  # 总第212期, or ""
    date: str  # 2024年3月21日
    date_iso: str  # 2024-03-21
    weekday: str  # 星期四
    sections: tuple[SectionView, ...]  # the contents are these titles and their stories
    topics: tuple[str, ...]  # the titles of all topics, in the order of the sections
    papers: tuple[PaperView, ...]  # most stories first
    matrix: tuple[RowView, ...]  # region × topic: one row for each section
    trends: TrendsView | None  # None where the library has too few issues of the week before
    left_out: tuple[LeftOutView, ...]
    skipped: tuple[SkippedView, ...]
    warnings: tuple[str, ...]
    totals: TotalsView
    recipients: tuple[RecipientsView, ...]  # 报, 送, 发, those that are configured
    copies: str  # 共印30份, or ""
    ledger: LedgerView
    preface: tuple[str, ...]  # 按语: the editor's own words on the whole issue, one for each paragraph

    @property
    def stories(self) -> tuple[StoryView, ...]:
        return tuple(story for section in self.sections for story in section.stories)
