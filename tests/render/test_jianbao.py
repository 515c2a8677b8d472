"""The 红头简报 on A4, measured against GB/T 9704-2012 and against what a reader of PDFs needs."""

from __future__ import annotations

import ctypes
import re
from dataclasses import replace

import pypdfium2 as pdfium
import pytest

from digest.config import RenderConfig
from digest.errors import ConfigError
from digest.model import Distribution, Issue
from digest.render.pdf import VARIANTS, print_html, set_pdf
from digest.render.present import present
from digest.render.themes import find_theme
from digest.render.view import DifferenceView, LinkView
from tests.render.pages import MM, Line, lines_of, unpacked
from tests.render.sample import make_issue

TOP, BOTTOM = (297 - 37) * MM, 35 * MM  # of the type area, from the foot of the page
LINE = 225 / 22 * MM
HAN = "的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说产种面"


def small(issue: Issue | None = None) -> Issue:
    issue = issue or make_issue()
    return replace(issue, sections=issue.sections[:1])


def pdf_of(issue: Issue, **config: object) -> bytes:
    view, theme = present(issue), find_theme("jianbao")
    return set_pdf(print_html(view, theme), view, theme, RenderConfig(**config))  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def long_page() -> list[Line]:
    """The lines of a page that is full of one paragraph, its head and its number left away."""
    view, theme = present(small()), find_theme("jianbao")
    html = print_html(view, theme)
    head = html[: html.index("<header")]
    pdf = set_pdf(f"{head}<p class='text'>{HAN * 30}</p></body>", view, theme, RenderConfig())
    return [line for line in lines_of(pdf) if line.page == 0 and not line.text.startswith("—")]


def test_page_has_22_lines_of_28_characters(long_page: list[Line]) -> None:
    """A full page has the lines and the characters that the standard asks for."""
    assert len(long_page) == 22
    assert {len(line.text) for line in long_page[1:]} == {28}
    assert len(long_page[0].text) == 26  # the paragraph is indented by two


def test_type_area_is_156_by_225_mm(long_page: list[Line]) -> None:
    """The lines fill 156 mm from the binding margin of 28 mm, and 225 mm from the head margin of 37 mm."""
    assert all(abs(line.left - 28 * MM) < 0.5 for line in long_page[1:])
    assert all(abs(line.right - 184 * MM) < 0.5 for line in long_page)
    assert abs(long_page[0].baseline - long_page[-1].baseline - 21 * LINE) <= 1
    middle = (long_page[0].baseline + long_page[-1].baseline) / 2
    assert abs(middle - (TOP + BOTTOM) / 2) < LINE / 2


def test_levels_are_numbered_and_indented(pdf: bytes) -> None:
    """一、, （一） and 1. stand two characters in, one below the other."""
    lines = [line for line in lines_of(pdf) if "···" not in line.text]
    first = next(i for i, line in enumerate(lines) if line.text == "一、全国")

    texts = [line.text for line in lines[first : first + 4]]
    assert texts == ["一、全国", "（一）时政", "把报纸读到心坎上", "1.全国基层读报工作座谈会在京召开"]
    indent = 28 * MM + 2 * 156 / 28 * MM
    assert all(abs(line.left - indent) < 8 for line in lines[first : first + 4])


def test_record_stands_at_the_foot_of_the_last_page(pdf: bytes) -> None:
    """Publisher and date are the last line of the type area on the last page, wherever the text ends."""
    lines = [line for line in lines_of(pdf) if not re.fullmatch("—[0-9]+—", line.text)]

    assert lines[-1].text == "城西区政策研究室2026年3月18日印发"
    assert BOTTOM < lines[-1].baseline < BOTTOM + LINE
    assert lines[-3].text.startswith("本期收21条")


