"""html"""

from __future__ import annotations

from digest.config import Limits
from digest.model import Reading
from digest.read.opened import Opened


def read_html(opened: Opened, limits: Limits) -> Reading:
    return Reading()
