"""The password of the mail server: from the environment or a file of the user's own, never printed."""

from __future__ import annotations

import os
import stat
from collections.abc import Mapping
from pathlib import Path

from digest.errors import ConfigError

MAX_BYTES = 4096


def password(environment: Mapping[str, str], variable: str, path: Path | None) -> str:
    """The password in the variable, else in the first line of the file.

    Raises ConfigError where there is none, or others than its owner may read or write the file.
    """
    if variable and environment.get(variable):
        return environment[variable]
    if path is None:
        raise ConfigError(
            f"mail.user 已写明，但环境变量 {variable} 和 mail.password_file 都没有 (no password)"
        )
    try:
        descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0))
        with open(descriptor, "rb") as stream:
            about = os.fstat(stream.fileno())
            if not stat.S_ISREG(about.st_mode):
                raise ConfigError(f"{path}: 不是普通文件 (not a regular file)")
            if os.name != "nt" and about.st_mode & 0o077:
                raise ConfigError(f"{path}: 别人也能读，请 chmod 600 (others can read the password file)")
            if os.name != "nt" and about.st_uid not in (os.geteuid(), 0):
                raise ConfigError(f"{path}: 属于别的用户 (the password file is someone else's)")
            data = stream.read(MAX_BYTES)
    except OSError as error:
        raise ConfigError(f"{path}: {error.strerror}") from error
    lines = data.decode("utf-8", "replace").splitlines()
    if not lines or not lines[0].strip():
        raise ConfigError(f"{path}: 第一行没有密码 (no password in the first line)")
    return lines[0].strip()
