"""The types that pass from stage to stage, one per hop, all frozen.

    bytes ─read→ Article ─analyse→ Analysed ─merge→ Story ─compose→ Issue ─render→ Rendition ─publish→ files

Offsets are counted in Unicode code points and half open: ``text[start:end]``.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import cached_property
from itertools import accumulate
from typing import NamedTuple

# ---------------------------------------------------------------- read


class Run(NamedTuple):
    """A stretch copied unchanged: ``paragraph.text[at:at + length] == source.text[start:start + length]``.

    Where a line end of the source became a space (between Latin words) the space belongs to no run.
    """

    at: int
    start: int
    length: int


@dataclass(frozen=True, slots=True)
class SourceText:
    """The text of one source as it was read, the ground that all offsets stand on."""

    name: str  # the path as the user gave it, or the name of the row's source
    kind: str  # page, post, html, epaper, article, rows, pdf
    text: str
    sha256: str  # of the bytes
    encoding: str = "utf-8"
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph of a body, in the words of the source."""

    text: str
    runs: tuple[Run, ...] = ()
    source: str = ""  # name of the SourceText that the runs point into
    page: int | None = None
    speaker: str = ""  # transcripts: who speaks
    role: str = ""  # transcripts: the speaker's office
    damage: float = 0.0  # share of the text that recognition has likely spoiled, 0 to 1
    #: Offsets at which two parts were joined without being sure: nothing is quoted over them.
    weak: tuple[int, ...] = ()


@dataclass(frozen=True)
class Article:
    """One article as a newspaper prints it; text is plain text, never HTML.

    The body is `text`: the paragraphs joined by a line feed. Sentence offsets count in it.
    """

    source: str
    index: int  # counts the articles of one source from 0
    title: str = ""
    kicker: str = ""  # 引题
    subtitle: str = ""  # 副题
    authors: tuple[str, ...] = ()
    agency: str = ""  # 新华社, 本报, …
    dateline_place: str = ""  # place of the 电头
    published: date | None = None
    page: int | None = None
    jump_to: int | None = None  # 下转第N版
    jump_from: int | None = None  # 上接第N版
    continues_in: str | None = None  # SOURCE#INDEX
    paragraphs: tuple[Paragraph, ...] = ()
    captions: tuple[str, ...] = ()
    subheads: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    paper: str = ""  # name of the newspaper, where the source tells it
    url: str = ""
    id: str = ""  # given by the source (a row's id), else SOURCE#INDEX
    title_is_made: bool = False  # no headline was printed; the title is the article's own words

    @cached_property
    def text(self) -> str:
        return "\n".join(paragraph.text for paragraph in self.paragraphs)

    def is_over_weak(self, start: int, end: int) -> bool:
        """Whether ``text[start:end]`` runs over a place where two parts were joined without being sure."""
        return any(start < place < end for place in self._weak)

    @cached_property
    def _weak(self) -> tuple[int, ...]:
        starts = accumulate((len(paragraph.text) + 1 for paragraph in self.paragraphs), initial=0)
        pairs = zip(starts, self.paragraphs, strict=False)
        return tuple(at + place for at, paragraph in pairs for place in paragraph.weak)


@dataclass(frozen=True, slots=True)
class Skipped:
    """An input, or a part of one, that became no article, and why."""

    source: str
    reason: str


@dataclass(frozen=True, slots=True)
class Reading:
    """All that reading a set of sources gave; every source is in `articles` or in `skipped`."""

    articles: tuple[Article, ...] = ()
    skipped: tuple[Skipped, ...] = ()
    sources: tuple[SourceText, ...] = ()


# ---------------------------------------------------------------- analyse


@dataclass(frozen=True, slots=True)
class Evidence:
    """Why a region or a topic was given: the word, where it stands, and the rule that counted it.

    Offsets count in the article's text; they are -1 where the word stands in the headline or elsewhere.
    """

    word: str
    start: int
    end: int
    rule: str
    weight: float


@dataclass(frozen=True, slots=True)
class Place:
    """A division by short names, ("山东", "聊城"); code by GB/T 2260, "" for 全国 and countries."""

    path: tuple[str, ...]
    code: str = ""


@dataclass(frozen=True, slots=True)
class Home:
    """Where a newspaper is at home, and how that is known."""

    place: Place
    reason: str


@dataclass(frozen=True, slots=True)
class Region:
    place: Place
    score: float
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class Topic:
    name: str
    code: str  # GB/T 20093
    score: float
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class Sentence:
    """A stretch of an article's text: ``article.text[start:end] == text``."""

    text: str
    start: int
    end: int
    score: float = 0.0
    paragraph: int = 0  # index into Article.paragraphs


