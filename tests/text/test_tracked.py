"""Provenance survives every operation on tracked text."""

from hypothesis import given
from hypothesis import strategies as st

from digest.text.tracked import Tracked, concat, inserted

SOURCE = "本报讯（记者 林小满）三月二十日，\n青禾市召开会议。\n"


def assert_traced(piece: Tracked, source: str) -> None:
    for at, start, length in piece.runs:
        assert source[start : start + length] == piece.text[at : at + length]


@given(st.data())
def test_slices_and_cuts_keep_the_offsets_of_the_source(data: st.DataObject) -> None:
    """Whatever is sliced, cut out and joined, each run still names the place it came from."""
    piece = Tracked.of(SOURCE)
    for _ in range(4):
        a = data.draw(st.integers(0, len(piece)))
        b = data.draw(st.integers(0, len(piece)))
        piece = concat((piece.slice(a), inserted(" "), piece.without([(min(a, b), max(a, b))])))
        assert_traced(piece, SOURCE)


def test_touching_runs_are_one() -> None:
    """A text that is cut and joined again at the same place has one run."""
    whole = Tracked.of(SOURCE)

    assert whole.slice(0, 5) + whole.slice(5) == whole


def test_lines_know_where_they_start() -> None:
    """splitlines gives each line with its offset in the source."""
    lines = Tracked.of(SOURCE).splitlines()

    assert [line.source_start() for line in lines[:2]] == [0, SOURCE.index("青禾")]
