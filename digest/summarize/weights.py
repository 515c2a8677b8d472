"""The fitted weights of the default engine, by the names of `features.NAMES`.

How they were fitted, on what, and what they gain on texts that they have not seen: docs/summaries.md.
"""

from __future__ import annotations

DAMPING = 0.85  # Mihalcea & Tarau 2004

WEIGHTS: dict[str, float] = {
    "first": 1.37,
    "second": 0.46,
    "third": -0.08,
    "depth": -1.29,
    "share_of_text_before": -0.13,
    "opens_paragraph": -0.81,
    "behind_heading": 1.05,
    "title_pairs": 1.22,
    "title_gap": 1.22,
    "title_density": 1.70,
    "heading_pairs": 2.74,
    "heading_gap": 2.74,
    "first_untitled": 1.69,
    "short": -0.61,
    "long": -0.26,
    "very_long": -0.04,
    "length": -1.60,
    "first_length": 1.24,
    "number": -0.43,
    "day": 0.38,
    "quoted": -0.20,
    "says": -0.02,
    "opinion": 0.34,
    "first_person": -0.21,
    "semicolon": -0.31,
    "exclaims": -0.98,
    "result": 0.13,
    "background": 0.13,
    "rarity": 0.65,
    "repeated_words": 0.51,
    "like_first": -0.21,
    "centrality": 0.34,
}
