"""The sample issue, rendered once for all tests that look at the result."""

from __future__ import annotations

import pytest

from digest.config import RenderConfig
from digest.render import PDF_NAME, Renditions, render
from tests.render.sample import make_issue


@pytest.fixture(scope="session")
def rendered() -> Renditions:
    return render(make_issue(), RenderConfig())


@pytest.fixture(scope="session")
def pdf(rendered: Renditions) -> bytes:
    return next(file.data for file in rendered if file.name == PDF_NAME)
