"""The fitted weights of the default engine, by the names of `features.NAMES`.

How they were fitted, on what, and what they gain on texts that they have not seen: docs/summaries.md.
"""

from __future__ import annotations

DAMPING = 0.85  # Mihalcea & Tarau 2004

WEIGHTS: dict[str, float] = {
    "first": 1.55,
    "second": 1.22,
    "third": -0.15,
    "depth": -1.07,
    "behind_heading": 1.19,
    "title_pairs": 1.36,
    "title_density": 4.24,
    "heading_pairs": 8.73,
    "first_untitled": 1.61,
    "short": -1.50,
    "shortness": 0.30,
    "length": -2.20,
    "first_length": 0.81,
    "day": 0.00,
    "quoted": -0.82,
    "first_person": -3.39,
    "semicolon": -0.81,
    "reporter": -1.00,
    "rarity": 0.62,
    "repeated_words": 1.75,
    "centrality": 0.26,
}
