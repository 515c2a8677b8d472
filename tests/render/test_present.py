"""Issue → view data."""

from __future__ import annotations

import dataclasses
from datetime import date

import pytest

from digest.model import (
    Change,
    Difference,
    Issue,
    Item,
    Ledger,
    Link,
    Received,
    Reference,
    Run,
    Skipped,
    SourceText,
    Span,
    Story,
    TopicGroup,
)
from digest.render.present import present
from digest.render.view import VIEW_VERSION, IssueView, StoryView
from digest.render.wording import (
    NO_HEADLINE,
    chinese_number,
    is_traditional,
    made_headline,
    paper_of_file,
    rule_words,
    safe_url,
)
from tests.render.sample import DAY, analysed, article, make_issue, with_lead


@pytest.fixture(scope="module")
def view() -> IssueView:
    return present(make_issue())


def story(view: IssueView, number: int) -> StoryView:
    return view.stories[number - 1]


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (1, "一"),
        (10, "十"),
        (12, "十二"),
        (20, "二十"),
        (21, "二十一"),
        (100, "一百"),
        (105, "一百零五"),
        (110, "一百一十"),
        (1001, "一千零一"),
        (1010, "一千零一十"),
        (9999, "九千九百九十九"),
        (10000, "10000"),
    ],
)
def test_numbers_are_written_in_chinese(number: int, words: str) -> None:
    """The labels of sections are Chinese numbers as they are written in documents."""
    assert chinese_number(number) == words


@pytest.mark.parametrize(
    "url", ["http://example.org/a?b=1&c=2#d", "https://例子.中国/新闻", "https://example.org:8080/"]
)
def test_links_to_the_web_pass(url: str) -> None:
    """http and https with a host are links."""
    assert safe_url(url) == url


@pytest.mark.parametrize(
    "url",
    [
        "",
        "javascript:alert(1)",
        "java\tscript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "data:text/html,x",
        "//host/x",
        "file:///etc/passwd",
        "http:///x",
        "http://[",
        "https://a b/",
        "https://a\u202eb/",
        'https://a/"x',
    ],
)
def test_other_links_do_not(url: str) -> None:
    """Whatever is not plainly a web address is no link."""
    assert safe_url(url) == ""


def test_traditional_script_is_told_by_its_characters() -> None:
    """A Traditional text is one, also with Simplified leftovers; a rare name does not make a text one."""
    assert is_traditional("隧道翻新工程將於下月起分三個階段進行，并适时")
    assert not is_traditional("朱镕基与陶喆出席，会议强调坚持问题导向")
    assert not is_traditional("")


def test_view_counts_what_the_issue_holds(view: IssueView) -> None:
    """The totals are those of the issue, versions and left-out stories included."""
    assert view.version == VIEW_VERSION
    assert (view.name, view.number, view.date, view.weekday) == (
        "每日要闻",
        "第12期",
        "2026年3月18日",
        "星期三",
    )
    totals = view.totals
    assert (totals.stories, totals.articles, totals.papers, totals.merged) == (21, 23, 5, 1)
    assert (totals.left_out, totals.skipped) == (1, 2)


def test_sections_and_topics_are_labelled(view: IssueView) -> None:
    """Sections count 一、二、 and the topics of each （一）（二）; anchors are unique."""
    assert [section.label for section in view.sections][:3] == ["一、", "二、", "三、"]
    assert [topic.label for topic in view.sections[1].topics][:2] == ["（一）", "（二）"]
    anchors = [s.anchor for s in view.sections] + [t.anchor for s in view.sections for t in s.topics]
    anchors += [s.anchor for s in view.stories]
    assert len(anchors) == len(set(anchors))


def test_topics_are_listed_once(view: IssueView) -> None:
    """The topics of all sections are listed once, each before what follows it in its section."""
    assert view.topics[0] == "时政"
    assert sorted(view.topics) == sorted({topic.title for s in view.sections for topic in s.topics})


