"""Bytes become files; the only place with effects."""
