"""Who sends the mail, and to whom: digest.toml and its CSV, checked before anything is sent."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from urllib.parse import quote

from digest.classify.columns import NAMES
from digest.classify.gazetteer import gazetteer
from digest.compose import OTHER
from digest.compose.sections import path_of
from digest.config import Config, MailConfig, RecipientConfig
from digest.errors import ConfigError, UsageError
from digest.publish.message import Mailbox
from digest.recipients import checked_address, read_recipients
from digest.render.wording import safe_url

_MAILBOX = re.compile(r'"?(?P<name>[^"<>\r\n]*?)"?\s*<(?P<boxed>[^<>\s]+)>|(?P<bare>[^<>\s]+)')


@dataclass(frozen=True, slots=True)
class Sender:
    """What every letter says of where it comes from."""

    box: Mailbox
    reply_to: Mailbox | None
    list_id: str
    unsubscribe: str
    unsubscribe_url: str  # {address} stands for the recipient
    site_url: str  # "" or ends with a slash

    @property
    def domain(self) -> str:
        return self.box.address.rpartition("@")[2]

    def unsubscribe_url_of(self, address: str) -> str:
        return self.unsubscribe_url.replace("{address}", quote(address, safe=""))


def sender_of(config: MailConfig) -> Sender:
    """Raises ConfigError, naming the key, for what cannot stand in a letter."""
    if not config.sender:
        raise ConfigError('缺少 mail.sender，如 "松江新闻简报 <jianbao@example.org>" (who sends the mail)')
    box = _mailbox(config.sender, "mail.sender")
    list_id = config.list_id or f"digest.{box.address.rpartition('@')[2]}"
    if not all(part.replace("-", "").replace("_", "").isalnum() for part in list_id.split(".")):
        raise ConfigError(f"mail.list_id: {list_id!r} 应如 jianbao.example.org (not a list id)")
    for key, url in (("site_url", config.site_url), ("unsubscribe_url", config.unsubscribe_url)):
        if url and not safe_url(url.replace("{address}", "")):
            raise ConfigError(f"mail.{key}: {url!r} 不是网址 (not a web address)")
    if config.unsubscribe_url and not config.unsubscribe_url.startswith("https:"):
        raise ConfigError("mail.unsubscribe_url: 须以 https: 开头 (RFC 8058)")
    return Sender(
        box=box,
        reply_to=_mailbox(config.reply_to, "mail.reply_to") if config.reply_to else None,
        list_id=list_id.encode("idna").decode("ascii"),
        unsubscribe=checked_address(config.unsubscribe or box.address, "mail.unsubscribe"),
        unsubscribe_url=config.unsubscribe_url,
        site_url=config.site_url.rstrip("/") + "/" if config.site_url else "",
    )


def _mailbox(text: str, where: str) -> Mailbox:
    """``name <address>``, ``"name" <address>`` or an address alone."""
    found = _MAILBOX.fullmatch(text.strip())
    if found is None:
        raise ConfigError(
            f"{where}: {text!r} 应为地址，或 名称 <地址> (an address, or a name and an address)"
        )
    return Mailbox(checked_address(found["boxed"] or found["bare"] or "", where), found["name"] or "")


def recipients_of(config: Config, folder: Path) -> tuple[RecipientConfig, ...]:
    """Everyone in digest.toml and in its CSV, which stands in or below `folder`. Raises ConfigError."""
    csv_path = folder / config.mail.recipients if config.mail.recipients else None
    of_editions = (
        RecipientConfig(address, edition=edition.slug)
        for edition in config.edition
        for address in edition.recipients
    )
    everyone = read_recipients(
        (*config.recipient, *of_editions), csv_path, partial(_objection, config=config)
    )
    return tuple(replace(one, edition=slug_of(one.edition, config)) for one in everyone)


def slug_of(edition: str, config: Config) -> str:
    """The slug of an edition that is named by its name; whatever else is named is taken for a slug."""
    return next((one.slug for one in config.edition if edition == one.name), edition)


def addressed(
    known: Sequence[RecipientConfig], to: Sequence[str], edition: str | None
) -> tuple[RecipientConfig, ...]:
    """Those of the edition, or those asked for; an address that is in no list gets the whole issue."""
    chosen = [one for one in known if edition is None or one.edition == edition]
    if to:
        wanted = {checked_address(address, "--to").casefold(): address for address in to}
        chosen = [one for one in chosen if one.address.casefold() in wanted]
        found = {one.address.casefold() for one in chosen}
        chosen += [
            RecipientConfig(checked_address(address, "--to"), edition=edition or "")
            for key, address in wanted.items()
            if key not in found
        ]
    if not chosen:
        raise UsageError("没有收件人：请在 digest.toml 写 [[recipient]]，或用 --to (there are no recipients)")
    return tuple(chosen)


def _objection(recipient: RecipientConfig, config: Config) -> str:
    """What no issue can have: it would stay empty for ever, and nobody would know why."""
    if recipient.edition not in {"", *(name for one in config.edition for name in (one.name, one.slug))}:
        return f"没有这一版 (no such edition): {recipient.edition}"
    table = gazetteer(config.place)
    own = {column.name for column in config.column}
    areas = {area.name for area in config.area}
    for region in recipient.regions:
        path = path_of(region)
        if path not in table.by_path and not (len(path) == 1 and path[0] in areas | own):
            return f"没有这个地区 (no such region): {region}"
    for topic in recipient.topics:
        if topic not in {*NAMES, OTHER, *own}:
            return f"没有这个栏目 (no such topic): {topic}"
    return ""
