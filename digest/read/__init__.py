"""Untrusted bytes become articles: one file per format, one dispatcher, one decoder, one cleaner."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from digest.read.sources import read_bytes, read_sources

__all__ = ["read_bytes", "read_sources"]


def __getattr__(name: str) -> Any:
    # The readers of pages and HTML take a quarter of a second to load, and rows of JSON need none of them.
    if name not in __all__:
        raise AttributeError(name)
    from digest.read import sources

    return getattr(sources, name)
