"""The stages in order. `build` is the whole program on one screen; the commands use its parts.

bytes ─read→ Article ─analyse→ Analysed ─merge→ Story ─compose→ Issue ─render→ Rendition ─publish→ files
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from pathlib import Path

from digest.classify.home import infer_homes, name_papers
from digest.classify.own import own_columns
from digest.classify.region import classify_regions
from digest.classify.topic import classify_topics
from digest.compose import compose
from digest.compose.correction import corrected
from digest.compose.edition import config_of_edition, of_edition, of_sources, pooled
from digest.config import Config, EditionConfig, RenderConfig
from digest.draft import Draft, draft_text, edited
from digest.errors import NothingFoundError, ReadError, RenderError
from digest.executor import ordered_map
from digest.keep import (
    NO_PAST,
    Past,
    concerned,
    existing_library,
    issues_of_days,
    numbered,
    opened_library,
    past_of,
    recorded,
    with_history,
)
from digest.keys import distinct
from digest.model import (
    Analysed,
    Article,
    Home,
    Issue,
    Reading,
    Rendition,
    SourceText,
    Story,
)
from digest.page.explain import Explained, explain_page
from digest.page.jumps import join_jumps
from digest.progress import Progress, silent
from digest.publish.files import edition_root, publish
from digest.read import read_bytes, read_sources
from digest.read.clean import clean
from digest.read.plain import read_plain
from digest.render import Renditions, render
from digest.site import Made, build_site
from digest.story import merge
from digest.story.across import look_across
from digest.summarize import figures, keywords, phrases, summarize, together
from digest.text.tracked import Tracked


@dataclass(frozen=True, slots=True)
class Built:
    """What a build made: the issue, the folder that holds it, and why a file of it is wanting."""

    issue: Issue
    folder: Path
    failures: tuple[RenderError, ...] = ()


@dataclass(frozen=True, slots=True)
class Work:
    """What an issue is to be made of, and how the work is done and watched."""

    sources: Sequence[str | Path]  # files and folders; none: what the library read for the edition's days
    day: date
    config: Config
    edition: EditionConfig | None = None
    library: Path | None = None  # without one the issue stands for itself
    executor: Executor | None = None
    progress: Progress = silent
    on_read: Callable[[Reading], None] | None = None  # is given what was read before all else


def build(
    sources: Sequence[str | Path],
    out: Path,
    day: date,
    config: Config,
    *,
    library: Path | None = None,
    executor: Executor | None = None,
    progress: Progress = silent,
    on_read: Callable[[Reading], None] | None = None,
) -> Built:
    """Make the issue of `day` from the files and folders `sources` and publish it as ``out/YYYY-MM-DD``."""
    work = Work(sources, day, config, library=library, executor=executor, progress=progress, on_read=on_read)
    return make(work, out)


def make(work: Work, out: Path, draft: Draft | None = None) -> Built:
    """Make an issue and publish it below `out`; a `draft` says what an editor wants of it.

    One of an edition goes to ``out/SLUG/YYYY-MM-DD``. The issue is numbered by the library and recorded
    there. The same input gives the same bytes, whatever the executor.
    Raises NothingFoundError where no article was found; RenderError, FontError, PublishError, LibraryError,
    DraftError from their stages.
    """
    material = gather(work)
    config = config_of_edition(work.config, work.edition)
    with opened_library(work.library, out) as shelf:
        past = past_of(shelf, material.edition, work.day, material.stories, config.merge.link_days)
        issue = compose_issue(material, work.day, config, past=past, progress=work.progress)
        issue = edited(issue, draft) if draft else issue
        issue = with_history(issue, shelf)
        issue, numbers = numbered(issue, shelf, out)
        issue = corrected(issue, shelf.withdrawals.all() if shelf else ())
        renditions = render_issue(issue, config, progress=work.progress)
        with recorded(shelf, issue, numbers, renditions, out):
            folder = publish_issue(renditions, issue, out, progress=work.progress)
    return Built(issue, folder, renditions.failures)


def write_draft(work: Work, name: str) -> str:
    """The text of a draft, called `name`, of the issue that `make` would make; nothing is written."""
    material = gather(work)
    config = config_of_edition(work.config, work.edition)
    with existing_library(work.library) as shelf:
        past = past_of(shelf, material.edition, work.day, material.stories, config.merge.link_days)
    issue = compose_issue(material, work.day, config, past=past, progress=work.progress)
    return draft_text(issue, [str(source) for source in work.sources], name)


@dataclass(frozen=True, slots=True)
class Material:
    """What an issue is made of."""

    reading: Reading
    stories: tuple[Story, ...]
    edition: str = ""  # its slug
    n_outside: int = 0  # articles that were read and are no matter of the edition


def gather(work: Work) -> Material:
    """The stories for an issue, out of its sources or, for an edition without any, out of the library.

    Raises NothingFoundError where there is no article.
    """
    config, edition, progress = work.config, work.edition, work.progress
    if work.sources or edition is None:
        reading = read(work.sources, config, progress=progress)
        if work.on_read:
            work.on_read(reading)
        reading = join(reading)
        analysed = analyse_all(reading.articles, config, executor=work.executor, progress=progress)
    else:
        with existing_library(work.library) as shelf:
            reading, analysed = pooled(issues_of_days(shelf, work.day, edition.days))
    if not analysed:
        raise NothingFoundError("没有找到可用的文章 (no usable article was found)")
    if edition is None:
        stories = merge_stories(analysed, config, progress=progress)
        return Material(reading, tell_together(stories, config))
    stories = merge_stories(of_sources(analysed, edition, config), config, progress=progress)
    stories = tell_together(of_edition(stories, edition, config), config)
    n_outside = len(analysed) - sum(len(story.members) for story in stories)
    return Material(reading, stories, edition.slug, n_outside)


def correct_issues(library: Path, out: Path, config: Config) -> tuple[Built, ...]:
    """Publish the issues again of which something was taken back, or stands again, since they were published.

    An issue with its own theme of an edition is set by that. Raises what `make` raises.
    """
    built = []
    with opened_library(library, out) as shelf:
        assert shelf is not None, "a path was given"
        news, withdrawals = shelf.withdrawals.unsettled(), shelf.withdrawals.all()
        for edition, day in concerned(shelf, news):
            printed = shelf.issue(edition, day)
            if printed is None or (issue := corrected(printed, withdrawals)) == printed:
                continue
            of_edition = next((one for one in config.edition if one.slug == edition), None)
            renditions = render_issue(issue, config_of_edition(config, of_edition))
            with recorded(shelf, issue, shelf.numbers(edition, day), renditions, out):
                folder = publish_issue(renditions, issue, out)
            built.append(Built(issue, folder, renditions.failures))
        shelf.withdrawals.settle(news)
    return tuple(built)


def update_site(library: Path, out: Path, config: Config, *, progress: Progress = silent) -> Made:
    """Bring the site in `out` in step with the library: only what changed is written.

    Raises LibraryError, PublishError, RenderError from their stages.
    """
    with opened_library(library, out) as shelf:
        assert shelf is not None, "a path was given"
        return build_site(shelf, out, config, progress=progress)


# ---------------------------------------------------------------- read


def read(sources: Sequence[str | Path], config: Config, *, progress: Progress = silent) -> Reading:
    """Each file's own articles in page order, and what was skipped; `sources` are files and folders."""

    def on_file(done: int, total: int, name: str) -> None:  # noqa: ARG001 - the bar shows counts, not names
        progress("read", done, total)

    reading = read_sources(sources, config.limits, progress=on_file)
    return replace(reading, articles=name_papers(tuple(distinct(reading.articles)), config.source))


