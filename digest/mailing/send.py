"""An issue to everyone who is due it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial

from digest.compose.selection import choice_of, select
from digest.config import RecipientConfig
from digest.errors import RenderError
from digest.mailing.plan import Plan
from digest.mailing.post import Post
from digest.model import DeliveryState
from digest.publish.delivery import Ledger, Pace, Waiting, deliver
from digest.publish.ways import Outcome, Way


@dataclass(frozen=True, slots=True)
class Report:
    """What became of one issue's mail in one run."""

    plan: Plan
    outcomes: Mapping[str, Outcome]  # address → the last try's
    empty: tuple[str, ...] = ()  # addresses whose choice has nothing in this issue
    failures: tuple[RenderError, ...] = ()  # choices without their PDF

    @property
    def missed(self) -> tuple[str, ...]:
        """Addresses that did not surely get the issue: not taken now, or held since an earlier run."""
        now = (a for a, outcome in self.outcomes.items() if outcome.state != DeliveryState.SENT)
        reached = {*self.outcomes, *self.empty}
        never = (one.address for one in self.plan.due if one.address not in reached)
        return (*now, *never, *(one.address for one in self.plan.held))

    def count(self, state: DeliveryState) -> int:
        return sum(outcome.state == state for outcome in self.outcomes.values())


def send_issue(
    post: Post,
    planned: Plan,
    way: Way,
    ledger: Ledger,
    pace: Pace,
    *,
    allow_empty: bool = False,
    on_letter: Callable[[str, Outcome], None] = lambda _address, _outcome: None,
) -> Report:
    """Send the issue to everyone due. Choices with nothing in them are passed over unless `allow_empty`.

    All bodies are made before the first letter leaves: a theme that fails sends nothing to anyone. Raises
    RenderError then, and MailError where no letter can be sent.
    """
    due: list[RecipientConfig] = []
    empty: list[RecipientConfig] = []
    for recipient in planned.due:
        filled = allow_empty or select(post.issue, choice_of(recipient)).items
        (due if filled else empty).append(recipient)
    for choice in dict.fromkeys(map(choice_of, due)):
        post.body(choice)
    waiting = [Waiting(one.address, partial(post.letter, one)) for one in due]
    outcomes: dict[str, Outcome] = {}
    for address, outcome in deliver(waiting, way, ledger, pace) if waiting else ():
        outcomes[address] = outcome
        on_letter(address, outcome)
    failures = tuple(made.failure for made in post.bodies.values() if made.failure)
    return Report(planned, outcomes, tuple(one.address for one in empty), failures)