def test_sentence_knows_its_origin(view: IssueView) -> None:
    """A sentence says file, page and offsets of the source that it was copied from."""
    sentence = story(view, 1).sentences[1]

    (origin,) = sentence.origins
    assert (origin.file, origin.page) == ("聊城_2026-03-18_1.txt", "第1版")
    assert origin.end - origin.start == len(sentence.text) == sentence.end - sentence.start


def test_merged_story_names_the_other_headline_and_the_reason(view: IssueView) -> None:
    """A story that two papers carry has two sources, and says why it is one."""
    merged = story(view, 2)

    assert [source.name for source in merged.sources] == ["聊城晨报", "并州新报"]
    (merge,) = merged.merges
    assert (merge.source, merge.headline) == ("并州新报", "物流总额增5.8%")
    assert "96%" in merge.reason


def test_what_others_add_is_named_by_its_paper(view: IssueView) -> None:
    """An added sentence comes with the paper that has it, and has no place in the article that is shown."""
    ((added,),) = [story.added for story in view.stories if story.added]

    assert added.paper == "并州新报"
    assert added.sentence.text.startswith("并州冷链协会介绍")
    assert added.sentence.mark == ""


def test_same_page_read_twice_is_one_paper() -> None:
    """A page that was read as PDF and as text is one newspaper, and its second reading is marked."""
    issue = make_issue()
    section, group = issue.sections[0], issue.sections[0].groups[0]
    lead = group.items[0].story.lead
    twin = dataclasses.replace(lead, article=dataclasses.replace(lead.article, source="other.pdf"))
    item = dataclasses.replace(
        group.items[0], story=dataclasses.replace(group.items[0].story, others=(twin,))
    )
    group = dataclasses.replace(group, items=(item,))
    view = present(dataclasses.replace(issue, sections=(dataclasses.replace(section, groups=(group,)),)))

    assert [source.is_repeat for source in view.stories[0].sources] == [False, True]
    assert view.stories[0].papers == ("聊城晨报",)
    assert view.totals.merged == 0


def test_unmatched_jump_is_marked(view: IssueView) -> None:
    """A story whose continuation was not read says 原文未完; one whose was does not."""
    assert any("原文未完" in warning and "第3版" in warning for warning in story(view, 5).warnings)
    joined = with_lead(make_issue(), jump_to=3, continues_in="other#0")
    assert present(joined).stories[0].warnings == ()
    rest = with_lead(make_issue(), jump_from=1)
    assert "前文缺失" in present(rest).stories[0].warnings[0]


def test_damaged_text_is_marked() -> None:
    """A summary from a paragraph that recognition has likely spoiled says so."""
    issue = make_issue()
    paragraphs = issue.items[0].story.lead.article.paragraphs
    spoiled = tuple(dataclasses.replace(p, damage=0.1) for p in paragraphs)

    assert present(with_lead(issue, paragraphs=spoiled)).stories[0].warnings == (
        "原文经文字识别，可能有错字",
    )


def test_made_headline_is_marked(view: IssueView) -> None:
    """A headline that no paper printed is marked; a story without any still has words to click on."""
    assert [s.number for s in view.stories if s.headline_is_made] == [17]
    assert story(view, 17).warnings == ("原文无标题，标题取自正文",)
    untitled = present(with_lead(make_issue(), title="")).stories[0]
    assert (untitled.headline, untitled.headline_is_made) == ("全国基层读报工作座谈会17日在北京召开……", True)


