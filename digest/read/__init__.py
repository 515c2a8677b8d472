"""Untrusted bytes become articles: one file per format, one dispatcher, one decoder, one cleaner."""
