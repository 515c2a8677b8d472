"""The fitted weights of the default engine, in the order of `features.NAMES`."""

from __future__ import annotations

DAMPING = 0.3
WEIGHTS: tuple[float, ...] = (
    1.5,
    0.5,
    0.2,
    -0.6,
    0.0,
    0.2,
    2.5,
    0.5,
    0.5,
    1.5,
    0.0,
    -0.8,
    0.0,
    -0.4,
    0.2,
    0.1,
    0.1,
    0.2,
    -0.2,
    -0.1,
    -0.2,
    -0.5,
    -0.1,
    -0.1,
    -0.4,
    0.2,
    -0.1,
    -0.5,
)
