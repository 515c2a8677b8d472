"""Summaries as a reader sees them. All texts are invented."""

from __future__ import annotations

import dataclasses
import subprocess
import sys
import time
from itertools import pairwise

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from digest.config import SummaryConfig
from digest.errors import UsageError
from digest.model import Article, Paragraph
from digest.summarize import engine_names, keywords, summarize
from tests.summarize.articles import article, bridge

CONFIG = SummaryConfig()


def texts(of: Article, n: int | None = None, chars: int | None = None, engine: str = "textrank") -> list[str]:
    config = dataclasses.replace(CONFIG, engine=engine)
    return [sentence.text for sentence in summarize(of, config, n=n, chars=chars)]


def test_the_lead_tells_what_happened() -> None:
    """One sentence of a news report is the one that says what its headline says."""
    assert texts(bridge(), n=1) == ["3月5日，柳树县柳河大桥建成通车，两岸三万名群众告别了摆渡过河的历史。"]


@pytest.mark.parametrize("opening", ["记者从县交通局获悉：", "本报记者3月20日从县里获悉，", "据了解，"])
def test_how_the_paper_came_to_know_is_left_out(opening: str) -> None:
    """With a comma or a colon."""
    sentence = "今年全县计划新建改建农村公路300公里，总投资4.2亿元，惠及216个村。"

    assert texts(article(opening + sentence), n=1) == [sentence]


def test_a_clause_at_the_edge_is_left_out() -> None:
    """据悉， goes, and what is left is verbatim."""
    found = texts(bridge(), chars=1000)

    assert "大桥通车后，从县城到河西镇的车程由一个小时缩短到十五分钟。" in found


def test_items_and_unfinished_lines_stay_out() -> None:
    """No item of an enumeration, no sentence that announces one, no cut line, however long the summary."""
    found = "".join(texts(bridge(), chars=10_000))

    assert "一是" not in found
    assert "以下措施" not in found
    assert "下一步" not in found


def test_a_leaning_sentence_comes_with_its_antecedent() -> None:
    """他说 appears only behind the sentence that it leans on."""
    found = texts(bridge(), chars=10_000)

    at = found.index("他说，这是一座连心桥。")
    assert found[at - 1].startswith("大桥通车后")


def test_a_single_summary_never_leans() -> None:
    """With one sentence to give, none that leans is given while another can stand."""
    leaning = article(
        "其中，柳河上的三座都是老桥。他说，桥都老了。柳树县今年将修缮全部老桥，预计投资五百万元。"
    )

    assert texts(leaning, n=1) == ["柳树县今年将修缮全部老桥，预计投资五百万元。"]


def test_subheads_stay_out() -> None:
    """A subhead is not a sentence, with a full stop or without."""
    with_subheads = article(
        "柳树县昨天公布了修桥计划，全县三年内将新建桥梁二十座。",
        "修桥铺路惠民生。",
        "第一座新桥位于河西镇，今年五月开工，明年年底建成通车。",
        "资金从哪里来",
        "修桥资金由县财政和社会捐助共同承担，总额约一亿元。",
        title="柳树县三年新建二十座桥",
        subheads=("修桥铺路惠民生。", "资金从哪里来"),
    )

    assert not {"修桥铺路惠民生。", "资金从哪里来"} & set(texts(with_subheads, chars=10_000))


def test_the_headline_vouches_for_a_sentence() -> None:
    """In a spoilt paragraph the sentence that repeats the whole headline is believed, the others are not."""
    spoilt = Paragraph("昨天，柳树县柳河大桥建成通车仪式举行。县委常委、宣传部部长王建国参", damage=0.3)
    found = texts(article(spoilt, "大桥由县交通局养护。", title="柳树县柳河大桥建成通车仪式举行"), n=2)

    assert found[0] == "昨天，柳树县柳河大桥建成通车仪式举行。"
    assert "王建国" not in "".join(found)


def test_damaged_paragraphs_stay_out() -> None:
    """What recognition has spoilt is quoted only where there is nothing else."""
    spoilt = Paragraph("柳树县昨天公布了修桥汁划，全县三年内将新津桥梁二十座。", damage=0.2)
    whole = "修桥资金由县财政和社会捐助共同承担，总额约一亿元。"

    assert texts(article(spoilt, whole), n=2) == [whole]
    assert texts(article(spoilt), n=2) == [spoilt.text]


def test_a_transcript_gives_answers() -> None:
    """What is asked stays out where a speaker answers."""
    asked = "柳树县的新桥什么时候能够建成通车，沿线村民出行要等多久。"
    talk = article(
        Paragraph(asked, speaker="柳树日报记者", role="记者"),
        Paragraph("柳河大桥计划明年年底建成通车，沿线八个村的出行时间将缩短一半。", speaker="赵大山"),
    )

    assert asked not in texts(talk, n=2)


