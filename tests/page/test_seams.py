"""Seams that are not to be relied on are found, and no sentence over one is quoted."""

from __future__ import annotations

import re
from dataclasses import replace

from digest.config import SummaryConfig
from digest.model import Article, Paragraph, Run
from digest.page import read_page
from digest.page.fragments import to_fragments
from digest.page.lines import Fragment, to_lines
from digest.page.prose import READ, plain, read_on, read_on_each
from digest.page.seams import COLUMN, LINE, Seam, places_in, seams_within, weak_by_place, weak_seams
from digest.page.spelling import spells_over
from digest.summarize import summarize
from digest.text.tracked import Tracked

ARTICLE = """　　本报讯（记者 沈一苇） 青岚市图书馆从下月起
延长开放时间，读者可以在晚上借阅图书和报刊。
　　图书馆负责人介绍，少儿阅览室也将在周末开
放，并且每月举办一次读书会。
　　为方便读者，馆内新添了自助借还设备，市民
凭身份证即可办理借书证。
"""
#: What the line of another column would put behind 借阅图书和.
STRAY = "亩产较去年增加一成多的"


def test_a_seam_within_a_sentence_reads_better_than_one_between_two() -> None:
    """What follows a text scores above what follows another one, all in all."""
    pairs = [
        ("市政府昨天召开会议研究部署安全", "生产工作，要求各部门落实责任"),
        ("这座大桥全长三千米，预计明年年", "底建成通车，届时两地车程将缩短"),
        ("合作社今年种植蔬菜两百亩，带动", "周边群众就业，人均增收三千元"),
        ("图书馆从下月起延长开放时间，读", "者可以在晚上借阅图书和报刊"),
    ]
    right = read_on(pairs)
    wrong = read_on([(before, pairs[(n + 1) % len(pairs)][1]) for n, (before, _) in enumerate(pairs)])

    assert sum(right) - sum(wrong) > 3.0 * len(pairs)
    assert sum(wrong) < 0.0


def test_text_is_folded_for_the_network() -> None:
    """Digits, letters, widths and spaces are all one to the network."""
    assert plain("共 12 家,A类１Ｂ") == "共00家，a类0a"
    assert read_on([("共 12 家,", "Ａ类")]) == read_on([("共35家，", "b类")])
    assert len(read_on([("", ""), ("短", "的" * READ)])) == 2


def test_each_text_with_each_is_every_seam_by_itself() -> None:
    """All ends of a page against all beginnings give what each seam gives."""
    ends = ["市政府昨天召开会议研究部署安全", "这座大桥 全长", "", "年"]
    beginnings = ["生产工作，要求", "三千米，", ""]

    assert read_on_each(ends, beginnings) == [
        read_on([(end, beginning) for beginning in beginnings]) for end in ends
    ]
    assert read_on_each(ends, []) == [[] for _ in ends]


def test_no_seams_are_weak_where_there_are_none() -> None:
    """A page without seams has no weak ones."""
    assert weak_seams([]) == frozenset()
    assert weak_seams([[]]) == frozenset()


def test_many_broken_seams_throw_doubt_on_the_rest() -> None:
    """The same seam is trusted in an article that reads well and not in one that is jumbled."""
    doubtful = Seam(1, LINE, "期工程将在明年春天", "小区，施工期间由供水车保障")
    sound = _sound(30)
    broken = [Seam(90 + n, LINE, "读者可以在晚上借阅图书和", STRAY) for n in range(30)]

    assert 1 not in weak_seams([[doubtful, *sound]])
    assert 1 in weak_seams([[doubtful, *broken]])


def test_a_line_of_another_column_is_noticed() -> None:
    """A recognised article as printed has no weak seam; the line of another column in it makes one."""
    recognised = re.sub(r"\n(?!\u3000)", " ", ARTICLE)
    (whole,) = read_page(Tracked.of(recognised), source="a").articles
    strayed = recognised.replace("借阅图书和报刊。", f"借阅图 {STRAY}稻谷报刊。")
    (mixed,) = read_page(Tracked.of(strayed), source="a").articles

    assert {paragraph.weak for paragraph in whole.paragraphs} == {()}
    at = mixed.paragraphs[0].text.index(STRAY)
    assert at in mixed.paragraphs[0].weak


def test_a_sentence_over_a_weak_seam_is_not_quoted() -> None:
    """A summary leaves out the sentence that two parts were joined to without being sure."""
    text = "青岚市水务局公布管网改造计划，投资三亿元。全市老旧管道三年内更换完毕，漏损率降到百分之八。"
    sound = Article("a", 0, title="青岚市公布管网改造计划", paragraphs=(Paragraph(text),))
    weak = replace(sound, paragraphs=(Paragraph(text, weak=(10,)),))
    config = SummaryConfig()

    assert summarize(sound, config, n=1)[0].start == 0
    assert summarize(weak, config, n=1)[0].text.startswith("全市老旧管道")
    spoiled = replace(sound, paragraphs=(Paragraph(text, weak=(10, 30)),))
    assert summarize(spoiled, config, n=1) == ()


def test_a_printed_page_is_trusted_more_than_a_recognised_one() -> None:
    """A line end that reads badly is weak where lines are lost, and believed where they are as printed."""
    page = [[Seam(1, LINE, "读者可以在晚上借阅图", "％的股份由集团持有，"), *_sound(30)]]

    assert weak_seams(page) == {1}
    assert weak_seams(page, in_print=True) == frozenset()


def test_the_names_of_a_dateline_are_no_seams() -> None:
    """What stands apart in a dateline was not joined."""
    dateline = "本报讯（记者 沈一苇 通讯员 路远） "
    fragment = _fragment(f"{dateline}图书馆从下月起延长 开放时间。")

    seams = seams_within(fragment, behind=len(dateline))

    assert [seam.behind for seam in seams] == ["开放时间。"]


def test_a_word_that_runs_over_a_seam_is_believed() -> None:
    """A word over the seam must be likelier than what stands on both sides without it."""
    assert spells_over("完善公共基础设", "施建设")
    assert not spells_over("水上工期由", "原来的天数")
    assert not spells_over("共完成12", "项")
    assert not spells_over("他说，", "，")


def _sound(n: int) -> list[Seam]:
    return [Seam(10 + k, LINE, "读者可以在晚上借阅图书", "和报刊，市民可以") for k in range(n)]


def _fragment(line: str) -> Fragment:
    (fragment,) = to_fragments(to_lines(Tracked.of(line)))
    return fragment


def test_columns_are_judged_over_the_whole_page() -> None:
    """What a wrong column end says of the others counts in all articles."""
    wrong = [[Seam(n, COLUMN, "读者可以在晚上借阅图书和", STRAY)] for n in range(20)]

    assert len(weak_seams(wrong)) == 20


def test_a_column_that_does_not_go_on_is_weak_though_its_place_is_known() -> None:
    """Among columns that read on the one that does not is weak."""
    sound = [Seam(10 + n, COLUMN, "读者可以在晚上借阅图书", "和报刊，市民可以") for n in range(8)]

    assert weak_by_place([*sound, Seam(5, COLUMN, "读者可以在晚上借阅图", STRAY)]) == {5}
    assert weak_by_place([]) == frozenset()


def test_offsets_of_the_page_become_places_in_a_paragraph() -> None:
    """Only what a paragraph was copied from stands in it."""
    runs = (Run(0, 100, 10), Run(10, 300, 5))

    assert places_in(runs, [90, 103, 110, 301, 305]) == (3, 11)