@pytest.mark.parametrize(
    ("sentence", "headline"),
    [
        ("", NO_HEADLINE),
        ("开工了。", "开工了"),
        ("一句，两句。", "一句……"),
        ("中" * 99, "中" * 24 + "……"),
        ("。", "。"),
    ],
)
def test_headline_is_made_of_the_first_clause(sentence: str, headline: str) -> None:
    """A made headline is the first clause, and shows that more follows."""
    assert made_headline(sentence) == headline


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("in/liaocheng_2024-03-21_page1.pdf.txt", "liaocheng"),
        ("2026-03-18-mianyang.md", "mianyang"),
        ("晨报20260318_A04.txt", "晨报"),
        ("洋县报_2026-03-18/content_1.htm", "洋县报"),
        ("a/b/c.txt", "c.txt"),
        ("2026-03-18.txt", "2026-03-18.txt"),
        ("表12345678901.txt", "表12345678901.txt"),
        ("rows.jsonl#3", "rows.jsonl#3"),
        ("", ""),
    ],
)
def test_paper_without_a_name_is_known_by_its_file(path: str, name: str) -> None:
    """Where the newspaper is not known its file's name stands for it, without folder, date and page."""
    assert paper_of_file(path) == name
    assert present(with_lead(make_issue(), paper="", source=path)).stories[0].sources[0].name == name


def test_warning_of_the_reader_is_not_repeated() -> None:
    """What the article already warns of is said once."""
    warned = with_lead(make_issue(), jump_to=3, warnings=("原文未完（下转第3版）",))

    assert present(warned).stories[0].warnings == ("原文未完（下转第3版）",)


def test_folder_that_all_sources_share_is_left_out() -> None:
    """Files are named below the folder that they were read from, not by the machine's whole path."""
    skipped = (Skipped("/home/a/报纸/x/1.txt", "空"), Skipped("/home/a/报纸/y.txt", "空"))
    issue = dataclasses.replace(make_issue(), skipped=skipped, warnings=("/home/a/报纸/y.txt：有疑",))

    view = present(with_lead(issue, source="/home/a/报纸/x/2.txt"))
    assert [s.source for s in view.skipped] == ["x/1.txt", "y.txt"]
    assert view.warnings == ("y.txt：有疑",)
    assert view.stories[0].sources[0].file == "x/2.txt"


def test_language_follows_the_script(view: IssueView) -> None:
    """Traditional stories are marked as such, all others as Simplified."""
    assert [s.number for s in view.stories if s.lang == "zh-Hant"] == [19]


def test_sentence_cut_by_a_column_has_several_origins() -> None:
    """A sentence that stood in two places of the page has two origins."""
    issue = make_issue()
    paragraphs = issue.items[0].story.lead.article.paragraphs
    length = len(paragraphs[0].text)
    cut = dataclasses.replace(paragraphs[0], runs=(Run(0, 10, 5), Run(5, 90, length - 5)))

    sentence = present(with_lead(issue, paragraphs=(cut, *paragraphs[1:]))).stories[0].sentences[0]
    assert [(o.start, o.end) for o in sentence.origins] == [(10, 15), (90, 85 + length)]


def test_lines_of_a_column_are_one_origin() -> None:
    """Stretches that only line ends keep apart in the source are shown as one, others are not."""
    issue = make_issue()
    first = issue.items[0].story.lead.article.paragraphs[0]
    words = first.text
    text = f"报头\n{words[:9]}\n  {words[9:20]}\n插进来的一行\n{words[20:]}"
    runs = (Run(0, 3, 9), Run(9, 15, 11), Run(20, 34, len(words) - 20))
    sources = (SourceText(first.source, "page", text, ""),)
    issue = dataclasses.replace(
        with_lead(issue, paragraphs=(dataclasses.replace(first, runs=runs),)), sources=sources
    )

    sentence = present(issue).stories[0].sentences[0]
    assert ["".join(text[o.start : o.end].split()) for o in sentence.origins] == [words[:20], words[20:]]


def test_rules_are_worded_in_chinese() -> None:
    """Evidence is shown with its rule in Chinese; a rule that is not known yet stays readable."""
    assert rule_words("place, its parent is named, in the headline") == "地名，文中有其上级地名，见于标题"
    assert rule_words("own column: any") == "自设栏目的词"
    assert rule_words("learnt n-grams") == "用字用词的统计"
    assert rule_words("电头") == "电头"


