"""One issue → its pages: the issue, each story, each article."""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache

from digest.library.catalogue import Key, Label, Tie
from digest.library.entries import StoryEntry
from digest.model import Analysed, Issue, Item, Section, TopicGroup
from digest.render.excerpt import excerpt, unmasked
from digest.render.present import present
from digest.render.present_links import KINDS
from digest.render.present_story import lang_of
from digest.render.view import IssueView, StoryView
from digest.site import paths
from digest.site.frame import Site, frame, news_article
from digest.site.frame import lang_of as line_lang
from digest.site.view import ArticlePage, Card, Frame, IssueCard, Link, StoryPage, Version

WHOLE = 10**9  # characters of an article: all of them


@dataclass(frozen=True, slots=True)
class Page:
    """A page to be filled: the template, and what it sees."""

    path: str
    template: str
    frame: Frame
    values: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What an issue's pages lead to outside of it."""

    before: date | None = None  # the issue before and the issue after
    after: date | None = None
    has_pdf: bool = False
    known: Mapping[Key, StoryEntry] = field(default_factory=dict)  # every printed story
    ties: Sequence[Tie] = ()  # from a story of the issue, or to one


@dataclass(frozen=True, slots=True)
class IssuePages:
    """Makes the pages of one issue."""

    site: Site
    issue: Issue
    view: IssueView
    around: Surroundings

    @classmethod
    def of(cls, site: Site, issue: Issue, around: Surroundings) -> IssuePages:
        return cls(site, issue, present(issue), around)

    def pages(self) -> Iterator[Page]:
        """All of them."""
        yield self._issue()
        for n, item in enumerate(self.issue.items):
            yield self._story(n)
            yield from self._articles(item, self.view.stories[n])

    def pages_of(self, stories: Container[str]) -> Iterator[Page]:
        """Those that depend on the issues beside it, and on what leads from these stories or to them."""
        yield self._issue()
        for n, item in enumerate(self.issue.items):
            if item.story.id in stories:
                yield self._story(n)

    # ------------------------------------------------------------ the issue

    def _issue(self) -> Page:
        edition, day = self.issue.edition, self.issue.date
        path = paths.issue_page(edition, day)
        neighbours = tuple(
            Link(date_text(other), paths.href(path, paths.issue_page(edition, other))) if other else None
            for other in (self.around.before, self.around.after)
        )
        values = {
            "issue": self.view,
            "card": issue_card(self.issue, path, has_pdf=self.around.has_pdf),
            "hrefs": {
                item.number: paths.href(path, paths.story_page(self._key(item.story.id)))
                for item in self.issue.items
            },
            "neighbours": neighbours,
            "ledger": self.issue.ledger,
        }
        title = f"{self.view.name}　{self.view.date}"
        return Page(path, "issue_page.html.j2", frame(self.site, path, title, crumbs=CRUMBS), values)

    # ------------------------------------------------------------ a story

    def _key(self, story: str) -> Key:
        return Key(self.issue.edition, self.issue.date, story)

    def _story(self, n: int) -> Page:
        items, stories = self.issue.items, self.view.stories
        item, story = items[n], stories[n]
        key = self._key(item.story.id)
        path = paths.story_page(key)

        def beside(other: int) -> Link | None:
            if not 0 <= other < len(items):
                return None
            target = paths.story_page(self._key(items[other].story.id))
            return Link(stories[other].headline, paths.href(path, target), lang=stories[other].lang)

        forward = [tie for tie in self.around.ties if tie.start == key and tie.end in self.around.known]
        backward = [tie for tie in self.around.ties if tie.end == key and tie.start in self.around.known]
        follows = item.follows.to if item.follows else None
        earlier = Key(follows.edition, follows.date, follows.story) if follows else None
        later = dict.fromkeys(tie.start for tie in backward if tie.start.day > key.day)
        related = {tie.end: tie.kind for tie in forward if tie.end != earlier}
        page = StoryPage(
            story=story,
            issue=issue_card(self.issue, path, has_pdf=self.around.has_pdf),
            versions=self._versions(item, story, path, None),
            region=region_links(path, item.region.path),
            topic=Link(item.topic, paths.href(path, paths.label_page(Label("topic", item.topic)))),
            keywords=tuple(
                Link(word, paths.href(path, paths.label_page(Label("keyword", word))))
                for word in story.keywords
            ),
            follows=self._link(path, earlier) if earlier and earlier in self.around.known else None,
            later=tuple(self._link(path, one) for one in later),
            related=tuple((KINDS.get(kind, "相关"), self._link(path, one)) for one, kind in related.items()),
            differences=story.differences,
            before=beside(n - 1),
            after=beside(n + 1),
            article=paths.href(path, self._article_path(item.story.lead)),
        )
        crumbs = (*CRUMBS, (self.view.date, paths.issue_page(self.issue.edition, self.issue.date)))
        around = frame(
            self.site,
            path,
            story.headline,
            crumbs=crumbs,
            lang="zh-Hans",
            kind="article",
            description="".join(sentence.text for sentence in story.sentences),
            feed_folder=paths.label_folder(Label("region", "/".join(item.region.path))),
            json_ld=news_article(self.site, path, story, self.issue.date),
        )
        return Page(path, "story_page.html.j2", around, {"page": page})

    def _link(self, page: str, key: Key) -> Link:
        entry = self.around.known[key]
        text = f"{date_text(entry.day)}《{entry.headline}》"
        return Link(text, paths.href(page, paths.story_page(key)), lang=line_lang(entry.headline))

    # ------------------------------------------------------------ its articles

    def _article_path(self, version: Analysed) -> str:
        return paths.article_page(self.issue.edition, self.issue.date, version.article)

    def _versions(
        self, item: Item, story: StoryView, page: str, here: Analysed | None
    ) -> tuple[Version, ...]:
        return tuple(
            Version(
                source,
                paths.href(page, self._article_path(version)),
                lang_of(version),
                is_lead=version is item.story.lead,
                is_here=version is here,
            )
            for version, source in zip(item.story.members, story.sources, strict=True)
        )

    def _articles(self, item: Item, story: StoryView) -> Iterator[Page]:
        story_path = paths.story_page(self._key(item.story.id))
        seen = set()
        for version, source in zip(item.story.members, story.sources, strict=True):
            path = self._article_path(version)
            if path in seen:  # the very same words twice
                continue
            seen.add(path)
            article = version.article
            marks = [f"o{n}" for n in range(1, len(version.sentences) + 1)]
            is_lead = version is item.story.lead
            text = excerpt(article, version.sentences, marks, WHOLE)
            page = ArticlePage(
                headline=source.headline,
                kicker=article.kicker,
                subtitle=article.subtitle,
                source=source,
                article=unmasked(text) if item.corrections else text,
                sentences=tuple(
                    paths.href(path, f"{story_path}#{sentence.anchor}")
                    for sentence in (story.sentences if is_lead else ())
                ),
                versions=self._versions(item, story, path, version),
                story=Link(story.headline, paths.href(path, story_path), lang=story.lang),
                corrections=story.corrections,
                warnings=story.warnings if is_lead else article.warnings,
            )
            crumbs = (
                *CRUMBS,
                (self.view.date, paths.issue_page(self.issue.edition, self.issue.date)),
                (story.headline, story_path),
            )
            title = f"{source.headline}（{source.name}）"
            yield Page(
                path,
                "article_page.html.j2",
                frame(self.site, path, title, crumbs=crumbs, kind="article", description=article.text),
                {"page": page, "lang": lang_of(version)},
            )


