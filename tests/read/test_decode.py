from __future__ import annotations

import codecs

import pytest

from digest.errors import DecodeError
from digest.read.decode import declared_encoding, decode, is_mojibake, plausibility

SIMPLE = "青岚河畔的步行桥今天开放，两岸居民去市场的路近了八百多米。桥头还有坡道。"
TRADITIONAL = "青嵐河畔的步行橋今天開放，兩岸居民去市場的路近了八百多米。橋頭還有坡道。"


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (SIMPLE, "utf-8"),
        (SIMPLE, "gb18030"),
        (SIMPLE, "utf-16-le"),
        (SIMPLE, "utf-16-be"),
        (TRADITIONAL, "big5hkscs"),
        (TRADITIONAL, "gb18030"),
        (TRADITIONAL, "utf-8"),
        ("今天", "gb18030"),
    ],
)
def test_an_encoding_is_found_without_a_declaration(text: str, encoding: str) -> None:
    """Bytes in any of the usual encodings give the text that was meant."""
    found = decode(text.encode(encoding), "x.txt")

    assert (text, encoding) == (found.text, found.encoding)


@pytest.mark.parametrize(
    ("mark", "encoding"),
    [
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
        (codecs.BOM_UTF32_LE, "utf-32-le"),
        (b"\x84\x31\x95\x33", "gb18030"),
    ],
)
def test_a_byte_order_mark_decides_and_is_no_text(mark: bytes, encoding: str) -> None:
    """A mark names the encoding and does not stand in the text."""
    assert decode(mark + SIMPLE.encode(encoding), "x.txt").text == SIMPLE


@pytest.mark.parametrize(
    ("head", "encoding"),
    [
        (b'<meta charset="gb2312">', "gb18030"),
        (b'<meta http-equiv="Content-Type" content="text/html; charset=gbk" />', "gb18030"),
        (b"<?xml version='1.0' encoding='Big5'?>", "big5hkscs"),
        (b'<meta charset="iso-8859-1">', None),
        (b"<p>charset=gbk</p>", None),
    ],
)
def test_the_declared_charset_is_read_as_what_it_means(head: bytes, encoding: str | None) -> None:
    """gb2312 and gbk mean GB18030; Latin is no declaration for Chinese."""
    assert declared_encoding(head) == encoding


def test_a_wrong_declaration_is_not_believed() -> None:
    """A page in GB18030 that declares Big5, or UTF-8, is read as GB18030."""
    for wrong in ("big5", "utf-8"):
        page = f'<meta charset="{wrong}"><p>{SIMPLE}</p>'

        assert decode(page.encode("gb18030"), "x.html").text == page


@pytest.mark.parametrize("wrong", ["gb18030", "big5hkscs", "latin-1", "cp1252"])
def test_mojibake_never_passes(wrong: str) -> None:
    """Text that was read by a wrong table and saved as UTF-8 is refused, and the message names the file."""
    spoiled = SIMPLE.encode().decode(wrong, "replace")

    with pytest.raises(DecodeError, match=r"^page\.txt: "):
        decode(spoiled.encode("utf-8"), "page.txt")


@pytest.mark.parametrize(
    "text", ["Übung macht den Meister, ça va?", "これは日本語の文章です。", "龘龖龗靐齉"]
)
def test_other_scripts_and_rare_characters_are_no_mojibake(text: str) -> None:
    """What is rare is not therefore spoiled."""
    assert not is_mojibake(text)
    assert decode(text.encode("utf-8"), "x.txt").text == text


def test_a_few_spoiled_bytes_are_counted_in_a_warning() -> None:
    """A file with one broken character is read, and the loss is told."""
    found = decode((SIMPLE * 20).encode("utf-8") + b"\xe4\xb8", "x.txt")

    assert found.text.count("\ufffd") == 1
    assert "1" in found.warnings[0]


@pytest.mark.parametrize("data", [b"\x00\x01\x02" * 500, bytes(range(128, 256)) * 20, b"\xff" * 100])
def test_what_is_no_text_is_refused(data: bytes) -> None:
    """Binary data is no text in any encoding."""
    with pytest.raises(DecodeError):
        decode(data, "x.bin")


def test_a_wrong_table_is_less_plausible_than_the_right_one() -> None:
    """The share of common characters tells the tables apart."""
    wrong = SIMPLE.encode("utf-8").decode("gb18030", "replace")

    assert plausibility(SIMPLE) > 0.8
    assert plausibility(wrong) < 0.2
