"""The fitted weights of the default engine, by the names of `features.NAMES`.

How they were fitted, on what, and what they gain on texts that they have not seen: docs/summaries.md.
"""

from __future__ import annotations

DAMPING = 0.85  # Mihalcea & Tarau 2004

WEIGHTS: dict[str, float] = {
    "first": 1.91,
    "second": 1.54,
    "third": 0.18,
    "depth": -1.75,
    "behind_heading": 1.50,
    "title_pairs": 1.82,
    "title_density": 3.86,
    "heading_pairs": 9.07,
    "first_untitled": 1.68,
    "short": -1.50,
    "shortness": 0.30,
    "length": -2.20,
    "first_length": 0.91,
    "day": -0.28,
    "quoted": -0.70,
    "first_person": -3.14,
    "semicolon": -0.89,
    "reporter": -1.00,
    "rarity": 0.98,
    "repeated_words": 1.91,
    "centrality": 0.26,
}

# of what is known of a further sentence (`worth.NAMES`)
FURTHER: dict[str, float] = {
    "always": -1.08,
    "new_words": 0.30,
    "headline_said": -1.03,
    "headline_added": 1.76,
    "first_length": -2.00,
    "length": -1.23,
    "depth": -1.00,
    "figures": 0.30,
    "headline_length": 0.71,
    "n_sentences": 1.49,
    "first_score": -1.46,
    "people": 1.00,
    "result": 0.40,
    "event": 0.82,
    "terms": 0.33,
    "speaker_again": -0.30,
    "new_actor": 0.30,
    "reads_on": -0.09,
}
