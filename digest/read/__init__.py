"""Untrusted bytes become articles: one file per format, one dispatcher, one decoder, one cleaner."""

from digest.read.sources import read_bytes, read_sources

__all__ = ["read_bytes", "read_sources"]