def read_text(data: bytes, config: Config, *, name: str = "-") -> Reading:
    """The articles in bytes that stand in no file; plain text in which none is found is taken for one."""
    reading = read_bytes(data, name, config.limits)
    if reading.articles:
        return reading
    try:
        return read_plain(data, name, config.limits)
    except ReadError:
        return reading  # it says already why there is no article


def explain(source: SourceText) -> list[Explained]:
    """What each line of a newspaper page was taken for, and why; nothing for sources of another kind."""
    if source.kind != "page":
        return []
    return explain_page(clean(Tracked.of(source.text)), source=source.name)


def join(reading: Reading) -> Reading:
    """The reading with those articles joined that go on on another page or in another file."""
    return replace(reading, articles=join_jumps(reading.articles))


# ---------------------------------------------------------------- analyse


def analyse_all(
    articles: Sequence[Article],
    config: Config,
    *,
    executor: Executor | None = None,
    progress: Progress = silent,
) -> tuple[Analysed, ...]:
    """Every article with its region, topic, summary and keywords, in the order given."""
    homes = infer_homes(articles, config.source)
    pairs = ((article, homes.get(article.source)) for article in articles)
    results = ordered_map(partial(_analyse_pair, config=config), pairs, executor)
    return tuple(_watched(results, len(articles), progress))


