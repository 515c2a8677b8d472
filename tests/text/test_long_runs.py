"""Unbroken runs are cut in time that grows with their length, and come to an end."""

from __future__ import annotations

import pytest

from digest.text.words import RUN_CHARS, cut


@pytest.mark.parametrize("char", ["中", "“", "（"])
@pytest.mark.parametrize("length", [RUN_CHARS - 1, RUN_CHARS, RUN_CHARS + 1, 3 * RUN_CHARS])
def test_a_run_of_any_length_keeps_its_text(char: str, length: int) -> None:
    """Runs at, below and above the length that is cut blindly lose nothing."""
    assert "".join(cut(char * length)) == char * length
