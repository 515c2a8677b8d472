"""digest.toml as frozen data. Every limit has a name here; docs/configuration.md explains every key."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, field, fields
from pathlib import Path
from types import UnionType
from typing import Any, get_args, get_origin, get_type_hints

from digest.errors import ConfigError

CONFIG_NAME = "digest.toml"


@dataclass(frozen=True, slots=True)
class IssueConfig:
    """[issue]: what stands in the masthead, and the order of the sections."""

    name: str = "新闻简报"
    publisher: str = ""
    number: int | None = None
    time_zone: str = "Asia/Shanghai"
    home: str = ""  # "山东/聊城": the region that follows 全国; without it the one with most stories
    region_order: tuple[str, ...] = ()  # sections named here come first, in this order
    topic_order: tuple[str, ...] = ()
    report_to: tuple[str, ...] = ()  # 报: those above, on the last page of the PDF
    send_to: tuple[str, ...] = ()  # 送: those beside
    issue_to: tuple[str, ...] = ()  # 发: those below
    copies: int | None = None  # 共印N份
    preface: str = ""  # 按语 of every issue; a draft has its own


@dataclass(frozen=True, slots=True)
class SourceConfig:
    """[[source]]: a newspaper, known by the paths of its files or by its name."""

    name: str
    home: str = ""  # "山东/聊城"
    path: str = ""  # a glob on the file name or on the path below the folder given
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class PlaceConfig:
    """[[place]]: a place, or an institution that says one, beyond the tables of the package."""

    name: str
    path: str  # "山东/聊城"
    kind: str = "area"  # area, org (weak: where an institution sits), weak, mask (no place at all)


@dataclass(frozen=True, slots=True)
class TopicConfig:
    """[[topic]]: words that file an article in one of the columns."""

    name: str
    words: tuple[str, ...] = ()
    weight: float = 3.0  # the lexicon's own words weigh 3, its vaguer ones 1


@dataclass(frozen=True, slots=True)
class ColumnConfig:
    """[[column]]: a column of the user's own, by the words of headline and body."""

    name: str
    any: tuple[str, ...] = ()  # one of these, or of the patterns, must stand there
    must: tuple[str, ...] = ()  # all of these
    without: tuple[str, ...] = field(default=(), metadata={"key": "not"})  # none of these
    pattern: tuple[str, ...] = ()  # regular expressions, beside `any`
    section: bool = True  # a section of its own before the regions; false: a group inside its region


@dataclass(frozen=True, slots=True)
class AreaConfig:
    """[[area]]: regions that make one section (长三角: four provinces)."""

    name: str
    regions: tuple[str, ...] = ()  # "江苏", "安徽/马鞍山"


@dataclass(frozen=True, slots=True)
class EditionConfig:
    """[[edition]]: another issue out of the same material, with a name, a number and a folder of its own."""

    name: str
    slug: str  # its folder below the output folder
    publisher: str = ""  # without it, that of [issue]
    regions: tuple[str, ...] = ()  # "山东/聊城", or an area; none: all
    topics: tuple[str, ...] = ()  # columns; none: all
    sources: tuple[str, ...] = ()  # newspapers by name; none: all
    length: int | None = None  # at most so many stories
    theme: str = ""
    recipients: tuple[str, ...] = ()  # addresses
    days: int = 1  # 7: a weekly one, out of the seven days up to its date
    weekday: int = 7  # 1 Monday to 7 Sunday: when `digest run` makes one of several days


@dataclass(frozen=True, slots=True)
class SummaryConfig:
    """[summary]"""

    sentences: int = 3
    chars: int = 220  # a summary stops growing when the next sentence would pass this, but has at least one
    engine: str = "textrank"
    keywords: int = 5


@dataclass(frozen=True, slots=True)
class ComposeConfig:
    """[compose]"""

    max_per_section: int = 30
    quota: tuple[tuple[str, int], ...] = ()  # {"全国" = 5}: sections with a limit of their own
    max_items: int | None = None  # of the whole issue
    min_chars: int = 60  # a body shorter than this is left out as too short to stand alone
    min_score: float = 0.0  # a story that scores less is left out
    pinned: tuple[str, ...] = ()  # story ids, or words of headlines: printed first, whatever speaks against
    excluded: tuple[str, ...] = ()  # the same: never printed


