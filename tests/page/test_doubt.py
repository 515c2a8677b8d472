"""Headlines and articles that a page out of order cannot vouch for."""

from digest.model import Article, Paragraph
from digest.page.doubt import is_beyond_reading, left_out, reads_mixed, without_doubtful
from digest.page.fields import find_jump
from digest.page.labelled import BODY, HEAD, Labelled
from digest.page.lines import fragment_of, to_lines
from digest.page.pair import Headline
from digest.page.seams import LINE, Seam, weak_seams
from digest.page.segment import Body, HeadBlock
from digest.text.tracked import Tracked

LEAD = "青岚市水务局昨天公布管网改造结果，全市漏损率下降四个百分点，三年来首次低于一成。"
BODY_TEXT = LEAD * 4 + "下一步，水务局将给二次供水泵房加装监测设备，老旧小区优先。"
STRAY = "亩产较去年增加一成多的"


def _read(
    title: str, *, shared: float, runner_up: float = 0.0, disordered: bool = True, jump: bool = False
) -> bool:
    """Whether a headline line is kept over the body, on a page of three articles."""
    items = [
        Labelled(fragment_of(to_lines(Tracked.of(text)), 20.0, wrapped=False), kind, "")
        for text, kind in ((title, HEAD), (BODY_TEXT, BODY))
    ]
    body = Body(fragments=[1], jump_from=1 if jump else None)
    headline = Headline((HeadBlock((0,)),), shared, runner_up)
    kept = without_doubtful(
        items,
        [body, Body(), Body()],
        [headline, Headline(), Headline()],
        disordered=disordered,
        lost=disordered,
    )
    return bool(kept[0].blocks)


def test_a_headline_that_its_body_does_not_speak_of_is_dropped() -> None:
    """A title that shares words with its body stays, one that shares none or more with another goes."""
    assert _read("管网改造漏损率下降", shared=0.5)
    assert not _read("众志成城同心同行", shared=0.0)
    assert not _read("管网改造漏损率下降", shared=0.3, runner_up=0.4)
    assert _read("管网改造漏损率下降", shared=0.1, disordered=False)
    assert not _read("众志成城同心同行", shared=0.0, disordered=False)


def test_what_goes_on_from_another_page_keeps_its_headline() -> None:
    """A continuation may say nothing of its headline."""
    assert _read("市政府召开常务会议", shared=0.0, jump=True)


def test_a_clause_of_the_body_is_no_title() -> None:
    """What a body says word for word behind its lead is a kicker or a subhead."""
    assert not _read("老旧小区优先", shared=1.0)
    assert _read("全市漏损率下降四个百分点", shared=1.0)


def test_a_line_of_a_column_is_no_title() -> None:
    """A comma at its end, a reporter in brackets and a bracket left open show a column's line."""
    for line in ("水务局昨天公布，", "管网（记者沈一苇", "讯员李小四）管网改造"):
        assert not _read(line, shared=0.9)


def _article(*weak: int) -> Article:
    return Article("a", 0, title="管网改造漏损率下降", paragraphs=(Paragraph(LEAD, weak=weak),))


def test_an_article_of_mixed_lines_is_left_out_and_reported() -> None:
    """Where most seams do not read, or many and no sentence is free of them, nothing is guessed."""
    sound = [Seam(n, LINE, "读者可以在晚上借阅图书", "和报刊，市民可以") for n in range(20)]
    broken = [Seam(n, LINE, "读者可以在晚上借阅图书和", STRAY) for n in range(20)]

    assert not is_beyond_reading(_article(10), sound)
    assert is_beyond_reading(_article(), broken)
    assert is_beyond_reading(_article(10), [*sound, *broken[:4]])
    assert not is_beyond_reading(_article(), [*sound, *broken[:4]])
    assert "管网改造漏损率下降" in left_out(_article()).reason


def test_a_page_whose_lines_do_not_read_is_known_by_itself() -> None:
    """Many line ends that do not read on show mixed lines; the few of a short page do not."""
    broken = [Seam(n, LINE, "读者可以在晚上借阅图书和", STRAY) for n in range(50)]

    assert reads_mixed(broken)
    assert not reads_mixed(broken[:20])


def test_a_seam_of_a_mixed_page_is_weak_sooner() -> None:
    """What may pass on a page in order does not where lines are mixed."""
    doubtful = [Seam(n, LINE, "期工程将在明年春天", "小区，施工期间由供水车保障") for n in range(2)]
    sound = [Seam(10 + n, LINE, "读者可以在晚上借阅图书", "和报刊，市民可以") for n in range(12)]

    assert weak_seams([[*doubtful, *sound]]) <= weak_seams([[*doubtful, *sound]], mixed=True)


def test_a_mark_of_the_next_page_at_the_end_is_a_jump() -> None:
    """紧接第3版 at the end goes there, at the beginning comes from there."""
    to, come = find_jump("省下的钱拿来修路。（紧接第3版）"), find_jump("（紧接第1版）本报讯")

    assert to is not None
    assert come is not None
    assert (to.direction, to.page) == ("to", 3)
    assert (come.direction, come.page) == ("from", 1)
    assert find_jump("他紧接着第3次问") is None
