"""digest library"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from digest.cli.console import Console, shown
from digest.cli.options import config_of, config_option, day_of, level_options, library_of, out_option
from digest.errors import UsageError
from digest.library.entries import IssueEntry

if TYPE_CHECKING:
    from digest.library import Library


@click.command("library", short_help="查看与备份资料库 the issues that are kept.")
@out_option
@click.option("--check", is_flag=True, help="通读资料库，看有没有损坏。Read it all: is it whole?")
@click.option(
    "--backup",
    "backup_path",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="备份到 FILE；已有同名文件时不覆盖。Copy it to FILE, which must not be there.",
)
@click.option(
    "--set-aside",
    is_flag=True,
    help="把资料库改名移开，下次另建；旧文件保留。Rename it, so that a new one is made.",
)
@click.option(
    "--export",
    "export_path",
    type=click.Path(path_type=Path, allow_dash=True),
    metavar="FILE|-",
    help="全部导出为 JSON 行。Write all of it as JSON lines.",
)
@click.option(
    "--import",
    "import_path",
    type=click.Path(path_type=Path, allow_dash=True),
    metavar="FILE|-",
    help="读入导出的文件；已有的各期不动。Take up an export; what is there stays.",
)
@click.option(
    "--prune",
    "prune_day",
    metavar="YYYY-MM-DD",
    help="这一天以前各期的来源文本不再保留；各期仍可读、可查。Forget the sources' texts of older issues.",
)
@config_option
@level_options
def library_command(
    out: Path,
    check: bool,
    backup_path: Path | None,
    set_aside: bool,
    export_path: Path | None,
    import_path: Path | None,
    prune_day: str | None,
    config_path: Path | None,
    quiet: bool,
    verbose: bool,
) -> None:
    """列出资料库里的各期：日期、期号、条数。资料库在输出目录旁边（DIR.library），不在其中。

    Lists the issues that the library holds, one a line: date, edition, numbers, items. The library stands
    beside the output folder and is never published.

    \b
    例 Example:  digest library --backup library-backup.sqlite3
    """
    console = Console(quiet=quiet, verbose=verbose)
    wanted = (backup_path, export_path, import_path, prune_day)
    if sum(one is not None for one in wanted) + check + set_aside > 1:
        raise UsageError(
            "--check、--backup、--set-aside、--export、--import、--prune 只能用一个 (only one of them)"
        )
    before = day_of("--prune", prune_day)
    path = library_of(out, config_of(config_path, console))
    if set_aside:
        from digest.library.database import set_aside as move

        click.echo(shown(str(move(path))))
        return
    from digest.library import Library

    with Library(path, create=import_path is not None) as library:
        if backup_path is not None:
            library.back_up(backup_path)
            click.echo(shown(str(backup_path)))
        elif export_path is not None:
            _export(library, export_path)
        elif import_path is not None:
            with click.open_file(str(import_path), "rb") as stream:
                taken, passed = library.import_lines(stream, shown(str(import_path)))
            console.note(f"读入 {taken} 期 taken，已有 {passed} 期不动 were there")
        elif before is not None:
            console.note(f"{library.prune(before)} 期不再保留来源文本 issues without the sources' texts")
        elif check:
            library.check()
            console.note(f"{path}: 完好 (whole)")
        else:
            for entry in library.issues():
                click.echo(_line(entry))


def _export(library: Library, path: Path) -> None:
    """Written beside and put in place when it is whole; to standard output as it comes."""
    with click.open_file(str(path), "wb", atomic=str(path) != "-") as stream:
        for line in library.export():
            stream.write(line)


def _line(entry: IssueEntry) -> str:
    number = "-" if entry.number is None else f"第{entry.number}期"
    total = "-" if entry.total_number is None else f"总第{entry.total_number}期"
    fields = (entry.day.isoformat(), entry.edition or "-", number, total, f"{entry.n_items} 条", entry.name)
    return "\t".join(shown(field) for field in fields)
