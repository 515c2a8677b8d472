"""Who gets the issue: [[recipient]] of digest.toml and the rows of a CSV, checked, with the place named."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from digest.config import RecipientConfig
from digest.errors import ConfigError

MAX_CSV_BYTES = 16 * 1024 * 1024
MAX_ADDRESS_CHARS = 254  # RFC 5321, 4.5.3.1.3 less the angle brackets
MAX_LOCAL_CHARS = 64  # RFC 5321, 4.5.3.1.1
MAX_NAME_CHARS = 100
#: The columns of the CSV, by the names that a head may give them.
_HEADS = {
    "address": "address",
    "name": "name",
    "edition": "edition",
    "regions": "regions",
    "topics": "topics",
    "地址": "address",
    "邮箱": "address",
    "姓名": "name",
    "名称": "name",
    "版本": "edition",
    "地区": "regions",
    "栏目": "topics",
}
# The dot-atom of RFC 5322: what every server takes. Quoted local parts and SMTPUTF8 are not in use here.
_LOCAL = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*")
_LABEL = re.compile(r"(?!-)[A-Za-z0-9-]{1,63}(?<!-)")
_LIST = re.compile(r"[;；、|]")

#: Says what is wrong with a region or a topic of a recipient, or "".
Objection = Callable[[RecipientConfig], str]


def read_recipients(
    configured: Iterable[RecipientConfig],
    csv_path: Path | None,
    objection: Objection = lambda _recipient: "",
) -> tuple[RecipientConfig, ...]:
    """All recipients with their addresses in the form that is sent to: those of digest.toml, then the rows.

    Raises ConfigError, naming the entry or the file and the row, for a bad address, a name that is not one
    line, an unknown column, what `objection` has to say, and an address that stands twice for one edition.
    """
    named = [(f"[[recipient]] {n}", one) for n, one in enumerate(configured, 1)]
    if csv_path is not None:
        named += list(_rows(csv_path))
    seen: dict[tuple[str, str], str] = {}
    checked = []
    for where, recipient in named:
        one = _checked(recipient, where)
        wrong = objection(one)
        if wrong:
            raise ConfigError(f"{where}: {wrong}")
        key = (one.address.casefold(), one.edition)
        if key in seen:
            raise ConfigError(f"{where}: {one.address} 与 {seen[key]} 重复 (the same address twice)")
        seen[key] = where
        checked.append(one)
    return tuple(checked)


def _checked(recipient: RecipientConfig, where: str) -> RecipientConfig:
    name = recipient.name.strip()
    if not name.isprintable() or len(name) > MAX_NAME_CHARS:
        raise ConfigError(f"{where}: 姓名应为一行，至多 {MAX_NAME_CHARS} 字 (the name is one short line)")
    return replace(recipient, address=checked_address(recipient.address, where), name=name)


def checked_address(address: str, where: str) -> str:
    """The address as it goes to a server: the domain in ASCII and lower case.

    Raises ConfigError, naming `where` it stands, for what is no address that can be sent to.
    """
    local, at, domain = address.strip().rpartition("@")
    if not at or not _LOCAL.fullmatch(local) or len(local) > MAX_LOCAL_CHARS:
        raise ConfigError(f"{where}: {address!r} 不是邮件地址 (not a mail address)")
    try:
        ascii_domain = domain.encode("idna").decode("ascii").lower()
    except UnicodeError as error:
        raise ConfigError(f"{where}: {address!r} 的域名有误 (bad domain)") from error
    labels = ascii_domain.split(".")
    if not all(_LABEL.fullmatch(label) for label in labels):
        raise ConfigError(f"{where}: {address!r} 的域名有误 (bad domain)")
    whole = f"{local}@{ascii_domain}"
    if len(whole) > MAX_ADDRESS_CHARS:
        raise ConfigError(f"{where}: {address!r} 过长 (too long)")
    return whole


# ---------------------------------------------------------------- the CSV


def _rows(path: Path) -> Iterator[tuple[str, RecipientConfig]]:
    reader = csv.reader(io.StringIO(_text(path), newline=""), strict=True)
    heads: list[str] | None = None
    try:
        for cells in reader:
            where = f"{path}:{reader.line_num}"
            cells = [cell.strip() for cell in cells]
            if not any(cells):
                continue
            if heads is None:
                heads = _head(cells, where)
            elif len(cells) > len(heads):
                raise ConfigError(f"{where}: 有 {len(cells)} 列，表头只有 {len(heads)} 列 (too many columns)")
            else:
                yield where, _recipient(dict(zip(heads, cells, strict=False)))
    except csv.Error as error:
        raise ConfigError(f"{path}:{reader.line_num}: {error}") from error
    if heads is None:
        raise ConfigError(f"{path}: 是空的 (the file is empty)")


def _text(path: Path) -> str:
    """The file's text; a spreadsheet saves UTF-8 with a mark, or GB18030."""
    try:
        with path.open("rb") as stream:
            data = stream.read(MAX_CSV_BYTES + 1)
    except OSError as error:
        raise ConfigError(f"{path}: {error.strerror}") from error
    if len(data) > MAX_CSV_BYTES:
        raise ConfigError(f"{path}: 超过 {MAX_CSV_BYTES} 字节 (too large)")
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise ConfigError(f"{path}: 既不是 UTF-8 也不是 GB18030 (neither UTF-8 nor GB18030)")


def _head(cells: list[str], where: str) -> list[str]:
    heads = []
    for cell in cells:
        head = _HEADS.get(cell.lower())
        if head is None:
            known = "、".join(_HEADS)
            raise ConfigError(f"{where}: 未知的列 “{cell}” (unknown column); known: {known}")
        if head in heads:
            raise ConfigError(f"{where}: 列 “{cell}” 重复 (a column twice)")
        heads.append(head)
    if "address" not in heads:
        raise ConfigError(f"{where}: 表头没有 address 列 (no column of addresses)")
    return heads


def _recipient(row: dict[str, str]) -> RecipientConfig:
    return RecipientConfig(
        address=row.get("address", ""),
        name=row.get("name", ""),
        edition=row.get("edition", ""),
        regions=_several(row.get("regions", "")),
        topics=_several(row.get("topics", "")),
    )


def _several(cell: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in _LIST.split(cell) if part.strip())
