"""How invented families stand: so many of each, what their assessment came to, and what is open now."""

from dataclasses import dataclass
from random import Random

EARLY_HELP, CHILD_IN_NEED, NOTHING = "early-help", "child-in-need", "no-further-action"


@dataclass(frozen=True)
class State:
    """How a family stands: of 300 families so many; what the assessment came to; what is open now."""

    name: str
    of_300: int
    recommendation: str
    opens: str


STATES = (
    State("assessment authorised", 40, EARLY_HELP, "assessment"),
    State("assessment read", 18, EARLY_HELP, "assessment"),
    State("assessment drafted", 14, EARLY_HELP, "assessment"),
    State("assessment begun", 12, "", "assessment"),
    State("assessment for section 17", 8, CHILD_IN_NEED, "assessment"),
    State("child in need", 50, CHILD_IN_NEED, "child-in-need"),
    State("child protection", 14, CHILD_IN_NEED, "child-protection"),
    State("targeted early help", 44, EARLY_HELP, "early-help"),
    State("partner-led early help", 40, EARLY_HELP, "early-help"),
    State("closed", 60, NOTHING, ""),
)
OF = sum(state.of_300 for state in STATES)


def share_out(families: int, chance: Random) -> list[State]:
    """Return a state for each family: in the proportions of STATES, the first ones never left out, in mixed order."""
    found = [state for state in STATES for _ in range(max(1, round(state.of_300 * families / OF)))][:families]
    found += [STATES[0]] * (families - len(found))
    chance.shuffle(found)
    return found