@dataclass(frozen=True, slots=True)
class Keyword:
    """A word that tells the subject, and where the text has it first; -1 where only the headline does."""

    word: str
    score: float
    start: int = -1
    end: int = -1


@dataclass(frozen=True, slots=True)
class Figure:
    """A measured quantity: ``article.text[start:end] == text``, which holds subject, value and comparison.

    全县粮食产量42.3万吨，同比增长3.1%: subject 全县粮食产量, value 42.3万吨, comparison 同比增长3.1%. Of the
    last two one may be "".
    """

    text: str
    start: int
    end: int
    subject: str
    value: str
    comparison: str = ""


@dataclass(frozen=True, slots=True)
class Phrase:
    """Who or what is named: `kind` is person or organisation, `count` how often.

    ``article.text[start:end] == text`` where it is named first.
    """

    text: str
    start: int
    end: int
    kind: str
    count: int


@dataclass(frozen=True, slots=True)
class Analysed:
    """An article with all that was found out about it. Regions, topics, keywords, phrases: best first."""

    article: Article
    home: Home | None = None
    sentences: tuple[Sentence, ...] = ()  # the summary, in the order of the source
    keywords: tuple[Keyword, ...] = ()
    regions: tuple[Region, ...] = ()
    topics: tuple[Topic, ...] = ()
    figures: tuple[Figure, ...] = ()  # in the order of the text
    phrases: tuple[Phrase, ...] = ()


# ---------------------------------------------------------------- merge


@dataclass(frozen=True, slots=True)
class Merge:
    """Why two articles are one story."""

    article: str  # Article.id of the one that joined
    into: str  # Article.id of the one it was found to repeat
    reason: str
    score: float


@dataclass(frozen=True, slots=True)
class Added:
    """A sentence that only another version of a story has; `version` is its place in `Story.members`."""

    version: int
    sentence: Sentence


@dataclass(frozen=True, slots=True)
class Story:
    """One piece of news with everyone who carried it; `lead` is the version that is printed."""

    id: str
    lead: Analysed
    others: tuple[Analysed, ...] = ()
    merges: tuple[Merge, ...] = ()
    added: tuple[Added, ...] = ()  # what other versions tell beyond the lead

    @property
    def members(self) -> tuple[Analysed, ...]:
        return (self.lead, *self.others)


class Span(NamedTuple):
    """A stretch of an article's text, half open."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Change:
    """A sentence of the leading version, and what another version made of it."""

    before: Span
    after: Span


@dataclass(frozen=True, slots=True)
class Difference:
    """How one version of a story differs from the leading one, in sentences."""

    article: str  # Article.id of the version
    left_out: tuple[Span, ...] = ()  # in the leading article's text
    added: tuple[Span, ...] = ()  # in the version's text
    changed: tuple[Change, ...] = ()
    is_told_anew: bool = False  # hardly a sentence is shared: there is nothing to set side by side


@dataclass(frozen=True, slots=True)
class Reference:
    """An item of a published issue by what does not change when it is built again, and what to call it."""

    date: date
    story: str  # Story.id
    headline: str
    number: int  # of the item in its issue
    issue_number: int | None = None
    edition: str = ""


@dataclass(frozen=True, slots=True)
class Link:
    """Why a reader of one story may want to see another.

    `kind` is development (a later step), commentary, series (another part, the next bulletin), event (the
    same event from another side) or repeat (the same, told again).
    """

    kind: str
    to: Reference
    reason: str
    score: float  # cosine of headlines and leads, 0 to 1


@dataclass(frozen=True, slots=True)
class Printed:
    """A story that an earlier issue printed."""

    reference: Reference
    story: Story


# ---------------------------------------------------------------- compose


@dataclass(frozen=True, slots=True)
class Score:
    """The rank of a story in its section: the total and the parts that it is the sum of."""

    total: float
    parts: tuple[tuple[str, float], ...] = ()


@dataclass(frozen=True, slots=True)
class Correction:
    """撤稿说明 or 更正: that something printed was taken back, on which day and why."""

    day: date
    reason: str
    is_whole: bool  # the whole story; else a sentence of it


@dataclass(frozen=True, slots=True)
class Item:
    """A story as it stands in an issue."""

    number: int  # counts through the issue from 1
    story: Story
    region: Place
    topic: str
    score: Score
    follows: Link | None = None  # 续报: the item of an earlier issue that this one goes on from
    links: tuple[Link, ...] = ()  # 相关: other stories of this issue and of earlier ones
    differences: tuple[Difference, ...] = ()  # one for each of the story's other versions
    headline: str = ""  # of the editor's making; "" for the one that was printed
    note: str = ""  # 编者按, the editor's own words
    corrections: tuple[Correction, ...] = ()


@dataclass(frozen=True, slots=True)
class TopicGroup:
    topic: str
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """The part of an issue that belongs to one region."""

    title: str  # 全国, 山东·聊城, …
    place: Place
    groups: tuple[TopicGroup, ...]

    @property
    def items(self) -> tuple[Item, ...]:
        return tuple(item for group in self.groups for item in group.items)


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A story that was read and not printed."""

    story: Story
    reason: str
    repeats: Link | None = None  # the item of an earlier issue that has it


