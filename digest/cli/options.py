"""Options that several commands share, and what they mean."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Any, TypeVar
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import click

from digest.cli.console import Console
from digest.config import CONFIG_NAME, Config, LibraryConfig, load_config
from digest.errors import ConfigError, UsageError

Command = TypeVar("Command", bound=Callable[..., Any])

DEFAULT_CONFIG = Path(CONFIG_NAME)

config_option = click.option(
    "--config",
    "config_path",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="配置文件；不写时用当前目录的 digest.toml，没有也能运行。Configuration file.",
)

date_option = click.option(
    "--date",
    "day",
    metavar="YYYY-MM-DD",
    help="简报日期；不写时为配置时区（默认 Asia/Shanghai）的今天。Issue date; default today.",
)

executor_option = click.option(
    "--executor",
    "executor_name",
    default="processes",
    show_default=True,
    metavar="serial|processes|dask://HOST:PORT",
    help="在哪里分析文章：本进程、多进程（文章少时不启动）或 Dask 集群。Where articles are analysed.",
)

library_option = click.option(
    "--library/--no-library",
    "with_library",
    default=True,
    help="是否编号并记入资料库；不记的一期没有期号。Number the issue and keep it in the library, or not.",
)

out_option = click.option(
    "-o",
    "--out",
    default="out",
    show_default=True,
    type=click.Path(path_type=Path),
    metavar="DIR",
    help="输出目录，各期简报在其下的日期目录里。Output folder; an issue is in DIR/DATE.",
)


def level_options(command: Command) -> Command:
    """-q and -v."""
    quiet = click.option("-q", "--quiet", is_flag=True, help="只报告错误。Errors only.")
    verbose = click.option("-v", "--verbose", is_flag=True, help="列出全部警告与略去的内容。Say more.")
    return quiet(verbose(command))


def library_of(out: Path, config: Config) -> Path:
    """The file of the library that belongs to the output folder `out`."""
    from digest.library.place import library_path

    return library_path(out, config.library.path)


def folder_of_config(path: Path | None) -> Path:
    """Where relative paths of the configuration start: the folder that it lies in."""
    return (path or DEFAULT_CONFIG).absolute().parent


def zone_of(config: Config) -> ZoneInfo:
    """The time zone of the issues. Raises ConfigError where there is no such zone."""
    try:
        return ZoneInfo(config.issue.time_zone)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise ConfigError(
            f"issue.time_zone: 未知的时区 {config.issue.time_zone} (unknown time zone)"
        ) from error


def issue_day(text: str | None, config: Config) -> date:
    """The day given, or today in the zone of the issues."""
    return day_of("--date", text) or datetime.now(zone_of(config)).date()


def day_of(option: str, text: str | None) -> date | None:
    """The day that was given with `option`. Raises UsageError where it is none."""
    try:
        return None if text is None else date.fromisoformat(text)
    except ValueError as error:
        raise UsageError(f"{option} {text}: 日期应写作 YYYY-MM-DD (wrong date)") from error


def config_of(path: Path | None, console: Console) -> Config:
    """The configuration asked for, or that of the current folder, or the defaults."""
    if path is None and DEFAULT_CONFIG.is_file():
        path = DEFAULT_CONFIG
    if path is not None:
        console.detail(f"配置 configuration: {path}")
    config = load_config(path)
    if not config.library.path:
        return config
    library = str(folder_of_config(path) / config.library.path)
    return replace(config, library=LibraryConfig(library))
