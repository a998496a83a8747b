"""`decide` on the targeted pathway, with all reasons, against a function of the same conditions written by hand."""

from pathlib import Path

from bench.measuring import Ratio, measure
from handhold.protocol.deciding import Refused, decide
from handhold.protocol.exploring import start_of
from handhold.protocol.facts import Act, StepFact
from handhold.protocol.loading import latest_version, load_protocol

PATHWAY = "assessment-to-early-help"
CLOSES = "case-closed"


def measure_decisions(protocols: Path) -> list[Ratio]:
    """The closure of a child half way through: the longest list of conditions, half of them met."""
    pathway = load_protocol(latest_version(protocols, "york")).pathways[PATHWAY]
    facts = start_of(pathway, 1)._replace(destination="targeted", consent="live", receiver="accepted")
    slots = pathway.slots(1)
    gates = pathway.steps[CLOSES].after
    steps = list(facts.steps)
    for gate in gates[::2]:
        slot = next(slots[one] for one in pathway.slots_of(gate, 1))
        steps[slot] = StepFact(next(name for name, rule in pathway.steps[gate].outcomes.items() if rule.done))
    facts = facts._replace(steps=tuple(steps))
    act = Act("record", CLOSES, "early-help-begins", 0, frozenset({"responsible-worker"}), has_reason=True)
    answer = decide(pathway, facts, act)
    assert isinstance(answer, Refused), answer
    places = [next(slots[one] for one in pathway.slots_of(gate, 1)) for gate in gates]

    def by_hand() -> list[int]:
        missing = [place for place in places if facts.steps[place].outcome is None]
        if facts.consent != "live" or facts.receiver != "accepted" or facts.matters:
            missing.append(-1)
        return missing

    name = f"a refused closure, targeted: {len(gates)} conditions, {len(answer.reasons)} reasons"
    return [measure(name, ("decide", lambda: decide(pathway, facts, act)), ("by hand", by_hand), pairs=60, inner=300)]