@dataclass(frozen=True, slots=True)
class Received:
    """What came of one newspaper, or of a file that names none."""

    name: str
    n_articles: int
    n_printed: int  # printed stories that it has a version of


@dataclass(frozen=True, slots=True)
class Ledger:
    """Where everything went: an article joins another or leads a story; a story is printed or left out."""

    expected: tuple[str, ...] = ()  # the sources of the configuration
    received: tuple[Received, ...] = ()
    silent: tuple[str, ...] = ()  # expected, and nothing came
    n_articles: int = 0
    n_merged: int = 0  # articles that tell what another one leads with
    n_stories: int = 0
    n_printed: int = 0
    n_outside: int = 0  # articles that are no matter of this edition


@dataclass(frozen=True, slots=True)
class Distribution:
    """Who gets an issue, as the record on its last page says it."""

    report_to: tuple[str, ...] = ()  # 报
    send_to: tuple[str, ...] = ()  # 送
    issue_to: tuple[str, ...] = ()  # 发
    copies: int | None = None  # 共印N份


@dataclass(frozen=True, slots=True)
class PastDay:
    """How often the keywords stood in an earlier issue: the number of its stories that have each."""

    date: date
    n_stories: int
    keywords: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Issue:
    """One published briefing. HTML, PDF, mail, site and feed are views of it."""

    name: str
    publisher: str
    date: date
    number: int | None  # 第N期 of the year
    sections: tuple[Section, ...]
    left_out: tuple[LeftOut, ...] = ()
    skipped: tuple[Skipped, ...] = ()
    sources: tuple[SourceText, ...] = field(default=(), repr=False)
    warnings: tuple[str, ...] = ()
    edition: str = ""  # slug of the edition; "" for the one that has none
    total_number: int | None = None  # 总第N期, from the first issue of the edition
    ledger: Ledger = Ledger()
    distribution: Distribution = Distribution()
    history: tuple[PastDay, ...] = ()  # the issues of the week before, the oldest first
    preface: str = ""  # 按语, the editor's own words on the whole issue
    # Where something of it was taken back, the issue of before, without `sources`: kept, and never printed.
    original: Issue | None = field(default=None, repr=False)

    @property
    def items(self) -> tuple[Item, ...]:
        return tuple(item for section in self.sections for item in section.items)


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """A printed story, or a sentence of one, that is taken back."""

    edition: str
    day: date  # of the issue
    story: str  # Story.id
    sentence: str  # its text, or "" for the whole story
    digest: str  # sha256 of the leading article's text
    reason: str
    withdrawn: date
    undone: date | None = None  # the day from which on it is not taken back any more


# ---------------------------------------------------------------- render


@dataclass(frozen=True, slots=True)
class Rendition:
    """One file of an issue, ready to be written: its name in the issue's folder and its bytes."""

    name: str
    data: bytes = field(repr=False)


# ---------------------------------------------------------------- mail


class DeliveryState(StrEnum):
    """What became of a letter. `SENDING` stands in the ledger while it is under way."""

    SENDING = "sending"
    SENT = "sent"  # the next server has taken it
    DEFERRED = "deferred"  # surely not taken, and may be tried again
    REFUSED = "refused"  # surely not taken, and trying again will not help
    UNCERTAIN = "uncertain"  # it was under way and no answer came


@dataclass(frozen=True, slots=True)
class Delivery:
    """One issue on its way to one recipient: a row of the ledger."""

    edition: str
    day: date  # of the issue
    address: str  # case folded
    message_id: str
    choice: str  # 山东·聊城；经济, or "" for the whole issue
    state: DeliveryState
    detail: str = ""  # one line: the server's answer, or what failed
    attempts: int = 0
    changed: str = ""  # when the state was written, ISO 8601


@dataclass(frozen=True, slots=True)
class Bounce:
    """A delivery report: the address takes no mail."""

    address: str  # case folded
    status: str  # 5.1.1, RFC 3463
    detail: str
    message_id: str  # of the letter that came back, or ""
    day: str = ""  # when it was read, ISO 8601
