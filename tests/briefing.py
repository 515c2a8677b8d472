"""A briefing made without rendering, and what must be true of every sentence printed in it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from digest import pipeline
from digest.config import Config
from digest.model import Article, Issue, Reading, Sentence
from digest.origin import origin_of

# What has no place in a sentence of a summary. A line wrapped between two hanzi leaves a line feed or a
# space there; single hanzi apart by spaces are printed so (names of two characters are set to three).
FAULTS = {
    "markup": re.compile(r"</?[a-zA-Z][^<>]{0,200}>|&(?:[a-z]{2,8}|#\d{1,6});"),
    "link": re.compile(r"https?:|www\.|\]\("),
    "byline": re.compile(r"本[报報][讯訊]|[（(]\s*(?:本[报報])?[记記]者|^[■□]|新[华華]社.{1,8}\d日[电電]"),
    "jump mark": re.compile(r"(?:下\s*[转轉]|上\s*接)\s*(?:第|[A-Z]?\d)"),
    "line end": re.compile(r"[\n\r\u2028\u2029]"),
    "half line": re.compile(r"[^。！？!?；;…—：:”’」』》）)\].]$"),
}


@dataclass(frozen=True)
class Briefing:
    """An issue with the reading that it came from."""

    issue: Issue
    reading: Reading

    def printed(self) -> Iterator[tuple[Article, Sentence]]:
        """Every sentence of the versions that are printed."""
        for item in self.issue.items:
            for sentence in item.story.lead.sentences:
                yield item.story.lead.article, sentence
            for added in item.story.added:
                yield item.story.members[added.version].article, added.sentence

    def all_sentences(self) -> Iterator[tuple[Article, Sentence]]:
        """Every sentence of every version, printed or not."""
        stories = [item.story for item in self.issue.items] + [left.story for left in self.issue.left_out]
        for story in stories:
            for member in story.members:
                for sentence in member.sentences:
                    yield member.article, sentence


def make_briefing(sources: Sequence[Path], day: date, config: Config | None = None) -> Briefing:
    config = config or Config()
    reading = pipeline.join(pipeline.read(sources, config))
    analysed = pipeline.analyse_all(reading.articles, config)
    stories = pipeline.tell_together(pipeline.merge_stories(analysed, config), config)
    return Briefing(pipeline.compose_issue(pipeline.Material(reading, stories), day, config), reading)


def faults(briefing: Briefing) -> list[str]:
    """Printed sentences with something in them that has no place there, each with the name of the fault."""
    return [
        f"{name}: {article.source}#{article.index}: {sentence.text}"
        for article, sentence in briefing.printed()
        for name, pattern in FAULTS.items()
        if pattern.search(sentence.text)
    ]


def untraceable(briefing: Briefing) -> list[str]:
    """Sentences that are not the article's own words, or whose origins are not the words of the source."""
    texts = {source.name: source.text for source in briefing.reading.sources}
    wrong = []
    for article, sentence in briefing.all_sentences():
        verbatim = article.text[sentence.start : sentence.end] == sentence.text
        origins = origin_of(article, sentence.start, sentence.end)
        read = "".join(texts[origin.source][origin.start : origin.end] for origin in origins)
        # a space that joins two Latin words over a line end stands in no source
        if not verbatim or read.replace(" ", "") != sentence.text.replace(" ", "") or not read:
            wrong.append(f"{article.source}#{article.index}: {sentence.text!r} was read as {read!r}")
    return wrong


def unaccounted(briefing: Briefing, sources: Sequence[Path]) -> list[Path]:
    """Files that gave neither an article nor a reason."""
    named = [source.name for source in briefing.reading.sources if source.name]
    named += [article.source for article in briefing.reading.articles]
    named += [skipped.source for skipped in briefing.reading.skipped]
    return [path for path in sources if not any(Path(name.split(":")[0]).name == path.name for name in named)]