@pytest.mark.parametrize("n_lines", [18, 19])
def test_record_never_covers_text(n_lines: int) -> None:
    """Where the text leaves no room for the record, that goes to the foot of another page."""
    view, theme = present(small()), find_theme("jianbao")
    html = print_html(view, theme)
    head, record = html[: html.index("<header")], html[html.index("<footer") :]
    text = f"<p class='text'>{(HAN * 30)[: 28 * n_lines - 2]}</p>"
    lines = lines_of(set_pdf(head + text + record, view, theme, RenderConfig()))

    page = next(line.page for line in lines if line.text.startswith("本期收"))
    top = next(line.baseline for line in lines if line.text.startswith("本期收")) + 8.5 * MM
    words = [line for line in lines if line.text[0] in HAN and line.text[1] in HAN]
    assert len(words) == n_lines
    assert page == (0 if n_lines <= 18 else 1)
    assert all(line.page < page or line.baseline > top for line in words)


def test_links_lead_to_stories_and_to_the_web(pdf: bytes) -> None:
    """Every entry of the contents is a link into the document, and an address of a source one out of it."""
    document = pdfium.PdfDocument(pdf)
    inside, outside = 0, []
    for page in document:
        position, link = ctypes.c_int(0), pdfium.raw.FPDF_LINK()
        while pdfium.raw.FPDFLink_Enumerate(page, position, link):
            if pdfium.raw.FPDFLink_GetDest(document, link):
                inside += 1
                continue
            action = pdfium.raw.FPDFLink_GetAction(link)
            buffer = ctypes.create_string_buffer(200)
            pdfium.raw.FPDFAction_GetURIPath(document, action, buffer, 200)
            outside.append(buffer.value.decode())
    document.close()

    assert inside >= 21 + 6
    assert set(outside) == {"https://example.org/news/1?a=1&b=2"}


def test_metadata_name_the_issue(pdf: bytes) -> None:
    """Title, publisher, subject and language are in the document."""
    document = pdfium.PdfDocument(pdf)
    metadata = document.get_metadata_dict()
    document.close()

    assert metadata["Title"] == "每日要闻第12期（2026年3月18日）"
    assert metadata["Author"] == "城西区政策研究室"
    assert metadata["Subject"] == "每日要闻，2026年3月18日，21 条"
    assert metadata["CreationDate"].startswith("D:20260318")
    assert b"/Lang (zh-Hans)" in unpacked(pdf)


def test_pages_have_running_heads(pdf: bytes) -> None:
    """From the second page on the head names the issue, and its section behind the contents."""
    heads = {line.page: line.text for line in lines_of(pdf) if line.baseline > TOP + 5}

    assert 0 not in heads
    assert heads[1] == "每日要闻第12期2026年3月18日"
    assert heads[2] == "每日要闻第12期2026年3月18日一、全国"


def test_every_font_is_in_the_file_and_scripts_have_their_own(pdf: bytes) -> None:
    """Fonts are embedded, and a Traditional story is set in Traditional glyphs."""
    data = unpacked(pdf)
    names = set(re.findall(rb"/FontName /[A-Z]{6}\+([^\s/]+)", data))

    assert names
    assert len(re.findall(rb"/FontName ", data)) == len(re.findall(rb"/FontFile[23] ", data))
    if any(b"Noto-Serif-CJK-SC" in name for name in names):
        assert any(b"Noto-Serif-CJK-TC" in name for name in names)


@pytest.mark.parametrize(
    ("variant", "mark"),
    [
        ("pdf/ua-1", rb"pdfuaid:part[^0-9]*1"),
        ("pdf/a-2u", rb"pdfaid:part[^0-9]*2"),
        ("pdf/a-3a", rb"pdfaid:part[^0-9]*3"),
        ("", None),
    ],
)
def test_variant_is_what_is_asked_for(variant: str, mark: bytes | None) -> None:
    """PDF/UA by default, PDF/A on request."""
    made = pdf_of(small(), pdf_variant=variant)
    data = unpacked(made)
    found = re.search(rb"pdf(ua|a)id:part[^0-9]*[0-9]", data)

    assert (found is None) == (mark is None)
    assert mark is None or re.search(mark, data)


