"""Recipients from digest.toml and from a CSV; what is wrong is named with its place."""

from __future__ import annotations

from pathlib import Path

import pytest

from digest.config import RecipientConfig
from digest.errors import ConfigError
from digest.recipients import read_recipients

ROWS = """address,name,edition,regions,topics
wang@Example.COM,王小满,,山东/聊城;全国,经济、三农
li@例子.中国,,环境版,,
"""


def csv_file(folder: Path, text: str, encoding: str = "utf-8") -> Path:
    path = folder / "recipients.csv"
    path.write_bytes(text.encode(encoding))
    return path


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_rows_are_recipients(encoding: str, tmp_path: Path) -> None:
    """A CSV as spreadsheets save it: several regions and topics in a cell, domains in any script."""
    assert read_recipients((), csv_file(tmp_path, ROWS, encoding)) == (
        RecipientConfig("wang@example.com", "王小满", "", ("山东/聊城", "全国"), ("经济", "三农")),
        RecipientConfig("li@xn--fsqu00a.xn--fiqs8s", "", "环境版"),
    )


def test_heads_may_be_chinese(tmp_path: Path) -> None:
    """The head of the table may be written in Chinese, in any order."""
    path = csv_file(tmp_path, "姓名,邮箱,栏目\n王小满,wang@example.com,经济\n\n")

    assert read_recipients((), path) == (RecipientConfig("wang@example.com", "王小满", topics=("经济",)),)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("address\nwang@example.com\nnobody\n", r"recipients\.csv:3: 'nobody' 不是邮件地址"),
        ("address\nwang@exa mple.com\n", r"recipients\.csv:2"),
        ("address\n<wang@example.com>\n", "不是邮件地址"),
        ('address\n"a@example.com\r\nBcc: b@example.com"\n', "不是邮件地址|域名有误"),
        ("address\na@b@example.com\n", "不是邮件地址"),
        ("address\n王@example.com\n", "不是邮件地址"),
        ("address\na@-x.com\n", "域名有误"),
        (f"address\n{'a' * 65}@example.com\n", "不是邮件地址"),
        (f"address\na@{'.'.join(['b' * 60] * 5)}\n", "过长"),
        ('address,name\na@example.com,"two\nlines"\n', "姓名应为一行"),
        ("address\na@example.com\nA@EXAMPLE.com\n", r":3: .* 与 .*recipients\.csv:2 重复"),
        ("mail\na@example.com\n", "未知的列 “mail”"),
        ("address,address\na@example.com,b\n", "重复"),
        ("name\n王\n", "没有 address 列"),
        ("address\na@example.com,b\n", "有 2 列，表头只有 1 列"),
        ('address\n"a@example.com\n', r"recipients\.csv:2"),
        ("", "是空的"),
    ],
)
def test_what_is_wrong_is_named_with_its_row(text: str, said: str, tmp_path: Path) -> None:
    """File and row stand in the message."""
    with pytest.raises(ConfigError, match=said):
        read_recipients((), csv_file(tmp_path, text))


def test_an_address_may_stand_once_for_each_edition(tmp_path: Path) -> None:
    """Two editions to one address are two letters; one edition twice is a slip of the pen."""
    twice = (RecipientConfig("a@example.com"), RecipientConfig("a@example.com", edition="环境版"))
    assert len(read_recipients(twice, None)) == 2

    with pytest.raises(ConfigError, match=r"recipients\.csv:2: .*\[\[recipient\]\] 1 重复"):
        read_recipients(twice[:1], csv_file(tmp_path, "address\nA@example.com\n"))


def test_a_list_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    """Nobody would get anything, and nobody would know."""
    with pytest.raises(ConfigError, match="nowhere"):
        read_recipients((), tmp_path / "nowhere.csv")


def test_an_objection_stops_with_its_place() -> None:
    """What the caller finds wrong with a recipient is said with the place it stands at."""
    with pytest.raises(ConfigError, match=r"\[\[recipient\]\] 2: 不行"):
        read_recipients(
            [RecipientConfig("a@example.com"), RecipientConfig("b@example.com", topics=("x",))],
            None,
            lambda one: "不行" if one.topics else "",
        )
