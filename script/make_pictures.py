"""The pictures of the README, of the sample issue: ``.venv/bin/python script/make_pictures.py``.

Needs the extra `browser` and Chromium, which script/test installs. Screens are shot in Chromium, pages are
drawn from the PDF; all are cut to 64 colours, so that they stay small.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

import pypdfium2
from PIL import Image, ImageOps
from playwright.sync_api import Browser, sync_playwright

ROOT = Path(__file__).parent.parent
IMAGES = ROOT / "docs" / "images"
DAY = "2026-03-18"
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
GROUND, EDGE, GAP = (236, 233, 227), (190, 184, 174), 24
COLOURS = 64


def main() -> None:
    IMAGES.mkdir(exist_ok=True)
    with TemporaryDirectory() as folder:
        web = build(Path(folder) / "web", "default")
        paper = build(Path(folder) / "newspaper", "newspaper")
        with sync_playwright() as playwright:
            program = next(filter(None, map(shutil.which, BROWSERS)))
            browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
            save("screen", [shot(browser, web, (1280, 860), Path(folder))])
            phones = [
                shot(browser, web, (390, 780), Path(folder)),
                shot(browser, web, (390, 780), Path(folder), at="#s5"),
                shot(browser, web, (390, 780), Path(folder), at="#s5", scheme="dark"),
            ]
            save("phone", phones)
            browser.close()
        save("paper", [page(web, 0), page(web, 3)])
        save("newspaper", [page(paper, 0), page(paper, 1)])


def build(out: Path, theme: str) -> Path:
    """The sample issue in the theme; the folder that it is in."""
    command = [sys.executable, "-m", "digest", "build", "samples", "-q", "-o", str(out), "--date", DAY]
    subprocess.run([*command, "--config", "samples/digest.toml", "--theme", theme], check=True, cwd=ROOT)
    return out / DAY


def shot(browser: Browser, issue: Path, size: tuple[int, int], folder: Path, **how: str) -> Image.Image:
    """What a window of that size shows; `at`: the story at its top, `scheme`: light or dark."""
    viewport = {"width": size[0], "height": size[1]}
    window = browser.new_page(viewport=viewport, color_scheme=how.get("scheme", "light"))
    window.goto(f"{(issue / 'index.html').as_uri()}{how.get('at', '')}")
    path = folder / "shot.png"
    window.screenshot(path=path)
    window.close()
    with Image.open(path) as image:
        return image.convert("RGB")


def page(issue: Path, number: int) -> Image.Image:
    """A page of the PDF, 640 pixels wide."""
    document = pypdfium2.PdfDocument(issue / "digest.pdf")
    width = document[number].get_width()
    image: Image.Image = document[number].render(scale=640 / width).to_pil().convert("RGB")
    document.close()
    return image


def save(name: str, images: list[Image.Image]) -> None:
    """The images side by side on a grey ground."""
    framed = [ImageOps.expand(image, 1, EDGE) for image in images]
    width = sum(image.width + GAP for image in framed) + GAP
    sheet = Image.new("RGB", (width, max(image.height for image in framed) + 2 * GAP), GROUND)
    x = GAP
    for image in framed:
        sheet.paste(image, (x, GAP))
        x += image.width + GAP
    path = IMAGES / f"{name}.png"
    sheet.quantize(COLOURS, dither=Image.Dither.NONE).save(path, optimize=True)
    print(f"{path.relative_to(ROOT)}: {sheet.width} × {sheet.height}, {path.stat().st_size // 1024} KB")


if __name__ == "__main__":
    main()