def test_unknown_variant_is_refused() -> None:
    """A variant that is not written is an error that names those that are."""
    with pytest.raises(ConfigError, match=r"pdf/b-1.*pdf/ua-1"):
        pdf_of(small(), pdf_variant="pdf/b-1")


def test_variants_are_known_to_the_engine() -> None:
    """What may be asked for is what WeasyPrint writes."""
    from weasyprint.pdf import VARIANTS as WRITTEN

    assert set(VARIANTS) - {""} <= set(WRITTEN)


def test_record_names_who_gets_the_issue() -> None:
    """报, 送 and 发 stand above the publisher, the number of copies below; what is not set is not there."""
    distribution = Distribution(("市委办公室",), ("市政协办公室", "各民主党派"), (), 30)
    lines = [line.text for line in lines_of(pdf_of(replace(small(), distribution=distribution)))]

    assert lines[-7:-1] == [
        "报：市委办公室",
        "送：市政协办公室，各民主党派",
        "本期收4条，取自2家来源；摘要各句均照录原文，未作改写。",
        "编读中存疑1处，逐条见同期网页。",
        "城西区政策研究室2026年3月18日印发",
        "共印30份",
    ]


def test_number_in_all_is_shown_beside_the_number() -> None:
    """第N期（总第M期） stands under the name."""
    view = replace(present(small()), total_number="总第212期")
    page = print_html(view, find_theme("jianbao"))

    assert "第12期（总第212期）" in page


@pytest.mark.parametrize("n", [4, 5, 6, 7, 10, 15])
def test_name_of_the_briefing_stands_on_one_line(n: int) -> None:
    """However long its name, up to fifteen characters, the masthead does not break it."""
    name = "松江流域生态环境新闻简报内参选"[:n]
    lines = lines_of(pdf_of(replace(small(), name=name)))

    assert name in {line.text for line in lines if line.page == 0}


def test_preface_stands_between_contents_and_text() -> None:
    """按语 follows the contents, with its name before the first paragraph, indented as text is."""
    issue = replace(small(), preface="本期四条，都与读报有关。\n\n请各科阅。")
    texts = [line.text for line in lines_of(pdf_of(issue)) if line.page == 0]

    assert texts[-3:-1] == ["按语：本期四条，都与读报有关。", "请各科阅。"]


def test_related_stories_and_versions_stand_below_the_story() -> None:
    """Paper names related stories by number and title, and counts how other versions differ."""
    story = present(small()).stories[0]
    story = replace(
        story,
        links=(LinkView("进展", "相关的一条", "本期", 3, "#s3", ""),),
        differences=(
            DifferenceView("并州新报", ("少的一句。",), ("多的一句。",), (("甲。", "乙。"),), False),
            DifferenceView("聊城晚报", (), (), (), True),
        ),
    )
    view = present(small())
    topic = replace(view.sections[0].topics[0], stories=(story,))
    view = replace(view, sections=(replace(view.sections[0], topics=(topic,)),))
    page = print_html(view, find_theme("jianbao"))

    assert "相关：本期第3条《相关的一条》</p>" in page
    assert "版本：并州新报未登1句、多出1句、改动1句；聊城晚报另行报道</p>" in page


def test_running_head_of_the_appendix_is_its_own() -> None:
    """Where the appendix begins the head of the page no longer names the last region."""
    lines = lines_of(pdf_of(make_issue()))
    start = next(line for line in lines if line.text == "附：本期一览")
    head = next(line.text for line in lines if line.page == start.page)

    assert head.endswith("附：本期一览")


def test_numbers_of_three_digits_stand_before_their_titles() -> None:
    """In the contents of more than a hundred stories each number is on the line of its title."""
    view, theme = present(make_issue(5)), find_theme("jianbao")
    html = print_html(view, theme)
    pdf = set_pdf(html[: html.index("<main>")] + "</body>", view, theme, RenderConfig())
    numbers = [int(found[1]) for line in lines_of(pdf) if (found := re.match(r"([0-9]+)\..", line.text))]

    assert [number for number in range(98, 106) if number not in numbers] == []
