"""The evaluation gate: no figure falls below its floor, and floors only rise."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from tests.eval.measure import MEASURES, folder

FLOORS: dict[str, Any] = tomllib.loads((Path(__file__).parent / "floors.toml").read_text(encoding="utf-8"))


def _floors(name: str) -> dict[str, float]:
    table = FLOORS
    for part in name.split("."):
        table = table[part]
    return table


@pytest.mark.skipif(folder() is None, reason="DIGEST_EVAL is not set: no development data")
@pytest.mark.parametrize("name", MEASURES)
def test_no_figure_is_below_its_floor(name: str) -> None:
    """Every figure that the scorer gives is at least as high as it has been."""
    data = folder()
    assert data is not None
    figures = MEASURES[name](data)

    assert {
        figure: figures[figure] for figure, floor in _floors(name).items() if figures[figure] < floor
    } == {}


def test_every_measure_has_a_floor() -> None:
    """A measure without a floor would guard nothing."""
    assert all(_floors(name) for name in MEASURES)
