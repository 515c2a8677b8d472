"""Where each source is at home: told by the user, the paper's name, the file's name or its own articles."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import replace
from fnmatch import fnmatchcase
from pathlib import PurePosixPath

from digest.classify.gazetteer import CITY, FOREIGN, NATIONAL, Gazetteer, gazetteer
from digest.classify.mentions import find_mentions
from digest.classify.resolve import resolve
from digest.config import SourceConfig
from digest.model import Article, Home, Place
from digest.text.script import is_traditional, simplified

_PAPER = re.compile(
    r"(?:日报|晚报|晨报|早报|商报|都市报|快报|时报|广播电视报|新闻网|新闻|融媒体?中心|电视台|发布|报社?|网)"
)
# 人民日报 has its home in no city, and 新华日报 is not 新华区's: papers whose names mislead.
_NATIONAL_PAPERS = (
    "人民日报",
    "光明日报",
    "经济日报",
    "中国",
    "新华社",
    "新华网",
    "科技日报",
    "工人日报",
    "农民日报",
    "法治日报",
    "环球",
)
_KNOWN_PAPERS = {
    "新华日报": "江苏",
    "大众日报": "山东",
    "南方日报": "广东",
    "解放日报": "上海",
    "文汇报": "上海",
    "新民晚报": "上海",
    "齐鲁晚报": "山东",
    "羊城晚报": "广东/广州",
    "扬子晚报": "江苏",
    "钱江晚报": "浙江",
    "楚天都市报": "湖北",
    "华商报": "陕西",
    "三湘都市报": "湖南",
    "燕赵都市报": "河北",
    "大河报": "河南",
    "新安晚报": "安徽",
    "春城晚报": "云南/昆明",
    "半岛都市报": "山东/青岛",
    "新京报": "北京",
    "今晚报": "天津",
    "长江日报": "湖北/武汉",
    "华西都市报": "四川",
    "海峡都市报": "福建",
    "潇湘晨报": "湖南",
    "特区报": "广东/深圳",
    "江淮晨报": "安徽/合肥",
}
_TOKEN = re.compile(r"[a-z]{4,}|[\u4e00-\u9fff]{2,}")
_PINYIN_TAIL = re.compile(
    r"(?:shi)?(?:ribao|wanbao|chenbao|dushibao|shangbao|daily|news|eveningnews|times|rb|wb)$"
)
_OWN_REPORT = re.compile(r"本报讯|本报记者|[我本]市(?![民场面])|(?<![\u4e00-\u9fff])全市")
# Over the page: this many signs that it is a paper's own, and one city this many times ahead of the next.
MIN_SIGNS = 2
MIN_LEAD = 2.0
MIN_WEIGHT = 3.0
SAMPLE_CHARS = 3_000  # of each article
STANDARD_INPUT = "-"


def infer_homes(articles: Sequence[Article], sources: Sequence[SourceConfig]) -> dict[str, Home]:
    """The home of each source (Article.source) that has one; sources whose home is unclear are left out."""
    by_source: dict[str, list[Article]] = defaultdict(list)
    for article in articles:
        by_source[article.source].append(article)
    homes = {}
    for source, own in by_source.items():
        home = _home(source, own, sources, gazetteer())
        if home is not None:
            homes[source] = home
    return homes


def _home(
    source: str, articles: Sequence[Article], sources: Sequence[SourceConfig], table: Gazetteer
) -> Home | None:
    papers = [paper for paper, _ in Counter(a.paper for a in articles if a.paper).most_common()]
    told = (
        _from_config(source, papers, sources, table)
        or next((home for paper in papers if (home := _from_paper(paper, table))), None)
        or _from_file_name(source, table)
    )
    # rows on standard input come from everywhere, and have no home in common
    return told or (_from_articles(articles, table) if source != STANDARD_INPUT else None)


def _from_config(
    source: str, papers: Sequence[str], sources: Sequence[SourceConfig], table: Gazetteer
) -> Home | None:
    """The home of the first [[source]] with one that is meant."""
    for config in sources:
        place = table.place(config.home) if config.home and _is_meant(config, source, papers) else None
        if place is not None:
            return Home(place, f"digest.toml: {config.name or config.path} = {config.home}")
    return None


def _is_meant(config: SourceConfig, source: str, papers: Sequence[str]) -> bool:
    """Whether a [[source]]'s glob fits the path or the file's name, or its name is the paper's."""
    path = source.replace("\\", "/")
    if config.path:
        names, patterns = (path, PurePosixPath(path).name), (config.path, f"*/{config.path}")
        return config.name in papers or any(fnmatchcase(name, one) for name in names for one in patterns)
    return config.name in papers or bool(config.name and config.name in path)