def test_latin_sentences_are_kept_apart() -> None:
    """Chinese sentences follow each other closely, Latin ones with a space."""
    issue = make_issue()
    lead = analysed(article(0, "x", ("甲说。", "It rose.", "5 percent.", "乙说。")))
    item = dataclasses.replace(issue.items[0], story=Story("s", lead))
    section = dataclasses.replace(issue.sections[0], groups=(TopicGroup("时政", (item,)),))
    issue = dataclasses.replace(issue, sections=(section,))

    assert [s.space_before for s in present(issue).stories[0].sentences] == [False, False, True, False]


def test_links_say_where_they_lead() -> None:
    """A link names the issue and the item, and leads to its place in this page or in the neighbour's."""
    back = Reference(date(2025, 12, 31), "x", "旧闻", 4, issue_number=365)
    here = Reference(DAY, "y", "", 2)
    item = dataclasses.replace(
        make_issue().items[0],
        follows=Link("development", back, "新增 3 句", 1.0),
        links=(Link("series", here, "同属“老街”", 1.0),),
        note="见附件。",
        headline="编者的标题",
    )
    view = present(_with_first(item)).stories[0]

    assert view.follows
    assert (view.follows.issue, view.follows.number) == ("2025年12月31日第365期", 4)
    assert view.follows.href == "../2025-12-31/index.html#s4"
    assert [(link.kind, link.issue, link.headline, link.href) for link in view.links] == [
        ("同系列", "本期", NO_HEADLINE, "#s2")
    ]
    assert (view.note, view.headline, view.headline_is_edited) == ("见附件。", "编者的标题", True)
    assert "标题由编者拟定" in view.warnings


def test_differences_are_shown_in_the_words_of_the_sources() -> None:
    """Sentences that another version left out, added or changed stand as each printed them."""
    item = make_issue().items[1]
    lead, other = item.story.lead.article, item.story.others[0].article
    spans = [Span(0, 10), Span(0, 8)]
    difference = Difference(other.id, (spans[0],), (spans[1],), (Change(*spans),))
    (view,) = (
        present(_with_first(dataclasses.replace(item, differences=(difference,)))).stories[0].differences
    )

    assert view.source == "并州新报"
    assert (view.left_out, view.added) == ((lead.text[:10],), (other.text[:8],))
    assert view.changed == ((lead.text[:10], other.text[:8]),)


def test_the_ledger_is_presented() -> None:
    """The account stands at the end with the names that a reader knows."""
    ledger = Ledger(("甲报", "乙报"), (Received("in/a.txt", 3, 2),), ("乙报",), 3, 1, 2, 2)
    issue = dataclasses.replace(
        make_issue(), ledger=ledger, skipped=(Skipped("in/b.txt", "空"), Skipped("in/a.txt", "广告"))
    )
    view = present(issue).ledger

    assert (view.expected, view.silent, view.articles, view.merged) == (2, ("乙报",), 3, 1)
    assert [(one.name, one.articles, one.printed) for one in view.received] == [("a.txt", 3, 2)]


def _with_first(item: Item) -> Issue:
    issue = make_issue()
    section = issue.sections[0]
    group = dataclasses.replace(section.groups[0], items=(item,))
    return dataclasses.replace(issue, sections=(dataclasses.replace(section, groups=(group,)),))


def test_view_is_plain_data(view: IssueView) -> None:
    """Nothing of the model reaches a template: strings, numbers, tuples and views only."""

    def check(value: object) -> None:
        if dataclasses.is_dataclass(value):
            assert type(value).__module__ == "digest.render.view"
            for field in dataclasses.fields(value):
                check(getattr(value, field.name))
        elif isinstance(value, tuple):
            for part in value:
                check(part)
        else:
            assert value is None or isinstance(value, str | int | float | bool)

    check(view)