@dataclass(frozen=True, slots=True)
class OrderConfig:
    """[order]: the weights of what a story's place in its section follows from."""

    papers: float = 2.0  # for each doubling of the number of papers
    front_page: float = 2.0
    news_page: float = 0.5  # pages 2 to 4
    place: float = 1.0  # for the first article of a page, halved for the second, a third for the third …
    source: float = 2.0  # for each unit that the best source's weight is above 1
    words: tuple[tuple[str, float], ...] = ()  # {"抢险" = 1.0}: words of the headline
    regions: tuple[tuple[str, float], ...] = ()  # {"山东/聊城" = 1.0}
    topics: tuple[tuple[str, float], ...] = ()  # {"时政" = 0.5}
    freshness: float = 0.5  # for a report of the day, halved for one of the day before, …
    length: float = 1.0  # for a text of 1,000 characters and more
    headline: float = 0.5  # where one was printed


@dataclass(frozen=True, slots=True)
class MergeConfig:
    """[merge]"""

    window_days: int = 4
    link_days: int = 14  # so far back earlier issues are looked at


@dataclass(frozen=True, slots=True)
class LibraryConfig:
    """[library]: the folder of the library, "" for the one beside the output folder."""

    path: str = ""


@dataclass(frozen=True, slots=True)
class RenderConfig:
    """[render]"""

    theme: str = "default"
    formats: tuple[str, ...] = ("epub", "md", "txt")  # beside HTML, PDF and JSON
    pdf: bool = True
    pdf_variant: str = "pdf/ua-1"  # or PDF/A for an archive: pdf/a-2u, pdf/a-3a, …; "" for none
    pdf_seconds: int = 300  # the PDF is made in a child process that may run this long
    pdf_memory_mb: int = 4096


@dataclass(frozen=True, slots=True)
class SiteConfig:
    """[site]: the archive around the issues."""

    enabled: bool = True  # digest build brings it in step
    url: str = ""  # where `out` can be read: https://news.example.org/


@dataclass(frozen=True, slots=True)
class MailConfig:
    """[mail]: who sends the issue, by which way, and how it looks."""

    sender: str = ""  # 松江新闻简报 <jianbao@example.org>
    reply_to: str = ""
    recipients: str = ""  # a CSV of recipients, beside digest.toml
    way: str = "smtp"  # smtp, folder, sendmail
    host: str = ""
    port: int = 0  # 0: 587 for STARTTLS, 465 for TLS, 25 for plaintext
    security: str = "starttls"  # starttls, tls, plaintext
    ca_file: str = ""  # certificates of the authority of one's own server
    user: str = ""
    password_env: str = "DIGEST_SMTP_PASSWORD"
    password_file: str = ""  # readable by its owner alone
    folder: str = "mail"  # of .eml files, where `way` is folder
    sendmail: str = "/usr/sbin/sendmail"
    timeout_seconds: float = 60.0  # for each answer of the server; five times that for a whole letter
    tries: int = 4  # of a letter that the server puts off
    retry_seconds: float = 20.0  # before the second try; twice that before the third …
    per_minute: int = 60  # letters; 0: as fast as they go
    max_bytes: int = 20 * 1024 * 1024  # of a letter; above that the PDF is replaced by a link
    attach_pdf: bool = True
    site_url: str = ""  # where `out` can be read: https://news.example.org/
    list_id: str = ""  # jianbao.example.org
    unsubscribe: str = ""  # an address; the sender's without it
    unsubscribe_url: str = ""  # https, acts at once on a POST (RFC 8058); {address} stands for the recipient


@dataclass(frozen=True, slots=True)
class RecipientConfig:
    """[[recipient]]: someone who gets the issue, or a part of it, by mail."""

    address: str
    name: str = ""
    edition: str = ""
    regions: tuple[str, ...] = ()  # "山东", "山东/聊城", the name of an area; none: all
    topics: tuple[str, ...] = ()  # 经济, the name of a column of one's own; none: all


@dataclass(frozen=True, slots=True)
class FetchConfig:
    """[[fetch]]: a file from the web, kept before the build; {day} is the day of the issue."""

    url: str
    name: str  # of the file
    folder: str = "incoming/{day}"


@dataclass(frozen=True, slots=True)
class RunConfig:
    """[run]: what `digest run` does; paths start at the folder of digest.toml."""

    sources: tuple[str, ...] = ("incoming/{day}",)  # {day}, {day:%Y/%m%d}
    out: str = "out"
    log: str = "digest.log"
    site: bool = True


@dataclass(frozen=True, slots=True)
class Limits:
    """[limits]: what is refused, and named in the report, rather than tried."""

    file_bytes: int = 64 * 1024 * 1024
    files: int = 100_000
    line_chars: int = 1_000_000
    text_chars: int = 20_000_000
    html_depth: int = 250
    pdf_pages: int = 500
    front_matter_bytes: int = 64 * 1024
    path_depth: int = 32


