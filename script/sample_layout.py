"""The front page of an invented paper as PDF, and the same page as it comes from a scanner.

The PDF is set by WeasyPrint in boxes of a five-column grid, headlines drawn after all bodies, as layout
programs do; the scan is the PDF rendered grey, turned a little, with the specks of a scanner.
"""

from __future__ import annotations

import base64
import html
import io
import os
import random
import string
import subprocess

import numpy as np
import pypdfium2
import weasyprint
from fontTools import subset
from fontTools.ttLib import TTFont
from PIL import Image, ImageDraw, PngImagePlugin
from sample_master import NOTICE, Master, Page, gold_article, gold_file
from sample_pages import Made, wrap

WIDTH, HEIGHT = 760, 1080  # points, the sheet of a small-format paper
MARGIN, GAP, COLUMNS = 34, 15, 5
COLUMN = (WIDTH - 2 * MARGIN - (COLUMNS - 1) * GAP) / COLUMNS
TOP = 154  # of the first row of articles
ROW_GAP = 22
BODY, LINE = 10.2, 15.4  # points
CHARS = 12  # a column is so many characters wide
PICTURE = (1, 2, 8)  # first column, columns, height in lines
EPOCH = "1773792000"  # 2026-03-18, so that the bytes are the same on every day
SCAN_SCALE = 1.9  # pixels a point: body characters of 19 pixels
SCAN_TURN = 0.35  # degrees
SCAN_SPECKS = 900
SCAN_LEVELS = 8  # greys; more make the file larger and nothing more readable

# rows of the page; of each article: box, first column, columns, size of the headline, height of the head
ROWS = (
    (("lead", 0, 3, 32, 124), ("right", 3, 2, 22, 74)),
    (("middle", 0, 5, 27, 68),),
    (("low-left", 0, 3, 23, 90), ("low-right", 3, 2, 22, 46)),
)


def printed(page: Page) -> list[Made]:
    """The PDF of the page and the scan of it; the scan has no gold of its own."""
    os.environ["SOURCE_DATE_EPOCH"] = EPOCH
    file = page["file"]
    pdf = weasyprint.HTML(string=_document(page)).write_pdf(pdf_identifier=b"sample", full_fonts=False)
    gold = [gold_article(article, file, index) for index, article in enumerate(page.articles)]
    kinds = [
        ("masthead", f"{page['paper']}\n{page['latin']}"),
        ("date", "\n".join(page["masthead"])),
        ("index", "\n".join(["导读", *page["index"]])),
        ("staff", page["bottom"]),
    ]
    about = {key: page[key] for key in ("paper", "page", "section")}
    return [
        Made(
            file, pdf, gold_file(file, gold, kinds, date=page.articles[0].published, columns=COLUMNS, **about)
        ),
        Made(page["scan"], _scan(pdf), {}),
    ]


def _document(page: Page) -> str:
    articles = {article.box: article for article in page.articles}
    bodies: list[str] = []
    heads: list[str] = []
    rules: list[str] = []
    top = float(TOP)
    for row in ROWS:
        rules.append(f'<div class="rule" style="top:{top - 8:.1f}pt"></div>')
        bottoms: list[float] = []
        for box, first, columns, size, head in row:
            article = articles[box]
            heads.append(_head(article, size, _place(first, columns, top, head)))
            picture = PICTURE if article.captions else (0, 0, 0)
            texts = _columns(_lines(article), columns, picture)
            for column, (offset, lines) in enumerate(texts):
                start = top + head + offset * LINE
                bodies.append(_column(lines, _place(first + column, 1, start, len(lines) * LINE)))
            if article.captions:
                place = _place(first + PICTURE[0], PICTURE[1], top + head + 3, PICTURE[2] * LINE - 3)
                bodies.append(_picture_box(article.captions[0], place))
            bottoms.append(top + head + max(offset + len(lines) for offset, lines in texts) * LINE)
        top = max(bottoms) + ROW_GAP
    if top > HEIGHT - 38:
        raise ValueError(f"{page['file']}: the articles need {top:.0f} points, the sheet has {HEIGHT}")
    return (
        f'<html lang="zh-CN"><head><title>{page["paper"]} 第{page["page"]}版（{NOTICE}）</title>'
        f"<style>{_style(page)}</style></head><body>{_masthead(page)}{''.join([*bodies, *heads, *rules])}"
        f'<div class="foot">{page["bottom"]}</div><div class="number">{page["page"]}</div></body></html>'
    )


