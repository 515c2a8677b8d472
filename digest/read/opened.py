"""A decoded file on its way from the dispatcher to the reader of its kind."""

from __future__ import annotations

from dataclasses import dataclass

from digest.model import SourceText


@dataclass(frozen=True, slots=True)
class Opened:
    """`text` is the whole file as it was decoded; `sha256` is of its bytes."""

    name: str
    text: str
    encoding: str
    sha256: str
    warnings: tuple[str, ...] = ()

    def source_text(self, kind: str, text: str, warnings: tuple[str, ...] = ()) -> SourceText:
        """The ground of this file's offsets: `text` is what the reader of `kind` took out of the file."""
        return SourceText(self.name, kind, text, self.sha256, self.encoding, (*self.warnings, *warnings))
