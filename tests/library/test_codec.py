"""The model as JSON data and back."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.library.codec import pack, unpack
from digest.model import Analysed, Article, Issue, Paragraph, Run
from tests.render.sample import make_issue

TEXTS = st.text(st.characters(exclude_categories=()), max_size=20)
PARAGRAPHS = st.builds(
    Paragraph,
    text=TEXTS,
    runs=st.tuples(st.builds(Run, at=st.integers(0), start=st.integers(0), length=st.integers(0))),
    page=st.none() | st.integers(),
    damage=st.floats(0, 1),
)
ARTICLES = st.builds(
    Article,
    source=TEXTS,
    index=st.integers(),
    title=TEXTS,
    authors=st.lists(TEXTS, max_size=3).map(tuple),
    published=st.none() | st.dates(),
    paragraphs=st.lists(PARAGRAPHS, max_size=3).map(tuple),
    title_is_made=st.booleans(),
)


@given(ARTICLES)
def test_an_article_comes_back_as_it_was(article: Article) -> None:
    """Every field, lone surrogates and controls of a broken source included."""
    assert unpack(Article, pack(article)) == article


def test_an_issue_comes_back_as_it_was() -> None:
    """The whole tree of sections, items, stories and versions."""
    issue = make_issue()

    assert unpack(Issue, pack(issue)) == issue


def test_equal_values_are_equal_bytes() -> None:
    """What is known by the digest of its bytes is kept once."""
    assert pack(make_issue()) == pack(make_issue())


@dataclass(frozen=True)
class _Before:
    name: str
    days: tuple[date, ...] = ()


@dataclass(frozen=True)
class _After:
    added: int = 7
    days: tuple[date, ...] = ()
    pairs: tuple[tuple[str, float], ...] = ()
    more: list[str] = field(default_factory=list)
    name: str = ""


def test_a_type_may_gain_fields() -> None:
    """What an older program wrote is read with the defaults of the fields that it did not know."""
    before = pack(_Before("甲", (date(2031, 1, 2),)))

    assert unpack(_After, before) == _After(name="甲", days=(date(2031, 1, 2),))


def test_a_pair_keeps_its_types() -> None:
    """A tuple of fixed length is read by its places; a whole number becomes a float where one is meant."""
    assert unpack(_After, pack(_After(pairs=(("位置", 1),)))) == _After(pairs=(("位置", 1.0),))


@pytest.mark.parametrize(
    "data", [b"", b"x" * 40, pack(_Before("甲"))[:-3], pack(_After(added=3)), pack(_After(name="甲"))]
)
def test_other_bytes_are_refused(data: bytes) -> None:
    """Bytes that are cut off, or hold another type's fields or values of another kind, are an error."""
    with pytest.raises(ValueError, match="Analysed: "):
        unpack(Analysed, data)
