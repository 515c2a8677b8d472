"""The fitted weights of the default engine, by the names of `features.NAMES`.

How they were fitted, on what, and what they gain on texts that they have not seen: docs/summaries.md.
"""

from __future__ import annotations

DAMPING = 0.85  # Mihalcea & Tarau 2004

WEIGHTS: dict[str, float] = {
    "first": 1.11,
    "second": 0.79,
    "third": -0.27,
    "depth": -1.21,
    "behind_heading": 0.98,
    "title_pairs": 1.63,
    "title_density": 2.11,
    "heading_pairs": 5.96,
    "first_untitled": 1.55,
    "short": -0.71,
    "long": -0.28,
    "length": -1.87,
    "first_length": 1.51,
    "day": -0.20,
    "quoted": -0.26,
    "first_person": -2.87,
    "semicolon": -0.15,
    "rarity": 0.58,
    "repeated_words": -0.04,
    "centrality": 0.35,
}
