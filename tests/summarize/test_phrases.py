"""People and organisations. All names are invented."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digest.model import Paragraph
from digest.summarize import phrases
from tests.summarize.articles import article


def named(text: str, kind: str) -> list[str]:
    return [phrase.text for phrase in phrases(article(text)) if phrase.kind == kind]


def test_a_person_stands_behind_an_office() -> None:
    """The name comes with its place and count, the office stays out."""
    subject = article("县委书记王建国主持会议。会后，王建国到河西镇调研。")

    (person,) = phrases(subject)

    assert (person.text, person.kind, person.count) == ("王建国", "person", 2)
    assert subject.text[person.start : person.end] == "王建国"
    assert person.start == 4


def test_a_person_speaks() -> None:
    """A name of three characters before a verb of speech is one without an office."""
    assert named("李建国说，桥修得好。", "person") == ["李建国"]


def test_an_organisation_begins_with_a_name() -> None:
    """A place leads to what the organisation is; 公司 alone is none."""
    assert named("山东柳河重型机械集团有限公司昨天成立，公司有员工百人。", "organisation") == [
        "山东柳河重型机械集团有限公司"
    ]


@pytest.mark.parametrize(
    "text", ["人民医院里有很多病人。", "公司和学院都很大。", "市长说，桥修得好。", "高高兴兴地过年。"]
)
def test_what_is_no_name(text: str) -> None:
    """Offices and organisations without a name are none."""
    assert phrases(article(text)) == ()


def test_spoilt_paragraphs_name_nobody() -> None:
    """A name that recognition may have spoilt is not told."""
    assert phrases(article(Paragraph("县委书记王建国主持会议。", damage=0.3))) == ()


@settings(deadline=None, max_examples=100)
@given(st.text(alphabet="县委书记王建国李说集团公司山东大学和，。\n\ud800a", max_size=120))
def test_any_text_gives_verbatim_names(text: str) -> None:
    """Offsets and counts hold for any text."""
    subject = article(*text.split("\n"))

    for phrase in phrases(subject):
        assert subject.text[phrase.start : phrase.end] == phrase.text
        assert subject.text.count(phrase.text) == phrase.count