def _masthead(page: Page) -> str:
    date = "".join(f"<p>{line}</p>" for line in page["masthead"])
    index = "".join(f"<p>{line}</p>" for line in ["导读", *page["index"]])
    return (
        f'<div class="name">{page["paper"]}</div><div class="latin">{page["latin"]}</div>'
        f'<div class="date">{date}</div><div class="index">{index}</div>'
    )


def _head(article: Master, size: int, place: str) -> str:
    lines = "".join(f"<p>{html.escape(line)}</p>" for line in article.title_lines)
    kicker = f'<p class="kicker">{article.kicker}</p>' if article.kicker else ""
    subtitle = f'<p class="subtitle">{article.subtitle}</p>' if article.subtitle else ""
    title = f'<div class="title" style="font-size:{size}pt">{lines}</div>'
    return f'<div class="head" style="{place}">{kicker}{title}{subtitle}</div>'


def _lines(article: Master) -> list[str]:
    """The lines of the body, paragraphs indented by two characters."""
    paragraphs = list(article.paragraphs)
    paragraphs[0] = f"{article.lead} {paragraphs[0]}"
    if article.jump_to:
        paragraphs[-1] += f"（下转第{article.jump_to}版）"
    return [line.strip(" ") for paragraph in paragraphs for line in wrap(f"　　{paragraph}", CHARS)]