def name_papers(articles: Sequence[Article], sources: Sequence[SourceConfig]) -> tuple[Article, ...]:
    """The articles, those without a paper's name under the name that digest.toml gives their source."""
    named: dict[str, str] = {}
    for source in {article.source for article in articles}:
        named[source] = next((one.name for one in sources if one.name and _is_meant(one, source, ())), "")
    return tuple(
        article
        if article.paper or not named[article.source]
        else replace(article, paper=named[article.source])
        for article in articles
    )


def _from_paper(paper: str, table: Gazetteer) -> Home | None:
    """绵阳日报 → 四川·绵阳: the longest place that the name begins with."""
    name = simplified(paper) if is_traditional(paper) else paper
    if name.startswith(_NATIONAL_PAPERS):
        return None
    known = next((path for title, path in _KNOWN_PAPERS.items() if title in name), "")
    place = table.place(known) if known else None
    if place is None and _PAPER.search(name):
        for size in range(min(len(name) - 1, 8), 1, -1):
            place = _division(name[:size], table)
            if place is not None:
                break
    return Home(place, f"the paper's name, {paper}") if place is not None else None


def _division(name: str, table: Gazetteer) -> Place | None:
    """The one division of this name; a province before a city before a county."""
    entries = [
        e
        for e in table.names.get(name, ())
        if e.kind == "area" and e.level and not (e.word and e.level > CITY)
    ]
    best = min((e.level for e in entries), default=0)
    paths = {e.place for e in entries if e.level == best}
    return paths.pop() if len(paths) == 1 else None


def _from_file_name(source: str, table: Gazetteer) -> Home | None:
    """liaocheng_2024-03-21_page1.pdf.txt → 聊城, 绵阳日报-03.txt → 绵阳, where one place only is spelt so."""
    name = PurePosixPath(source.replace("\\", "/")).name
    for token in _TOKEN.findall(name.lower()):
        if token.isascii():
            places = table.by_pinyin.get(token) or table.by_pinyin.get(_PINYIN_TAIL.sub("", token), ())
            if len({place.path for place in places}) == 1:
                return Home(places[0], f"the file's name, {token}")
            continue
        home = _from_paper(token, table)
        if home is not None:
            return Home(home.place, f"the file's name, {token}")
    return None


def _from_articles(articles: Sequence[Article], table: Gazetteer) -> Home | None:
    """The city that the paper's own reports name far more often than any other."""
    signs = 0
    cities: dict[tuple[str, ...], float] = defaultdict(float)
    for article in articles:
        text = article.text[:SAMPLE_CHARS]
        text = simplified(text) if is_traditional(text) else text
        own = len(_OWN_REPORT.findall(text)) + article.agency.startswith("本报")
        if not own:
            continue
        signs += own
        seen: dict[tuple[str, ...], float] = defaultdict(float)
        for one in resolve(find_mentions(f"{article.title}\n{text}", table), None):
            if (
                one.kind == "area"
                and len(one.place.path) > 1
                and one.place.path[0] not in (NATIONAL, FOREIGN)
            ):
                seen[one.place.path[:2]] += one.weight
        for path, weight in seen.items():
            cities[path] += min(weight, 3.0)  # one long report says no more than several short ones
    if signs < MIN_SIGNS or not cities:
        return None
    ranked = sorted(cities.items(), key=lambda one: (-one[1], one[0]))
    best, weight = ranked[0]
    second = ranked[1][1] if len(ranked) > 1 else 0.0
    if weight < MIN_WEIGHT or weight < MIN_LEAD * second:
        return None
    place = table.by_path.get(best) or Place(best)
    return Home(place, f"its own reports name {best[-1]} far more often than any other city")
