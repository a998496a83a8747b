"""What invented assessments say: texts put together from needs.yaml, about the children of one household."""

from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any

from ruamel.yaml import YAML

from handhold.jobs.invent.households import Household, Member

NEEDS_FILE = Path(__file__).with_name("needs.yaml")
SPEAKS = 3  # years; a younger child is described and not quoted
QUOTED = "“"
ENDINGS = {"early-help": "early_help", "child-in-need": "child_in_need", "no-further-action": "no_further"}


@dataclass(frozen=True)
class Story:
    """What a family needs: each need with the child whom it concerns."""

    needs: tuple[tuple[dict[str, Any], Member], ...]


class Stories:
    """Finds needs that fit a household, and writes them up."""

    def __init__(self, school_names: dict[str, str], *, seed: int) -> None:
        self.words = YAML(typ="safe").load(NEEDS_FILE)
        self.school_names = school_names
        self.chance = Random(f"stories {seed}")

    def find_story(self, household: Household) -> Story:
        """Choose two or three needs that the ages and the sort of the household allow."""
        fitting = [
            (need, child)
            for need in self.words["needs"]
            for child in household.children
            if need["ages"][0] <= child.age <= need["ages"][1] and self._fits(need, household)
        ]
        self.chance.shuffle(fitting)
        # An unborn child's own need always has its place: nothing else is known of them.
        fitting.sort(key=lambda pair: pair[1].age >= 0)
        chosen: dict[str, tuple[dict[str, Any], Member]] = {}
        for need, child in fitting:
            chosen.setdefault(need["code"], (need, child))
        return Story(tuple(list(chosen.values())[: self.chance.choice([2, 2, 3])]))

    @staticmethod
    def _fits(need: dict[str, Any], household: Household) -> bool:
        apart = household.sort in {"separated", "step"}
        return (
            (not need.get("separated") or apart)
            and (not need.get("step") or household.sort == "step")
            and (not need.get("newcomers") or household.is_newcomer)
        )

    def write_sections(self, household: Household, story: Story, worker: str, recommendation: str) -> dict[str, str]:
        """Write a whole assessment: its sections by code."""
        return {
            "analysis": self._analysis(household, story, worker, recommendation),
            "family-view": "\n\n".join(
                self._fill(self.chance.choice(need["family"]), household, child) for need, child in story.needs
            ),
            "child-view": "\n\n".join(self._child_view(household, story, child) for child in household.children),
            "needs": "\n".join(self._fill(need["need"], household, child) for need, child in story.needs),
        }

    def write_notes(self, household: Household) -> dict[str, str]:
        """Write the first notes of an assessment that is hardly begun."""
        return {"analysis": self._fill(self.words["still_to_write"], household, household.children[0])}

    def _analysis(self, household: Household, story: Story, worker: str, recommendation: str) -> str:
        first = household.children[0]
        opening = self._fill(self.chance.choice(self.words["opening"]), household, first, worker=worker)
        concerns = [self._fill(self.chance.choice(need["analysis"]), household, child) for need, child in story.needs]
        strengths = " ".join(
            self._fill(text, household, first) for text in self.chance.sample(self.words["strengths"], 2)
        )
        closing = self.chance.choice(self.words[ENDINGS[recommendation]])
        if recommendation != "child-in-need":
            closing = f"{self.chance.choice(self.words['safety'])} {closing}"
        return "\n\n".join([opening, *concerns, strengths, closing])

    def _child_view(self, household: Household, story: Story, child: Member) -> str:
        of_child = [need["child"] for need, concerned in story.needs if concerned is child]
        said = of_child[0]["older" if child.age >= 10 else "younger"] if of_child else ""
        if said and not (child.age < SPEAKS and QUOTED in said):
            return self._fill(said, household, child)
        if child.age < 0:
            return "The baby is not born yet."
        if child.age < SPEAKS:
            return f"{child.called} is too young to say; we saw a child settled when held and curious when put down."
        return f"{child.called} was seen alone, and spoke about friends, {self._setting(child)} and what is for tea."

    def _setting(self, child: Member) -> str:
        return self.school_names.get(child.school, "home")

    def _fill(self, text: str, household: Household, child: Member, *, worker: str = "") -> str:
        parent = household.carer.called
        source = self.chance.choice(self.words["sources"]).format(parent=parent)
        filled = text.format(
            child=child.called,
            parent=parent,
            setting=self._setting(child),
            worker=worker,
            source=source,
            visits=self.chance.choice(["three", "four", "five", "six"]),
        )
        return filled[0].upper() + filled[1:]
