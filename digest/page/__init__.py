"""The text of a newspaper page becomes articles."""
