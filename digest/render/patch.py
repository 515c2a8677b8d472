"""How functions of WeasyPrint are replaced in the process that sets a PDF, and of which version."""

from __future__ import annotations

import sys
from typing import Any

import weasyprint

# The functions are private; the tests of what replaces them were made for this version.
SUPPORTED_VERSION = "70."


def require_version() -> None:
    """Raises RuntimeError for a version of WeasyPrint that the replacements were not made for."""
    if not weasyprint.__version__.startswith(SUPPORTED_VERSION):
        raise RuntimeError(f"made for WeasyPrint {SUPPORTED_VERSION}x, not for {weasyprint.__version__}")


def replace_function(function: Any, by: Any) -> None:
    """Put `by` in the place of `function` in every module of WeasyPrint that imported it by its name."""
    name: str = function.__name__
    for path, module in list(sys.modules.items()):
        if path.startswith("weasyprint") and getattr(module, name, None) is function:
            setattr(module, name, by)
