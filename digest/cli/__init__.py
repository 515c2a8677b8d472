"""The command line: arguments in, exit code out. The only place that echoes or asks for the time."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from io import TextIOWrapper
from typing import Any

import click

from digest import __version__
from digest.cli.analyze import analyze_command
from digest.cli.build import build_command
from digest.cli.doctor import doctor_command
from digest.cli.fetch import fetch_command
from digest.cli.init import init_command
from digest.cli.library import library_command
from digest.cli.read import read_command
from digest.cli.run import run_command
from digest.cli.search import search_command
from digest.cli.send import send_command
from digest.cli.serve import serve_command
from digest.cli.site import site_command
from digest.cli.summarize import summarize_command
from digest.cli.verify import verify_command
from digest.cli.withdraw import withdraw_command
from digest.errors import DigestError

INTERRUPTED = 130  # 128 + SIGINT, as a shell reports it
BROKEN_PIPE = 141  # 128 + SIGPIPE

EPILOG = """\b
例 Examples:
  digest build samples -o out       做一期简报 make a briefing
  digest read page1.txt             看看读出了哪些文章 look at the articles found
  digest COMMAND --help             每个命令的说明 help on a command

\b
退出码 exit codes: 0 完成 done; 1 没有可用内容 nothing usable found;
2 用法或配置有误 wrong usage or configuration; 3 缺少系统组件或字体 something
needed is missing (digest doctor); 4 读取 reading; 5 排版 rendering;
6 写出 publishing; 7 输出目录或资料库正被占用 busy; 8 资料库 library;
9 寄送 mail; 11 核对不符 verify."""


class _ReaderLeftError(Exception):
    """Whoever read our output has had enough of it."""


class _Program(click.Group):
    def invoke(self, ctx: click.Context) -> Any:
        # click would end the program here and call it a failure
        try:
            return super().invoke(ctx)
        except BrokenPipeError as error:
            raise _ReaderLeftError from error


@click.group(cls=_Program, context_settings={"help_option_names": ["-h", "--help"]}, epilog=EPILOG)
@click.version_option(__version__, message="digest %(version)s", help="显示版本。Show the version.")
def digest() -> None:
    """把当天的报纸变成一份可信的简报：读版面、分地区与栏目，摘要逐字取自原文。

    Chinese newspapers in, a briefing of verbatim and traceable sentences out.
    """


for _command in (
    build_command,
    read_command,
    analyze_command,
    summarize_command,
    send_command,
    serve_command,
    run_command,
    fetch_command,
    init_command,
    site_command,
    search_command,
    verify_command,
    withdraw_command,
    library_command,
    doctor_command,
):
    digest.add_command(_command)


def main() -> None:
    """The program `digest`."""
    sys.exit(run(sys.argv[1:]))


def run(arguments: Sequence[str]) -> int:
    """Run one command; the exit code is given back, errors are one line on standard error."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    try:
        code = digest.main(args=list(arguments), prog_name="digest", standalone_mode=False)
        sys.stdout.flush()
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except DigestError as error:
        click.echo(f"digest: {error}", err=True)
        return error.exit_code
    except (click.Abort, KeyboardInterrupt):
        click.echo("digest: 已中断 (interrupted)", err=True)
        return INTERRUPTED
    except (_ReaderLeftError, BrokenPipeError):
        # The interpreter would complain when it flushes what is left at the end.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return BROKEN_PIPE
    return code if isinstance(code, int) else 0