def test_labels_of_a_plain_transcript() -> None:
    """Questions are known by their labels where the reader of the page gave no speakers."""
    talk = article(
        "柳树日报记者：",
        "柳树县的新桥进展情况怎么样，请介绍一下有关的安排。",
        "赵大山：柳河大桥计划明年年底建成通车，沿线八个村的出行时间将缩短一半。",
        "柳树广播记者：",
        "沿河公路的建设也是大家非常关心的一件事情，请作介绍。",
        "钱小河：沿河公路今年六月开工，全长四十公里，串起十二个村庄。",
    )

    found = "".join(texts(talk, n=4))
    assert "请" not in found
    assert "柳河大桥" in found


def test_the_order_is_that_of_the_source() -> None:
    """Sentences come in the order of the source, whatever their rank."""
    found = summarize(bridge(), CONFIG)

    assert list(found) == sorted(found, key=lambda sentence: sentence.start)


def test_the_configured_budget() -> None:
    """Without an order of its own a summary keeps both limits of the configuration."""
    short = SummaryConfig(sentences=3, chars=60)

    found = summarize(bridge(), short)
    assert len(found) <= 3
    assert sum(len(sentence.text) for sentence in found) <= 60


def test_the_same_is_not_said_twice() -> None:
    """A sentence that repeats another is left out."""
    twice = article(
        "3月5日，柳树县柳河大桥建成通车，两岸三万名群众告别了摆渡过河的历史。",
        "柳树县柳河大桥3月5日建成通车，两岸三万名群众告别摆渡过河的历史。",
        "大桥全长1260米，总投资2.3亿元，由县交通局负责养护和管理。",
    )

    assert len(texts(twice, n=3)) == 2


def test_a_thousand_equal_sentences() -> None:
    """One sentence printed a thousand times is said once."""
    assert texts(article("柳树县柳河大桥昨天建成通车。" * 1000), n=3) == ["柳树县柳河大桥昨天建成通车。"]


def test_traditional_text_is_printed_as_it_stands() -> None:
    """Traditional text is summarised in its own characters, keywords too."""
    found = article(
        "3月5日，柳樹縣柳河大橋建成通車，兩岸三萬名群眾告別了擺渡過河的歷史。",
        "大橋全長1260米，總投資2.3億元，由縣交通局負責養護和管理。",
        title="柳樹縣柳河大橋建成通車",
    )

    assert texts(found, n=1)[0].startswith("3月5日，柳樹縣")
    assert any("樹" in keyword.word or "橋" in keyword.word for keyword in keywords(found, 5))


def test_keywords_are_names_and_nouns() -> None:
    """Keywords are words of two characters and more that tell the subject; best first."""
    found = keywords(bridge(), 5)

    assert len(found) == 5
    assert all(len(keyword.word) >= 2 for keyword in found)
    assert "大桥" in "".join(keyword.word for keyword in found)
    assert [keyword.score for keyword in found] == sorted((k.score for k in found), reverse=True)
    assert found[0].score == 1.0
    assert all(bridge().text[keyword.start : keyword.end] == keyword.word for keyword in found)


def test_a_keyword_of_the_headline_alone_has_no_place() -> None:
    """What only the headline says stands nowhere in the text."""
    found = keywords(article("两岸三万名群众告别了摆渡过河的历史。", title="柳河大桥通车"), 5)

    places = {keyword.word: keyword.start for keyword in found}
    assert places["大桥"] == -1
    assert max(places.values()) >= 0


@pytest.mark.parametrize("name", ["textrank", "textrank4zh", "lead", "lexrank"])
def test_engines(name: str) -> None:
    """Every engine gives sentences of the article."""
    found = texts(bridge(), n=2, engine=name)

    assert name in engine_names()
    assert len(found) == 2
    assert all(text in bridge().text for text in found)


def test_an_unknown_engine_is_named() -> None:
    """A wrong name is the user's to mend, and the message says which names there are."""
    with pytest.raises(UsageError, match=r"nosuch.*textrank"):
        texts(bridge(), engine="nosuch")


def test_an_engine_from_another_package(monkeypatch: pytest.MonkeyPatch) -> None:
    """A package can register an engine under the entry point group."""
    from importlib.metadata import EntryPoint, EntryPoints

    point = EntryPoint(name="last", value="tests.summarize.last_engine:scores", group="digest.engines")
    monkeypatch.setattr(
        "importlib.metadata.entry_points", lambda **params: EntryPoints([point]).select(**params)
    )

    assert "last" in engine_names()
    assert texts(article("柳树县新建了一座大桥。", "柳树县修好了一条公路。"), n=1, engine="last") == [
        "柳树县修好了一条公路。"
    ]


SIGNS = (
    '桥通了柳树县的大桥建成。！？…“”（）《》".,:;!? \n\u3000\r'
    "一二三是他说据悉，；：、0123456789%ab\x00\ud800\U00020000"
)
HOSTILE = st.text(alphabet=SIGNS, max_size=400) | st.text(max_size=200)


