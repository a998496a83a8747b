"""The form of a plan: as many needs and actions as are wanted, added and emptied by buttons, without JavaScript.

Needs and actions are numbered in the names of their fields; a need or an action left empty is no part of the plan.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from django import forms

from handhold.casefiles import contents
from handhold.queries.plans import ActionLine, NeedLine, PlanText
from handhold.web.forms.date_field import DateField
from handhold.web.forms.fields import CheckboxesField, Choice, LongTextField, TextField
from handhold.web.steps.step_form import StepForm

FIRST_FIELD = re.compile(r"need-(\d+)-action-(\d+)-what")
MOST_NEEDS, MOST_ACTIONS = 30, 20
YES = "yes"


class PlanForm(StepForm):
    """A plan, whole. `shape` holds the number of actions of each need."""

    keeps_version = True
    asks_when = False
    content_class = contents.PlanContent
    fields_of_words = {"outstanding-need": "need-1-text", "action-beyond-monitoring": "need-1-action-1-what"}

    def __init__(self, data: Mapping[str, Any] | None = None, *, shape: list[int], **rest: Any) -> None:
        self.shape = shape
        super().__init__(data, **rest)

    def own_fields(self) -> dict[str, forms.Field]:
        """The fields of every need and action."""
        found: dict[str, forms.Field] = {}
        for need, actions in enumerate(self.shape, start=1):
            found |= need_fields(need)
            for action in range(1, actions + 1):
                found |= action_fields(need, action)
        return found

    def asked_for(self) -> set[str]:
        """A plan says of each need and action all that makes it one that can be worked to."""
        return {name for name in self.fields if name.startswith("need-")}

    def field_for(self, word: str, outcome: str) -> str:
        """The first box of an action that was left empty; for a second agency, who does the last one."""
        match word:
            case "smart-plan":
                return next(self._left_empty(), "need-1-action-1-measured")
            case "several-agencies":
                return f"need-{len(self.shape)}-action-{self.shape[-1]}-whom"
        return super().field_for(word, outcome)

    def clean(self) -> dict[str, Any]:
        """An action belongs to a need; what is said of an action belongs to what is to be done."""
        for need, actions in enumerate(self.shape, start=1):
            written = [action for action in range(1, actions + 1) if self._is_written(need, action)]
            if written and not self._text(f"need-{need}-text"):
                self.add_error(f"need-{need}-text", "Write the need that these actions answer")
            for action in written:
                if not self._text(f"need-{need}-action-{action}-what"):
                    self.add_error(f"need-{need}-action-{action}-what", "Write what is to be done")
        return self.cleaned_data

    def own_words(self) -> dict[str, Any]:
        """The needs that are written, each with the actions that are."""
        needs = (self._need(need, actions) for need, actions in enumerate(self.shape, start=1))
        version = int(self.version) if self.version.isdigit() else 0
        return {"needs": tuple(need for need in needs if need.text), "edited_revision": version}

    def _need(self, need: int, actions: int) -> contents.PlannedNeed:
        written = tuple(
            self._action(need, action) for action in range(1, actions + 1) if self._is_written(need, action)
        )
        goes_on = YES in self.cleaned_data.get(f"need-{need}-outstanding", ())
        return contents.PlannedNeed(self._text(f"need-{need}-text"), goes_on, written)

    def _action(self, need: int, action: int) -> contents.PlannedAction:
        start = f"need-{need}-action-{action}"
        return contents.PlannedAction(
            what=self._text(f"{start}-what"),
            measured_by=self._text(f"{start}-measured"),
            by_whom=self._text(f"{start}-whom"),
            by_date=self.cleaned_data.get(f"{start}-by"),
            only_monitors=YES in self.cleaned_data.get(f"{start}-monitors", ()),
        )

    def _is_written(self, need: int, action: int) -> bool:
        start = f"need-{need}-action-{action}"
        texts = any(self._text(f"{start}-{part}") for part in ("what", "measured", "whom"))
        return texts or self.cleaned_data.get(f"{start}-by") is not None

    def _left_empty(self) -> Iterator[str]:
        """What is not said of the actions that are written: how it is measured, who does it, by when."""
        for need, actions in enumerate(self.shape, start=1):
            for action in range(1, actions + 1):
                if self._is_written(need, action):
                    boxes = (f"need-{need}-action-{action}-{part}" for part in ("measured", "whom", "by"))
                    yield from (box for box in boxes if not self._text(box))

    def _text(self, name: str) -> str:
        return str(getattr(self, "cleaned_data", {}).get(name) or "").strip()


def need_fields(need: int) -> dict[str, forms.Field]:
    """What is asked of a need."""
    return {
        f"need-{need}-text": LongTextField("What is the need?", called=f"Need {need}", max_length=2000, rows=3),
        f"need-{need}-outstanding": CheckboxesField(
            "Does it go on?", [Choice(YES, "It goes on, and support is still needed")], initial=[YES]
        ),
    }


def action_fields(need: int, action: int) -> dict[str, forms.Field]:
    """What is asked of an action."""
    start = f"need-{need}-action-{action}"
    return {
        f"{start}-what": LongTextField("What is to be done?", called="The action", max_length=2000, rows=2),
        f"{start}-measured": TextField(
            "How will everybody tell that it worked?", called="How it is measured", max_length=500
        ),
        f"{start}-whom": TextField("Who does it?", called="Who does it"),
        f"{start}-by": DateField("By when?", called="The date"),
        f"{start}-monitors": CheckboxesField(
            "Does it help?", [Choice(YES, "This only watches or reviews", hint="Such an action alone is not enough.")]
        ),
    }


def shape_of_data(data: Mapping[str, Any]) -> list[int]:
    """The number of actions of each need, as the form was sent."""
    counts: dict[int, int] = {}
    for name in data:
        if found := FIRST_FIELD.fullmatch(name):
            need, action = int(found[1]), int(found[2])
            if 1 <= need <= MOST_NEEDS and 1 <= action <= MOST_ACTIONS:
                counts[need] = max(counts.get(need, 0), action)
    return [counts.get(need, 1) for need in range(1, max(counts, default=1) + 1)]


def shape_of_plan(plan: PlanText) -> list[int]:
    """The same for a plan on record; one empty need for none."""
    return [max(len(need.actions), 1) for need in plan.needs] or [1]


def add_to_shape(shape: list[int], wanted: str) -> list[int]:
    """The shape with another need (`need`), or another action of a need (`action-2`)."""
    if wanted == "need" and len(shape) < MOST_NEEDS:
        return [*shape, 1]
    number = wanted.removeprefix("action-")
    place = int(number) - 1 if number.isdigit() else -1
    return [count + (at == place and count < MOST_ACTIONS) for at, count in enumerate(shape)]


def initial_of_plan(plan: PlanText) -> dict[str, Any]:
    """What stands in the fields for a plan on record."""
    found: dict[str, Any] = {"version": str(plan.number)}
    for number, need in enumerate(plan.needs, start=1):
        found |= _initial_of_need(number, need)
    return found


def _initial_of_need(number: int, need: NeedLine) -> dict[str, Any]:
    found: dict[str, Any] = {
        f"need-{number}-text": need.text,
        f"need-{number}-outstanding": [YES] if need.outstanding else [],
    }
    for place, action in enumerate(need.actions, start=1):
        found |= _initial_of_action(f"need-{number}-action-{place}", action)
    return found


def _initial_of_action(start: str, action: ActionLine) -> dict[str, Any]:
    return {
        f"{start}-what": action.what,
        f"{start}-measured": action.measured_by,
        f"{start}-whom": action.by_whom,
        f"{start}-by": action.by_date,
        f"{start}-monitors": [YES] if action.only_monitors else [],
    }
