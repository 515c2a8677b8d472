from __future__ import annotations

import pytest

from digest.text.names import names


def test_people_places_and_institutions_are_names() -> None:
    """A headline gives its people, places and institutions in order, and no common words."""
    assert names("李小明在西班牙参观联合国驻地") == ["李小明", "西班牙", "联合国"]


@pytest.mark.parametrize("text", ["", " ", "\ud800", "\0", "中" * 100_000, "王" * 100_000])
def test_hostile_text_is_survived(text: str) -> None:
    """Empty, broken and endless texts give a list within a bounded time."""
    assert isinstance(names(text), list)