@dataclass(frozen=True, slots=True)
class Config:
    issue: IssueConfig = field(default_factory=IssueConfig)
    source: tuple[SourceConfig, ...] = ()
    place: tuple[PlaceConfig, ...] = ()
    topic: tuple[TopicConfig, ...] = ()
    column: tuple[ColumnConfig, ...] = ()
    area: tuple[AreaConfig, ...] = ()
    edition: tuple[EditionConfig, ...] = ()
    summary: SummaryConfig = field(default_factory=SummaryConfig)
    order: OrderConfig = field(default_factory=OrderConfig)
    compose: ComposeConfig = field(default_factory=ComposeConfig)
    merge: MergeConfig = field(default_factory=MergeConfig)
    library: LibraryConfig = field(default_factory=LibraryConfig)
    render: RenderConfig = field(default_factory=RenderConfig)
    site: SiteConfig = field(default_factory=SiteConfig)
    mail: MailConfig = field(default_factory=MailConfig)
    recipient: tuple[RecipientConfig, ...] = ()
    fetch: tuple[FetchConfig, ...] = ()
    run: RunConfig = field(default_factory=RunConfig)
    limits: Limits = field(default_factory=Limits)


def load_config(path: Path | None) -> Config:
    """The configuration in the file at `path`, or the defaults where `path` is None.

    Raises ConfigError, naming the file and the key.
    """
    if path is None:
        return Config()
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise ConfigError(f"{path}: {error.strerror}") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigError(f"{path}: {error}") from error
    config: Config = _build(Config, data, f"{path}: ")
    _check_editions(config, f"{path}: ")
    return config


_SLUG = re.compile(r"[a-z0-9][a-z0-9-]{0,39}")
MAX_DAYS = 366  # of an edition


def _check_editions(config: Config, where: str) -> None:
    slugs: set[str] = set()
    for edition in config.edition:
        here = f"{where}edition: {edition.name}: "
        if not _SLUG.fullmatch(edition.slug) or re.match(r"\d{4}-", edition.slug):
            raise ConfigError(
                f"{here}slug 应为小写字母、数字和 -，不像日期 (letters, digits and -, unlike a date)"
            )
        if edition.slug in slugs:
            raise ConfigError(f"{here}slug “{edition.slug}” 用了两次 (used twice)")
        if not 1 <= edition.days <= MAX_DAYS:
            raise ConfigError(f"{here}days 应在 1 到 {MAX_DAYS} 之间 (out of range)")
        if not 1 <= edition.weekday <= 7:
            raise ConfigError(f"{here}weekday 应在 1（周一）到 7（周日）之间 (out of range)")
        slugs.add(edition.slug)


def _build(kind: Any, data: Any, where: str) -> Any:
    """An instance of the dataclass `kind` from a TOML table; unknown keys and wrong types are errors."""
    if not isinstance(data, dict):
        raise ConfigError(f"{where} 应为一张表 (a table is expected)")
    hints = get_type_hints(kind)
    known = {f.metadata.get("key", f.name): f.name for f in fields(kind)}
    for key in data:
        if key not in known:
            raise ConfigError(f"{where}未知的键 “{key}” (unknown key); known: {', '.join(sorted(known))}")
    values = {known[key]: _value(hints[known[key]], value, f"{where}{key}: ") for key, value in data.items()}
    try:
        return kind(**values)
    except TypeError as error:
        raise ConfigError(f"{where}{error}") from error


def _value(hint: Any, value: Any, where: str) -> Any:
    if get_origin(hint) is UnionType:
        hint = next(arm for arm in get_args(hint) if arm is not type(None))
    if get_origin(hint) is tuple:
        if get_origin(get_args(hint)[0]) is tuple:
            return _pairs(get_args(get_args(hint)[0])[1], value, where)
        if not isinstance(value, list):
            raise ConfigError(f"{where}应为列表 (a list is expected)")
        return tuple(_value(get_args(hint)[0], one, where) for one in value)
    if hasattr(hint, "__dataclass_fields__"):
        return _build(hint, value, where)
    if hint is float and isinstance(value, int) and not isinstance(value, bool):
        return float(value)
    if not isinstance(value, hint) or (hint is int and isinstance(value, bool)):
        raise ConfigError(f"{where}类型应为 {hint.__name__} (wrong type)")
    return value


def _pairs(hint: Any, value: Any, where: str) -> tuple[tuple[str, Any], ...]:
    """A table of the user's own keys, ``{ "山东/聊城" = 1.0 }``, as pairs."""
    if not isinstance(value, dict):
        raise ConfigError(f"{where}应为一张表 (a table is expected)")
    return tuple((key, _value(hint, one, f"{where}{key}: ")) for key, one in value.items())
