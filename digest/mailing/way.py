"""[mail] of digest.toml as a way out for letters."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from digest.config import MailConfig
from digest.errors import ConfigError
from digest.publish.delivery import Pace
from digest.publish.message import Letter
from digest.publish.outbox import FolderWay
from digest.publish.secret import password
from digest.publish.sendmail import SendmailWay
from digest.publish.smtp import PLAINTEXT, PORTS, Server, SmtpWay
from digest.publish.ways import Outcome, Way

_HOST = re.compile(r"[A-Za-z0-9.:_-]+")


def way_of(
    config: MailConfig, folder: Path, environment: Mapping[str, str], *, copies: Path | None = None
) -> Way:
    """The way that `config` names; its paths are below `folder`, its password in `environment` or a file.

    With `copies` a copy of each letter is kept there. Raises ConfigError, naming the key.
    """
    way = _way(config, folder, environment)
    return SavingWay(way, FolderWay(copies)) if copies else way


def folder_way(folder: Path) -> Way:
    """Letters as files, whatever `config` says."""
    return FolderWay(folder)


def _way(config: MailConfig, folder: Path, environment: Mapping[str, str]) -> Way:
    if config.way == "folder":
        return FolderWay(folder / config.folder)
    if config.way == "sendmail":
        return SendmailWay(Path(config.sendmail), config.timeout_seconds)
    if config.way != "smtp":
        raise ConfigError(f'mail.way: “{config.way}”; known: "smtp", "folder", "sendmail"')
    return SmtpWay(_server(config, folder, environment))


def _server(config: MailConfig, folder: Path, environment: Mapping[str, str]) -> Server:
    if not _HOST.fullmatch(config.host):
        raise ConfigError(f"mail.host: 应为邮件服务器的名字 (a host name is needed): {config.host!r}")
    if config.security not in PORTS:
        known = ", ".join(f'"{name}"' for name in PORTS)
        raise ConfigError(f"mail.security: “{config.security}”; known: {known}")
    if not 0 <= config.port <= 65535 or config.timeout_seconds <= 0:
        raise ConfigError("mail.port 应在 0 到 65535 之间，mail.timeout_seconds 应大于 0 (out of range)")
    if config.user and config.security == PLAINTEXT:
        raise ConfigError("mail.user: 不在明文连接上登录 (no login without TLS); 请去掉 user，或用 TLS")
    secret = ""
    if config.user:
        path = folder / config.password_file if config.password_file else None
        secret = password(environment, config.password_env, path)
    return Server(
        host=config.host,
        port=config.port or PORTS[config.security],
        security=config.security,
        user=config.user,
        password=secret,
        ca_file=folder / config.ca_file if config.ca_file else None,
        timeout_seconds=config.timeout_seconds,
    )


def pace_of(config: MailConfig) -> Pace:
    """Raises ConfigError where a number makes no sense."""
    if config.tries < 1 or config.retry_seconds < 0 or config.per_minute < 0:
        raise ConfigError("mail.tries 至少为 1，retry_seconds 与 per_minute 不能为负 (out of range)")
    return Pace(config.tries, config.retry_seconds, config.per_minute)


@dataclass(frozen=True, slots=True)
class SavingWay:
    """Keeps a copy of each letter in a folder before it goes its way."""

    way: Way
    copies: FolderWay

    def open(self) -> None:
        self.copies.open()
        self.way.open()

    def send(self, letter: Letter) -> Outcome:
        self.copies.send(letter)
        return self.way.send(letter)

    def close(self) -> None:
        self.way.close()
