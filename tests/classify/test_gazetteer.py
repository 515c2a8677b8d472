"""The tables hold what they say, and a user's places extend them."""

import time

import pytest

from digest.classify.gazetteer import NATIONAL, gazetteer
from digest.classify.lexicon import lexicon
from digest.classify.region import classify_regions
from digest.classify.topic import classify_topics
from digest.config import PlaceConfig, TopicConfig
from digest.errors import ConfigError
from tests.classify.test_region import make


def test_the_divisions_are_complete() -> None:
    """All 34 divisions of the first level are there, with more than 3,200 below them."""
    places = gazetteer().by_code.values()

    assert len([p for p in places if p.code.endswith("0000")]) == 34
    assert len(places) > 3_200


@pytest.mark.parametrize(
    ("name", "path", "code"),
    [
        ("山东/聊城", "山东/聊城", "371500"),
        ("山东省/聊城市/阳谷县", "山东/聊城/阳谷", "371521"),
        ("聊城", "山东/聊城", "371500"),
        ("山东·聊城", "山东/聊城", "371500"),
        ("香港", "港澳台/香港", "810000"),
        ("巴西", "国际/巴西", ""),
        ("雄安新区", "河北/雄安新区", ""),
        ("海南/文昌", "海南/文昌", "469005"),
        ("湖北/神农架", "湖北/神农架", "429021"),
        ("上海/浦东", "上海/浦东", "310115"),
    ],
)
def test_a_place_is_found_as_users_write_it(name: str, path: str, code: str) -> None:
    """Full and short names, with / or ·, lead to the same place."""
    place = gazetteer().place(name)

    assert place is not None
    assert (path, code) == ("/".join(place.path), place.code)


@pytest.mark.parametrize("name", ["", "青禾市", "山东/绵阳", "鼓楼区", "/"])
def test_what_is_not_one_place_is_none(name: str) -> None:
    """Unknown places, places elsewhere, and names that several share are not guessed."""
    assert gazetteer().place(name) is None


def test_every_hand_kept_place_lies_somewhere_known() -> None:
    """Each path of the tables starts with a first element that a region may have."""
    first = {path[0] for path in gazetteer().by_path if len(path) == 1}

    assert {path[0] for path in gazetteer().by_path} == first
    assert len(first) == 34 - 3 + 3  # the provinces without 港澳台's three, and 港澳台, 全国, 国际


def test_the_tables_load_quickly() -> None:
    """Reading the gazetteer takes about 20 ms; a busy machine may take some times as long."""
    best = 1.0
    for _ in range(3):
        gazetteer.cache_clear()
        before = time.process_time()
        gazetteer()
        best = min(best, time.process_time() - before)

    assert best < 0.15


def test_a_user_adds_places() -> None:
    """A user's institution says where an article belongs, and a user's mask that a word is no place."""
    places = (
        PlaceConfig("青禾重工", "山西/太原"),
        PlaceConfig("太原里", "", kind="mask"),
    )

    assert classify_regions(make("青禾重工昨天交付首台设备。"), None, places)[0].place.path == (
        "山西",
        "太原",
    )
    assert classify_regions(make("太原里餐馆上了新菜。"), None, places)[0].place.path == (NATIONAL,)
    assert classify_regions(make("青禾重工昨天交付首台设备。"), None)[0].place.path == (NATIONAL,)


@pytest.mark.parametrize(
    "place",
    [PlaceConfig("青禾", "火星/环形山"), PlaceConfig("青禾", "山西", kind="x"), PlaceConfig("青", "山西")],
)
def test_a_place_that_cannot_be_used_is_a_configuration_error(place: PlaceConfig) -> None:
    """The error names the table and the place."""
    with pytest.raises(ConfigError, match="place"):
        gazetteer((place,))


def test_a_user_adds_words() -> None:
    """A user's word files an article in its column; an unknown column is a configuration error."""
    topics = (TopicConfig("科技教育", ("青禾计划",), weight=30.0),)

    assert classify_topics(make("青禾计划启动。", "青禾计划"), topics)[0].name == "科技教育"
    with pytest.raises(ConfigError, match="topic"):
        lexicon((TopicConfig("天文", ("星星",)),))
