"""The password of the mail server is private or it is refused, and no message shows it."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from digest.errors import ConfigError
from digest.publish.secret import password


@pytest.fixture
def secret(tmp_path: Path) -> Path:
    path = tmp_path / "password"
    path.write_text("from the file\n", encoding="utf-8")
    path.chmod(0o600)
    return path


def test_environment_comes_before_the_file(secret: Path) -> None:
    """The variable is used where it is set, else the first line of the file."""
    assert password({"P": "from the environment"}, "P", secret) == "from the environment"
    assert password({"P": ""}, "P", secret) == "from the file"


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o660, 0o606, 0o644])
def test_a_file_that_others_can_read_is_refused(mode: int, secret: Path) -> None:
    """Rights of others on the file are an error that says how to mend it and not what it holds."""
    secret.chmod(mode)
    with pytest.raises(ConfigError, match="chmod 600") as caught:
        password({}, "P", secret)

    assert "from the file" not in str(caught.value)


def test_no_password_anywhere_is_said(secret: Path, tmp_path: Path) -> None:
    """The message names the variable, or the file."""
    with pytest.raises(ConfigError, match="DIGEST_SMTP_PASSWORD"):
        password({}, "DIGEST_SMTP_PASSWORD", None)
    with pytest.raises(ConfigError, match="nowhere"):
        password({}, "P", tmp_path / "nowhere")
    secret.write_text("\n", encoding="utf-8")
    with pytest.raises(ConfigError, match="没有密码"):
        password({}, "P", secret)


def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    """Something else than a file is refused at once."""
    os.mkfifo(tmp_path / "pipe", 0o600)
    with pytest.raises(ConfigError, match="不是普通文件"):
        password({}, "P", tmp_path / "pipe")
