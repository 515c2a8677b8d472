"""Traditional and Simplified script. All texts are invented."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.text.script import is_traditional, simplified


@pytest.mark.parametrize(
    ("text", "traditional"),
    [
        ("柳樹村的新橋昨天開通，村民們走上橋頭觀看河水。", True),
        ("柳树村的新桥昨天开通，村民们走上桥头观看河水。", False),
        ("乾县的新桥昨天开通，村民们走上桥头观看河水。", False),
        ("聲明", False),
        ("The bridge is open.", False),
        ("", False),
    ],
)
def test_is_traditional(text: str, traditional: bool) -> None:
    """A few Traditional characters in a Simplified text do not make it Traditional."""
    assert traditional is is_traditional(text)


def test_simplified() -> None:
    """Traditional characters become Simplified ones, place names stay."""
    assert simplified("蚌埠的橋樑") == "蚌埠的桥梁"


@given(st.text(max_size=200))
def test_the_copy_is_as_long(text: str) -> None:
    """Offsets in the copy hold in the original, whatever the text."""
    assert len(text) == len(simplified(text))