def analyse(article: Article, home: Home | None, config: Config) -> Analysed:
    """All that is found out about one article by itself."""
    return Analysed(
        article=article,
        home=home,
        sentences=summarize(article, config.summary),
        keywords=keywords(article, config.summary.keywords),
        regions=classify_regions(article, home, config.place),
        topics=(*own_columns(article, config.column), *classify_topics(article, config.topic)),
        figures=figures(article),
        phrases=phrases(article),
    )


def _analyse_pair(pair: tuple[Article, Home | None], config: Config) -> Analysed:
    return analyse(*pair, config)


def _watched(results: Iterator[Analysed], total: int, progress: Progress) -> Iterator[Analysed]:
    progress("analyse", 0, total)
    for done, result in enumerate(results, 1):
        progress("analyse", done, total)
        yield result


# ---------------------------------------------------------------- merge, compose, render, publish


def merge_stories(
    analysed: Sequence[Analysed], config: Config, *, progress: Progress = silent
) -> tuple[Story, ...]:
    """One story for all articles that carry the same news."""
    with _stage("merge", progress):
        return merge(analysed, config.merge)


def tell_together(stories: Sequence[Story], config: Config) -> tuple[Story, ...]:
    """The stories with what other versions tell beyond the leading one."""
    return tuple(
        replace(story, added=together(story, config.summary)) if story.others else story for story in stories
    )


def compose_issue(
    material: Material,
    day: date,
    config: Config,
    *,
    past: Past = NO_PAST,
    progress: Progress = silent,
) -> Issue:
    """The issue of `day`: sections by region, topics inside, and what was left out.

    What the issues of `past` printed is not printed again, unless there is news in it.
    """
    with _stage("compose", progress):
        across = look_across(material.stories, past.printed, day, config.merge, reprints=past.reprints)
        return compose(
            material.stories,
            material.reading,
            day,
            config,
            across,
            edition=material.edition,
            n_outside=material.n_outside,
        )


def render_issue(issue: Issue, config: Config, *, progress: Progress = silent) -> Renditions:
    """The files of the issue; where the PDF alone could not be made, `failures` says why."""
    with _stage("render", progress):
        return render(issue, config.render)


def theme_folders(config: RenderConfig) -> tuple[Path, ...]:
    """Where an issue's templates lie. Raises UsageError where there is no such theme."""
    from digest.render.themes import find_theme

    return find_theme(config.theme).folders


def publish_issue(
    renditions: Sequence[Rendition], issue: Issue, out: Path, *, progress: Progress = silent
) -> Path:
    """Write the files to the folder of the issue below `out`, which is given back."""
    with _stage("publish", progress):
        return publish(renditions, edition_root(out, issue.edition), issue.date.isoformat())


@contextmanager
def _stage(name: str, progress: Progress) -> Iterator[None]:
    """A stage that is one piece of work."""
    progress(name, 0, 1)
    yield
    progress(name, 1, 1)
