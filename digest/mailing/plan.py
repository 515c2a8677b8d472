"""Who is due a letter, by what the ledger says of each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from digest.config import RecipientConfig
from digest.model import Bounce, Delivery, DeliveryState


@dataclass(frozen=True, slots=True)
class Plan:
    """The recipients of an issue by what is to be done about them."""

    due: tuple[RecipientConfig, ...] = ()
    done: tuple[RecipientConfig, ...] = ()  # sent by an earlier run
    held: tuple[RecipientConfig, ...] = ()  # uncertain or refused: only when asked for
    bounced: tuple[RecipientConfig, ...] = ()  # the address takes no mail


def plan(
    recipients: Sequence[RecipientConfig],
    rows: Mapping[str, Delivery],
    bounces: Mapping[str, Bounce],
    *,
    resend: bool = False,
) -> Plan:
    """Decide for each recipient by its row of the ledger; both maps have case-folded addresses as keys.

    What is sent is never sent again. `resend` lets go of what is held, and of the marks of bounces.
    """
    groups: dict[str, list[RecipientConfig]] = {"due": [], "done": [], "held": [], "bounced": []}
    for recipient in recipients:
        key = recipient.address.casefold()
        row = rows.get(key)
        if row is not None and row.state == DeliveryState.SENT:
            groups["done"].append(recipient)
        elif key in bounces and not resend:
            groups["bounced"].append(recipient)
        elif row is None or row.state == DeliveryState.DEFERRED or resend:
            groups["due"].append(recipient)
        else:
            groups["held"].append(recipient)
    return Plan(**{name: tuple(group) for name, group in groups.items()})
