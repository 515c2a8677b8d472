"""Hostile and empty text is classified without a crash, in linear time, and twice alike."""

import time

import pytest

from digest.classify.gazetteer import gazetteer
from digest.classify.home import infer_homes
from digest.classify.region import classify_regions
from digest.classify.topic import classify_topics
from digest.model import Home
from tests.classify.test_region import make

HOSTILE = {
    "empty": "",
    "one character": "中",
    "one place": "聊城",
    "NUL": "\x00" * 50 + "聊城市\x00",
    "lone surrogates": "\ud800聊城市\udfff我市" * 20,
    "bidi": "\u202e聊城市\u2066",
    "spaces": " \u3000\n" * 200,
    "unbroken": "中" * 100_000,
    "Latin": "a" * 50_000,
    "digits": "3月20日电" * 5_000,
    "brackets": "（" * 20_000,
    "places": "聊城" * 20_000,
    "home and elsewhere": "我市深圳市" * 5_000,
    "lists": "山东、河南、" * 5_000,
    "countries": "法国德国" * 5_000,
    "datelines": "新华社长沙3月20日电" * 3_000,
}
HOME = Home(gazetteer().by_path["山东", "聊城"], "told by the test")


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
@pytest.mark.parametrize("home", [None, HOME], ids=["no home", "home"])
def test_any_text_has_a_region_and_a_topic(text: str, home: Home | None) -> None:
    """There is at least one region and one topic, twice the same, and evidence stands where it says."""
    article = make(text, title=text[:5_000])
    before = time.process_time()
    regions, topics = classify_regions(article, home), classify_topics(article)
    infer_homes([article], ())
    taken = time.process_time() - before

    assert regions
    assert topics
    assert sum(r.score for r in regions) <= 1.001
    assert (regions, topics) == (classify_regions(article, home), classify_topics(article))
    for one in [e for r in regions for e in r.evidence] + [e for t in topics for e in t.evidence]:
        assert one.start == -1 or article.text[one.start : one.end] == one.word
    assert taken < 4.0


@pytest.mark.parametrize("unit", ["我市深圳市", "山东、河南、", "聊城", "（", "本"])
def test_time_grows_with_the_text(unit: str) -> None:
    """Twice the text takes at most three times as long, up to the length that is looked at."""

    def seconds(times: int) -> float:
        article = make(unit * times)
        best = 9.0
        for _ in range(3):
            before = time.process_time()
            classify_regions(article, HOME)
            best = min(best, time.process_time() - before)
        return best

    small = 9_000 // len(unit)
    seconds(small)
    assert seconds(2 * small) < 3 * seconds(small) + 0.02
