"""digest verify"""

from __future__ import annotations

from contextlib import nullcontext
from datetime import date
from pathlib import Path

import click

from digest.cli.console import Console, shown
from digest.cli.options import config_of, config_option, level_options, library_of, out_option
from digest.errors import NothingFoundError, UsageError, VerifyError


@click.command("verify", short_help="核对已出版的内容 prove what was published.")
@click.argument("issue", required=False, metavar="[ISSUE]", type=click.Path(path_type=Path))
@out_option
@click.option(
    "--mail",
    type=click.Path(path_type=Path),
    metavar="DIR",
    help="存下的信所在的目录；不写时为 DIR.mail（如果有）。A folder of saved letters.",
)
@click.option("--sources", is_flag=True, help="重新计算原文件的散列值。Hash the files that were read again.")
@config_option
@level_options
def verify_command(
    issue: Path | None,
    out: Path,
    mail: Path | None,
    sources: bool,
    config_path: Path | None,
    quiet: bool,
    verbose: bool,
) -> None:
    """核对 ISSUE（日期或目录，不写时为整个输出目录）：每一句都在原文所记的位置上，一字不差。

    Checks that every sentence stands verbatim at its offsets in the stored article, that every source has
    the hash of what was read, that HTML, PDF, letters and feeds hold the same stories, and that every link
    inside the output leads somewhere. Prints what is not so, one a line, and ends with exit code 11.

    \b
    例 Example:  digest verify 2026-03-18
    """
    console = Console(quiet=quiet, verbose=verbose)
    out, only = _named(issue, out)
    path = library_of(out, config_of(config_path, console))
    from digest.library import Library
    from digest.verify import verify

    has_library = path.is_file()
    if not has_library:
        console.note(f"{path}: 没有资料库，只核对文件之间是否一致 (no library: the files are compared alone)")
    with Library(path) if has_library else nullcontext() as library:
        report = verify(
            out, library, only=only, mail=mail or out.with_name(f"{out.name}.mail"), sources=sources
        )
    if not report.n_issues and not report.findings:
        raise NothingFoundError(f"{only or out}: 没有可核对的简报 (there is no issue to verify)")
    for finding in report.findings:
        click.echo(shown(f"{finding.where}: {finding.what}"))
    letters = f"，{report.n_letters} 封信 letters" if report.n_letters else ""
    console.note(
        f"核对 checked: {report.n_issues} 期 issues，{report.n_sentences} 句 sentences，"
        f"{report.n_sources} 份来源 sources，{report.n_links} 个链接 links{letters}"
    )
    if report.findings:
        raise VerifyError(f"{len(report.findings)} 处不符 (so many things are not as they must be)")


def _named(issue: Path | None, out: Path) -> tuple[Path, Path | None]:
    """The output folder, and the folder of the issue where one is named."""
    if issue is None:
        return out, None
    from digest.library.place import FOLDER_SUFFIX

    try:
        date.fromisoformat(issue.name)
    except ValueError:
        if not issue.is_dir():
            raise UsageError(f"{issue}: 应为日期或目录 (a date or a folder is expected)") from None
        return issue, None  # an output folder
    if not issue.is_absolute() and (out / issue).is_dir():
        return out, out / issue
    if not issue.is_dir():
        raise UsageError(f"{issue}: 没有这一期 (there is no such issue)")
    folder = issue.resolve()
    # DIR/DATE or DIR/EDITION/DATE: a library tells which
    above = (out.resolve(), folder.parent, folder.parent.parent)
    roots = [root for root in above if folder.is_relative_to(root)]
    known = [root for root in roots if root.with_name(root.name + FOLDER_SUFFIX).is_dir()]
    return (known or roots)[0], folder