@settings(deadline=None, max_examples=150)
@example("[0000]", "", None, None)
@given(
    HOSTILE,
    st.text(alphabet=SIGNS, max_size=30),
    st.none() | st.integers(1, 5),
    st.none() | st.integers(1, 300),
)
def test_properties(text: str, title: str, n: int | None, chars: int | None) -> None:
    """Any text: verbatim offsets, order, no duplicates, the budget, finite scores, the same every time."""
    subject = article(*text.split("\n"), title=title)

    found = summarize(subject, CONFIG, n=n, chars=chars)

    assert all(subject.text[s.start : s.end] == s.text != "" for s in found)
    assert all(a.end <= b.start for a, b in pairwise(found))
    assert len({s.text for s in found}) == len(found)
    assert all(0.0 <= s.score <= 1.0 for s in found)
    assert bool(found) is bool(text.strip())
    if n is not None:
        assert len(found) <= n
    if chars is not None and len(found) > 1:
        assert sum(len(s.text) for s in found) <= chars
    again = article(*text.split("\n"), title=title)
    assert found == summarize(again, CONFIG, n=n, chars=chars)
    assert keywords(subject, 5) == keywords(again, 5)
    for keyword in keywords(subject, 5):
        assert 0.0 <= keyword.score <= 1.0
        assert keyword.start == -1 or subject.text[keyword.start : keyword.end] == keyword.word


@pytest.mark.parametrize(
    "text", ["", "\n", "中", "。", "中" * 100_000, "“" * 100_000, "\x00", "\ud800", "|1|2|3|\n|4|5|6|"]
)
def test_strange_texts(text: str) -> None:
    """Nothing crashes; where there is any text, something is given."""
    subject = article(*text.split("\n"))

    assert bool(summarize(subject, CONFIG)) is bool(text.strip())
    keywords(subject, 5)


def test_an_article_without_paragraphs() -> None:
    """Nothing in, nothing out."""
    assert summarize(article(), CONFIG) == ()
    assert keywords(article(), 5) == ()


def test_cost_is_near_linear() -> None:
    """Three thousand sentences take no more than a few times the time of a thousand."""

    def seconds(n: int) -> float:
        sentences = [
            f"柳树县第{i}号大桥昨天建成通车，总投资{i % 97}万元，方便了{i % 13}个村的群众。" for i in range(n)
        ]
        start = time.process_time()
        summarize(article(*sentences), CONFIG)
        return time.process_time() - start

    seconds(100)
    assert seconds(3000) < 5 * min(seconds(1000) for _ in range(3)) + 0.1


def test_rows_are_summarised_without_loading_the_rest() -> None:
    """`digest summarize` of rows reads no page and renders nothing, so it starts without their libraries."""
    code = (
        "import sys; from digest.cli import main; sys.argv = ['digest', 'summarize', '-q', '--jsonl', '-']\n"
        "try: main()\n"
        "except SystemExit: pass\n"
        "heavy = {'lxml', 'numpy', 'jinja2', 'weasyprint', 'yaml', 'multiprocessing.context'}\n"
        "print(*sorted(heavy & set(sys.modules)))"
    )
    row = '{"id": "1", "title": "", "text": "柳树县柳河大桥昨天建成通车。"}'

    done = subprocess.run(
        [sys.executable, "-c", code], input=row, capture_output=True, text=True, check=True, encoding="utf-8"
    )
    answer, loaded = done.stdout.splitlines()
    assert "柳河大桥" in answer
    assert loaded == ""


def test_the_default_engine_loads_little() -> None:
    """jieba, networkx, scipy and textrank4zh stay out of the default path."""
    code = (
        "import sys; from tests.summarize.articles import bridge; from digest.config import SummaryConfig;"
        "from digest.summarize import summarize, keywords;"
        "summarize(bridge(), SummaryConfig()); keywords(bridge(), 3);"
        "print(*sorted({'jieba', 'networkx', 'scipy', 'textrank4zh'} & set(sys.modules)))"
    )

    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == ""


@pytest.mark.parametrize(
    "announcement",
    [
        "今天我们先来听听工程师讲述大桥背后的故事。",
        "今天（3月5日）来看本台记者对县长林海的专访。",
        "明天请继续收看《柳河两岸》第二集，看大桥给群众带来的变化。",
        "这里是柳河大桥的控制中心，大桥的数据都汇集到这个中心。",
    ],
)
def test_announcements_of_programmes_stay_out(announcement: str) -> None:
    """What a programme says of itself, or of its own pictures, is no news."""
    text = f"{announcement}3月5日，柳树县柳河大桥建成通车。大桥全长1260米，总投资2.3亿元。"

    chosen = summarize(article(text, title="柳河大桥背后的故事"), SummaryConfig(), n=3)

    assert announcement not in [sentence.text for sentence in chosen]
    assert len(chosen) == 2


def test_scenes_are_passed_over() -> None:
    """The scene that a feature opens with fills no place of a summary of no given length."""
    text = (
        "柳树钢厂的生产车间内，轧机隆隆运转着，钢带被分门别类标记好。"
        "柳树钢厂今年建成了第三条生产线。新的生产线每月可以轧制钢带2000吨。钢厂的产品供应到全国。"
        "为了这条生产线，钢厂培训了两百名工人。钢厂还计划扩大出口。"
    )

    chosen = [
        sentence.text for sentence in summarize(article(text, title="柳树钢厂轧机隆隆"), SummaryConfig())
    ]

    assert not any("轧机隆隆" in sentence for sentence in chosen)