def _columns(lines: list[str], n: int, picture: tuple[int, int, int]) -> list[tuple[int, list[str]]]:
    """The lines dealt out over `n` columns of even depth: where each column begins, and its lines."""
    first, n_covered, covered = picture
    offsets = [covered if first <= column < first + n_covered else 0 for column in range(n)]
    depth = -(-(len(lines) + sum(offsets)) // n)
    dealt: list[tuple[int, list[str]]] = []
    for offset in offsets:
        dealt.append((offset, lines[: depth - offset]))
        lines = lines[depth - offset :]
    return dealt


def _column(lines: list[str], place: str) -> str:
    return (
        f'<div class="body" style="{place}">{"".join(f"<p>{html.escape(line)}</p>" for line in lines)}</div>'
    )


def _place(first: int, columns: int, top: float, height: float) -> str:
    left = MARGIN + first * (COLUMN + GAP)
    width = columns * COLUMN + (columns - 1) * GAP
    return f"left:{left:.2f}pt;top:{top:.2f}pt;width:{width:.2f}pt;height:{height:.2f}pt"


def _picture_box(caption: str, place: str) -> str:
    data = base64.b64encode(_picture()).decode()
    return (
        f'<div class="picture" style="{place}"><img src="data:image/png;base64,{data}"><p>{caption}</p></div>'
    )


def _picture() -> bytes:
    """A drawn river with hills and a laden ship, in greys."""
    image = Image.new("L", (360, 150), 225)
    draw = ImageDraw.Draw(image)
    draw.polygon(
        [(0, 80), (70, 38), (140, 76), (230, 30), (330, 72), (360, 60), (360, 95), (0, 95)], fill=170
    )
    draw.rectangle((0, 92, 360, 150), fill=140)
    for y in range(98, 150, 8):
        draw.line([(0, y), (360, y + 2)], fill=155)
    draw.polygon([(80, 104), (300, 104), (280, 124), (100, 124)], fill=60)
    for row, n_boxes in enumerate((9, 9, 6)):
        for box in range(n_boxes):
            left, bottom = 104 + box * 18, 103 - row * 11
            draw.rectangle((left, bottom - 10, left + 16, bottom), fill=(95, 190, 125)[(box + row) % 3])
    draw.rectangle((272, 66, 292, 103), fill=240, outline=60)
    out = io.BytesIO()
    image.save(out, "PNG", optimize=True)
    return out.getvalue()


def _scan(pdf: bytes) -> bytes:
    document = pypdfium2.PdfDocument(pdf)
    sheet = document[0].render(scale=SCAN_SCALE, grayscale=True).to_pil().convert("L")
    turned = sheet.rotate(SCAN_TURN, resample=Image.Resampling.BICUBIC, fillcolor=248)
    pixels = np.asarray(turned, dtype=np.float64)
    pixels = 28 + pixels * (220 / 255)  # paper is not quite white, ink not quite black
    drawn = random.Random(318)
    for _ in range(SCAN_SPECKS):
        y, x = int(drawn.random() * pixels.shape[0]), int(drawn.random() * pixels.shape[1])
        pixels[y, x] = 90 + 60 * drawn.random()
    step = 256 / SCAN_LEVELS
    levels = np.clip(np.floor(pixels / step), 0, SCAN_LEVELS - 1)
    image = Image.fromarray(((levels + 0.5) * step).astype(np.uint8), "L")
    out = io.BytesIO()
    about = PngImagePlugin.PngInfo()
    about.add_itxt("Description", NOTICE, lang="zh")
    image.save(out, "PNG", optimize=True, pnginfo=about)
    return out.getvalue()


def _style(page: Page) -> str:
    """The style sheet with its fonts, each cut down to the characters of the page."""
    texts = [page["paper"], page["latin"], page["bottom"], NOTICE, *page["masthead"], *page["index"]]
    for one in page.articles:
        texts += [one.body, one.lead, one.kicker, one.subtitle, *one.title_lines, *one.captions]
    characters = "".join(sorted(set("".join(texts) + string.printable.strip() + "　导读下转第版（）")))
    faces = "".join(
        f"@font-face {{ font-family: {family}; src: url(data:font/otf;base64,{_cut(pattern, characters)}) }}"
        for family, pattern in _FONTS.items()
    )
    return faces + _STYLE


def _cut(pattern: str, characters: str) -> str:
    """The font that fontconfig finds for `pattern`, cut to `characters`, in base64."""
    command = ["fc-match", "-f", "%{file}\n%{index}", pattern]
    path, index = subprocess.run(command, check=True, capture_output=True, text=True).stdout.split("\n")
    options = subset.Options(layout_features=[], hinting=False, notdef_outline=True)
    font = TTFont(path, fontNumber=int(index), recalcTimestamp=False)
    cutter = subset.Subsetter(options)
    cutter.populate(text=characters)
    cutter.subset(font)
    out = io.BytesIO()
    font.save(out)
    return base64.b64encode(out.getvalue()).decode()


_FONTS = {
    "body": "Noto Serif CJK SC:regular",
    "head": "Noto Serif CJK SC:bold",
    "plain": "Noto Sans CJK SC:regular",
}

_STYLE = f"""
@page {{ size: {WIDTH}pt {HEIGHT}pt; margin: 0 }}
body {{ font: {BODY}pt/{LINE}pt body; margin: 0 }}
p {{ margin: 0 }}
body > div {{ position: absolute }}
.body p {{ white-space: pre }}
.head {{ text-align: center; line-height: 1.28 }}
.title {{ font-family: head }}
.kicker, .subtitle {{ font: 12.5pt/1.5 plain }}
.picture img {{ width: 100%; height: {(PICTURE[2] - 1) * LINE - 8}pt }}
.picture p {{ font: 8pt/14pt plain }}
.name {{ left: {MARGIN}pt; top: 28pt; font: 54pt/1.3 head; color: #b11; letter-spacing: 4pt }}
.latin {{ left: {MARGIN + 4}pt; top: 110pt; font-size: 11pt; letter-spacing: 6pt }}
.date {{ left: 430pt; top: 42pt }}
.index {{ left: 548pt; top: 36pt; width: 166pt; border: 0.6pt solid #000; padding: 5pt; font: 9pt/1.7 plain }}
.rule {{ left: {MARGIN}pt; width: {WIDTH - 2 * MARGIN}pt; border-top: 0.8pt solid #000 }}
.foot {{ left: {MARGIN}pt; top: {HEIGHT - 36}pt; font-size: 8pt }}
.number {{ right: {MARGIN}pt; top: {HEIGHT - 40}pt; font-size: 12pt }}
"""
