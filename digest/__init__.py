"""Chinese newspapers in, a briefing of verbatim and traceable sentences out."""

__version__ = "0.1.0"
