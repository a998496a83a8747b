"""The people of an example: which roles they hold, what they are to the transfer, and for which child they answer."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from handhold.protocol import effects as e
from handhold.protocol.examples.faults import ExampleNotUnderstood

ANYBODY = "anybody"


@dataclass
class Cast:
    """Everybody whom an example names. `held` says who answers for which involvement of which child."""

    stand_ins: Mapping[str, str]
    roles: dict[str, set[str]] = field(default_factory=dict)
    worker: str | None = None
    manager: str | None = None
    receiver: str | None = None
    held: dict[tuple[str, str], str] = field(default_factory=dict)

    def known(self, person: str) -> str:
        """The person, who must have been introduced. Raises ExampleNotUnderstood."""
        if person not in self.roles:
            raise ExampleNotUnderstood(f"Nobody has said who {person} is. Introduced so far: {', '.join(self.roles)}.")
        return person

    def words_for(self, person: str) -> frozenset[str]:
        """What the person is to the transfer, and the roles they hold."""
        words = set(self.roles[self.known(person)])
        relations = {"responsible-worker": self.worker, "responsible-manager": self.manager, "receiver": self.receiver}
        return frozenset(words | {relation for relation, holder in relations.items() if holder == person})

    def find(self, who: Iterable[str]) -> list[str]:
        """Everybody who is one of these, in the order in which they were introduced."""
        wanted = set(who)
        return [person for person in self.roles if ANYBODY in wanted or self.words_for(person) & wanted]

    def behind(self, relation: str) -> str:
        """The person behind a relation or an office of an effect. Raises ExampleNotUnderstood where nobody is."""
        people = {"responsible-worker": self.worker, "responsible-manager": self.manager, "receiver": self.receiver}
        if relation in people:
            person = people[relation]
        else:
            person = self._stand_in() if relation == "stand-in" else next(iter(self.find([relation])), None)
        if person is None:
            raise ExampleNotUnderstood(f"Nobody in this example is the {relation}. {self._who_is_missing(relation)}")
        return person

    def _who_is_missing(self, relation: str) -> str:
        """Which sentence brings in whoever is behind a relation or an office."""
        if relation == "stand-in":
            pairs = ", ".join(f"{role}: {stand_in}" for role, stand_in in sorted(self.stand_ins.items()))
            return f"They stand in for who takes over, by role ({pairs}): say who that is, and who holds the role."
        if relation in ("responsible-worker", "responsible-manager"):
            return "Say who: ... is responsible for them, under ..."
        return "Choose somebody before." if relation == "receiver" else "Introduce somebody who is."

    def follow(self, effect: e.Effect, children: tuple[str, ...]) -> None:
        """Keeps who answers for whom, and who is to lead, as an effect changes it."""
        match effect:
            case e.InvolvementOpened(child, kind, holder) | e.Allocated(child, kind, holder):
                self.held[children[child], kind] = self.behind(holder)
            case e.InvolvementClosed(child, kind):
                del self.held[children[child], kind]
            case e.ReceiverStands("none"):
                self.receiver = None

    def _stand_in(self) -> str | None:
        """Whom the protocol names for the receiver who goes, by the receiver's role."""
        own = self.roles[self.receiver] if self.receiver else set()
        standing_in = [self.stand_ins[role] for role in sorted(own) if role in self.stand_ins]
        return next(iter(self.find(standing_in)), None)
