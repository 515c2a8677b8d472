"""One tree of errors; the exit code of the program stands on the class.

Only what a user can mend is wrapped in one of these, and the message names the file. Bugs stay loud.
"""

from __future__ import annotations


class DigestError(Exception):
    """A failure that the user can mend. The message is one line and names the file concerned."""

    exit_code = 10


class NothingFoundError(DigestError):
    """No usable article was found in any source."""

    exit_code = 1


class UsageError(DigestError):
    """The command or the configuration is wrong."""

    exit_code = 2


class ConfigError(UsageError):
    """digest.toml cannot be read or says something that is not known."""


class DraftError(UsageError):
    """A draft cannot be read, or asks for what is not possible; names the line and the entry."""


class MissingDependencyError(DigestError):
    """A system library, a font or an optional package is needed and not there; says what to install."""

    exit_code = 3


class ReadError(DigestError):
    """A source cannot be read as what it claims to be. The pipeline turns it into a `Skipped`."""

    exit_code = 4


class DecodeError(ReadError):
    """No known encoding gives readable text."""


class LimitError(ReadError):
    """An input is larger, deeper or longer than a named limit allows."""


class FetchError(ReadError):
    """A file from the web cannot be had."""


class RenderError(DigestError):
    """A template, a theme or the PDF engine failed."""

    exit_code = 5


class FontError(RenderError):
    """No installed font can show a character that the issue holds."""

    exit_code = 3


class PublishError(DigestError):
    """Writing the issue failed or was refused; nothing half-written is visible."""

    exit_code = 6


class BusyError(PublishError):
    """Another run holds the lock of the output folder."""

    exit_code = 7


class LibraryError(DigestError):
    """The library cannot be used as it is: damaged, foreign, newer, unreadable; it is left untouched."""

    exit_code = 8


class LibraryBusyError(LibraryError):
    """Another program holds the library for longer than is worth waiting."""

    exit_code = 7


class MailError(DigestError):
    """The issue could not be mailed, or not to everyone; what became of each letter is in the ledger."""

    exit_code = 9


class VerifyError(DigestError):
    """What was published is not what was read, or not the same in all of its forms."""

    exit_code = 11