CRUMBS = (("首页", paths.HOME),)


def region_links(page: str, region: Sequence[str]) -> tuple[Link, ...]:
    """省、市、县, each to its page."""
    return tuple(
        Link(name, paths.href(page, paths.label_page(Label("region", "/".join(region[: n + 1])))))
        for n, name in enumerate(region)
    )


def issue_card(issue: Issue, page: str, *, has_pdf: bool) -> IssueCard:
    number = "" if issue.number is None else f"　第{issue.number}期"
    folder = f"{issue.edition}/" if issue.edition else ""
    full = f"{folder}{issue.date.isoformat()}/"
    return IssueCard(
        title=f"{date_text(issue.date)}{number}",
        href=paths.href(page, paths.issue_page(issue.edition, issue.date)),
        full=paths.href(page, f"{full}index.html"),
        pdf=paths.href(page, f"{full}digest.pdf") if has_pdf else "",
        n_items=len(issue.items),
    )


def card(entry: StoryEntry, page: str) -> Card:
    """A story in a list on that page."""
    return _card(entry, page.count("/"))


@lru_cache(maxsize=20_000)  # a story is in eight lists of a run, or more
def _card(entry: StoryEntry, depth: int) -> Card:
    page = "/" * depth  # all that a link depends on of the page that it is on
    key = Key(entry.edition, entry.day, entry.story)
    return Card(
        headline=entry.headline,
        lang=line_lang(entry.headline),
        href=paths.href(page, paths.story_page(key)),
        date=f"{entry.day.month}月{entry.day.day}日",
        date_iso=entry.day.isoformat(),
        region="·".join(entry.region),
        topic=entry.topic,
    )


def date_text(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


def view_of(item: Item, day: date) -> StoryView:
    """One story by itself, for a feed: the view of an issue that has no other."""
    section = Section("", item.region, (TopicGroup(item.topic, (item,)),))
    (view,) = present(Issue("", "", day, None, (section,))).stories
    return view
