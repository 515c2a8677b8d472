"""A paper's home is told by the user, its name, its file's name or its own reports, and else left open."""

import pytest

from digest.classify.home import infer_homes, name_papers
from digest.config import SourceConfig
from digest.model import Article, Paragraph


def article(source: str, text: str = "今天天气很好。", **fields: object) -> Article:
    paragraphs = tuple(Paragraph(line) for line in text.split("\n"))
    return Article(source=source, index=0, paragraphs=paragraphs, **fields)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("source", "home"),
    [
        ("liaocheng_2024-03-21_page1.pdf.txt", "山东/聊城"),
        ("pages/taiyuan_2024-03-21_page1.txt", "山西/太原"),
        ("shandong_press_conference.txt", "山东"),
        ("chongqingribao-02.txt", "重庆"),
        ("绵阳日报-20240321-03.txt", "四川/绵阳"),
        ("C:\\papers\\kunmingdaily_01.txt", "云南/昆明"),
    ],
)
def test_a_file_name_tells_the_home(source: str, home: str) -> None:
    """The pinyin or the Chinese name of one city in a file's name is the paper's home."""
    homes = infer_homes([article(source)], ())

    assert tuple(home.split("/")) == homes[source].place.path
    assert "file's name" in homes[source].reason


@pytest.mark.parametrize(
    "source", ["fuzhou_01.txt", "suzhou_01.txt", "taizhou.txt", "page1.txt", "日报.txt", ""]
)
def test_a_name_that_several_places_share_tells_nothing(source: str) -> None:
    """福州 and 抚州, 苏州 and 宿州, 台州 and 泰州 are spelt alike."""
    assert infer_homes([article(source)], ()) == {}


@pytest.mark.parametrize(
    ("paper", "home"),
    [
        ("绵阳日报", "四川/绵阳"),
        ("聊城晚报", "山东/聊城"),
        ("湖北日报", "湖北"),
        ("新华日报", "江苏"),
        ("羊城晚报", "广东/广州"),
        ("延邊日報", "吉林/延边"),
    ],
)
def test_a_papers_name_tells_the_home(paper: str, home: str) -> None:
    """A paper is at home in the place that its name begins with, or where it is known to be."""
    assert tuple(home.split("/")) == infer_homes([article("a.txt", paper=paper)], ())["a.txt"].place.path


@pytest.mark.parametrize(
    "paper", ["人民日报", "光明日报", "中国青年报", "经济日报", "东浦晚报", "朝阳日报社区版"]
)
def test_a_national_or_unknown_paper_has_no_home(paper: str) -> None:
    """National papers, and papers of places that do not exist, are at home nowhere."""
    homes = infer_homes([article("a.txt", paper=paper)], ())

    assert "a.txt" not in homes or homes["a.txt"].place.path == ("辽宁", "朝阳")


def test_the_user_knows_best() -> None:
    """A [[source]] goes before what the names say, by its path or by the paper's name."""
    sources = (
        SourceConfig("江城日报", home="湖北/武汉", path="liaocheng_*"),
        SourceConfig("东浦晚报", home="浙江省/宁波市"),
    )
    homes = infer_homes([article("in/liaocheng_1.txt"), article("b.txt", paper="东浦晚报")], sources)

    assert homes["in/liaocheng_1.txt"].place.path == ("湖北", "武汉")
    assert homes["b.txt"].place.path == ("浙江", "宁波")
    assert "digest.toml" in homes["b.txt"].reason


def test_own_reports_tell_the_home() -> None:
    """The city that a paper's own reports name far more often than any other is its home."""
    texts = (
        "本报讯 四川绵阳的公园昨天开放，绵阳市民前来游玩。",
        "本报讯 我市新开三条公交线路，绵阳火车站增设站点。",
        "本报讯 绵阳的图书馆延长开放，成都的读者也来借书。",
    )
    homes = infer_homes([article("a.txt", text) for text in texts], ())

    assert homes["a.txt"].place.path == ("四川", "绵阳")


def test_a_page_of_many_cities_has_no_home() -> None:
    """Where two cities are named alike, or nothing is the paper's own, the home stays open."""
    own = "本报讯 四川绵阳与四川德阳昨天签约，绵阳和德阳的企业到场。我市我市。"

    assert infer_homes([article("a.txt", own)], ()) == {}
    assert infer_homes([article("a.txt", "四川绵阳，四川绵阳，四川绵阳。")], ()) == {}


def test_rows_on_standard_input_have_no_home_in_common() -> None:
    """Rows from everywhere are not one paper, whatever they name."""
    rows = [article("-", "本报讯 我市的四川绵阳公园开放，绵阳市民游玩。") for _ in range(5)]

    assert infer_homes(rows, ()) == {}


def test_the_configuration_names_the_papers() -> None:
    """An article without a paper's name takes the one of digest.toml; the others keep theirs."""
    sources = (SourceConfig("青岚日报", path="qinglan_*"),)
    articles = (
        Article("day/qinglan_20260318_01.txt", 0),
        Article("day/qinglan_20260318_02.txt", 0, paper="青岚晚报"),
        Article("day/other.txt", 0),
    )

    assert [article.paper for article in name_papers(articles, sources)] == ["青岚日报", "青岚晚报", ""]
