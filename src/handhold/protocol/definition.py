"""The language in which a council's procedure is written: what a protocol, a pathway, a step and an outcome are.

Only shapes belong here. Reading files is `loading`, finding mistakes that need the whole protocol is `checking`, and
what the words do is `deciding` and `applying`. Every word that an author may use is one of the closed vocabularies
below; each field carries its description, from which the editors' schema and the authors' guide are made.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

Name = Annotated[str, Field(pattern=r"^[a-z][a-z0-9]*(-[a-z0-9]+)*$")]
ClauseId = Annotated[str, Field(pattern=r"^[A-Z]+[0-9]+$")]

Kind = Literal[
    "acceptance",
    "allocation",
    "assessment",
    "closure",
    "concern",
    "consent",
    "conversation",
    "decision",
    "document-shared",
    "event",
    "form-section",
    "letter",
    "meeting",
    "next-action",
    "notice",
    "plan",
    "professional-relationship",
    "queue",
    "registration",
    "request",
    "visit",
]
"""What sort of thing a step records; it decides which page asks for it and which record keeps it."""

Duration = Literal["working-days", "calendar-days", "calendar-months", "minutes"]

Unit = Literal["working-days", "calendar-days", "calendar-months", "minutes", "times", "yes-or-no"]
"""What a setting is counted in: a length of time for limits, how often for rounds, or nothing where it is a choice."""

InvolvementKind = Literal[
    "care",
    "child-protection",
    "child-in-need",
    "assessment",
    "pathways",
    "early-help",
    "single-agency",
    "early-help-offer",
    "duty-offer",
    "referral",
]
"""What a child can be in. Where the main contact's involvement ends, the first of those still open takes its place."""

InvolvementWord = InvolvementKind | Literal["origin"]
"""An involvement, or `origin`: the one from which the run comes."""

Matter = Literal[
    "concern-undecided", "strategy-discussion-open", "section-47-open", "assessment-unfinished", "protection-plan"
]
"""What can be open about any child of the household and stops every closure until it is settled."""

ExceptionKind = Literal["declined", "not-possible", "unsafe", "not-applicable"]

ReceiverState = Literal["none", "asked", "accepted"]
ConsentState = Literal["none", "live", "not-live"]

Situation = Literal["returned-soon", "turned-18", "turned-21", "turned-25"]
"""What the records say about the run's children and no step of the run brings about."""

Direction = Literal["down", "up", "beside"]
"""Away from social work, towards it, or neither: a run beside what is open, which moves nobody by itself."""

Relation = Literal["responsible-worker", "responsible-manager", "receiver", "stand-in"]
"""A person as the run sees them. `stand-in` is whom the protocol names for a receiver who leaves."""

Word = Literal[
    "outstanding-need",
    "action-beyond-monitoring",
    "assessment-completed-or-read",
    "family-attended",
    "worker-attended",
    "receiver-attended",
    "everyone-told",
    "plan-or-where-it-is",
    "lead-named",
    "letter-for-this-age",
    "practitioner-chosen",
    "date-agreed",
    "whose-consent",
    "sharing-agreed",
    "wish-recorded",
    "need-and-plan-shared",
    "everyone-answered",
    "plan-agreed-there",
    "consent-confirmed",
    "smart-plan",
    "several-agencies",
    "work-summarised",
    "candidate-from-known-agency",
    "conversation-partner",
    "section-complete",
    "documents-in-pack",
    "documents-acknowledged",
    "agencies-told",
    "letter-to-each-carer",
    "letter-to-each-agency",
    "letter-kept",
    "date-not-too-soon",
]
"""The named words of completeness: what a record must hold before its step counts. `casefiles` sees each."""


class Shape(BaseModel):
    """Base of every part of a protocol: read strictly, never changed afterwards."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class Condition(Shape):
    """When something applies. Every key that is given must hold; there is no expression language."""

    destination: list[Name] | None = Field(None, description="the destination chosen is one of these")
    outcome: dict[Name, list[Name]] | None = Field(None, description="each step named stands at one of these outcomes")
    not_outcome: dict[Name, list[Name]] | None = Field(
        None, description="no step named stands at one of these outcomes"
    )
    excepted: list[Name] | None = Field(None, description="each step named was excepted")
    round_at_least: dict[Name, int | Name] | None = Field(
        None, description="each step named has come to this round: a number, or the setting that holds it"
    )
    late: list[Name] | None = Field(None, description="the limit of each step named has passed without it being done")
    receiver: list[ReceiverState] | None = Field(None, description="the receiver is in one of these states")
    matter: Matter | None = Field(None, description="this is open about a child of the household")
    involvement_open: InvolvementWord | None = Field(
        None, description="a child (of a step for each, that child) has this open"
    )
    involvement_not_open: InvolvementWord | None = Field(None, description="no child (or not that child) has it open")
    known: list[Situation] | None = Field(None, description="the records say all of this about the run's children")
    not_known: list[Situation] | None = Field(None, description="the records say nothing of this about them")
    chosen: list[Name] | None = Field(None, description="the council has chosen yes for each of these settings")
    not_chosen: list[Name] | None = Field(None, description="the council has chosen no for each of these settings")
    some_child_still_open: bool | None = Field(None, description="a child of the run has no outcome yet (or none has)")
    any_of: list[Condition] | None = Field(None, description="at least one of these holds")


class Effect(Shape):
    """One thing that an outcome brings about: one key, with `to` beside it where somebody becomes accountable."""

    open: InvolvementWord | None = Field(None, description="open this involvement; `to` becomes accountable")
    close: InvolvementWord | Literal["every"] | None = Field(None, description="close this involvement, or every one")
    allocate: InvolvementWord | None = Field(None, description="make `to` accountable for this involvement")
    reallocate_from: Relation | None = Field(None, description="all that this person is accountable for passes to `to`")
    to: Name | None = Field(None, description="who becomes accountable: a relation, or a role that takes on by office")
    main_contact: InvolvementWord | None = Field(None, description="who is accountable for this becomes main contact")
    destination: Name | None = Field(None, description="the destination chosen")
    consent: ConsentState | None = Field(None, description="consent to the support stands so from here on")
    receiver: ReceiverState | None = Field(None, description="the receiver stands so from here on")
    put_in_queue: Name | None = Field(None, description="put the run into this queue")
    take_from_queue: Name | None = Field(None, description="take the run out of this queue")
    put_on_meeting: Name | None = Field(None, description="put the run on the next meeting of this series")
    open_form: Name | None = Field(None, description="open this form")
    start_run: Name | None = Field(None, description="a run of this pathway begins for the same children")
    open_matter: Matter | None = Field(None, description="this is now open about the household")
    settle_matter: Matter | None = Field(None, description="this is settled")
    end_child: Name | None = Field(None, description="the child's outcome in this run")
    end_run: Name | None = Field(None, description="the run ends so; a child without outcome keeps it too")

    def word(self) -> str:
        """The one effect word that is set (`to` belongs to it and does not count)."""
        return self.first_word

    @cached_property
    def first_word(self) -> str:
        """The first effect word that is set; the only one in a protocol without faults."""
        return self.words()[0]

    def words(self) -> list[str]:
        """All effect words that are set; a checker refuses any number but one."""
        return [name for name in type(self).model_fields if name != "to" and getattr(self, name) is not None]


class Outcome(Shape):
    """One way in which a step can come out."""

    called: str = Field(description="in plain words, as it stands on the button")
    who: list[Name] | None = Field(None, description="who may record this outcome, where fewer than the step's own")
    when: Condition | None = Field(None, description="offered only while this holds")
    allocates: list[Name] = Field(default_factory=list, description="roles one of which whoever is chosen must hold")
    forbidden: str = Field("", description="a choice that is forbidden: why, and what to choose instead")
    done: bool = Field(True, description="the step counts as done; `false` leaves it to do in a new round")
    needs_reason: bool = Field(False, description="a reason must be written")
    no_choice: bool = Field(
        False,
        description="an ending that nobody chooses (death, a move, age, a wrong record): no gate stands before it",
    )
    by_itself: bool = Field(
        False,
        description="keeping time records it as soon as it may be, by nobody's hand; nothing is asked but a letter",
    )
    asks: list[Word] = Field(default_factory=list, description="what the record must hold, beside what the step asks")
    effects: list[Effect] = Field(default_factory=list, description="what it brings about, in this order")
    voids: list[Name] = Field(default_factory=list, description="steps that must be done again after it")


class Limit(Shape):
    """How long something may take, from which event."""

    setting: Name = Field(description="the setting that holds number and unit")
    of: Name = Field(description="the step whose record starts it, or `start` for the start of the run")
    until: Name | None = Field(None, description="runs on until this step is done, also when its own step is")


class ExceptionRule(Shape):
    """How a practice gate can be excepted: for which reasons, and who decides (never who asks)."""

    kinds: list[ExceptionKind] = Field(min_length=1)
    decided_by: list[Name] = Field(min_length=1)


class Step(Shape):
    """One thing to be done in a pathway."""

    id: Name
    title: str = Field(description="what to do, beginning with a verb")
    kind: Kind
    who: list[Name] = Field(min_length=1, description="relations to the run, or roles of the protocol")
    per: Literal["run", "child"] = Field("run", description="once for the run, or once for each child in it")
    only_from: list[InvolvementKind] | None = Field(
        None, description="stands only in the variants from these involvements"
    )
    only_in: list[Direction] | None = Field(
        None, description="of what can happen at any moment: stands only in pathways of these directions"
    )
    when: Condition | None = Field(None, description="the step applies only while this holds")
    after: list[Name] = Field(
        default_factory=list, description="steps that must be done, excepted or not apply before it"
    )
    within: Limit | None = Field(None, description="its own limit; without one the pathway's limit holds")
    not_before: Limit | None = Field(None, description="its least time: it cannot be done sooner after that event")
    every: Limit | None = Field(
        None, description="falls due again so long after each record of it, the first time after that event"
    )
    asks: list[Word] = Field(default_factory=list, description="what the record must hold for the step to count")
    outcomes: dict[Name, Outcome] = Field(min_length=1)
    repeats: bool = Field(False, description="may be recorded again after it is done; what it voids is done again")
    optional: bool = Field(False, description="may be done and need not: it waits for nobody and has no limit")
    exception: ExceptionRule | None = Field(None, description="how the gate can be excepted; without it, it is hard")
    not_by_author_of: list[Name] = Field(default_factory=list, description="not by who recorded these steps")
    fills_from: list[Name] = Field(default_factory=list, description="where its fields are filled in from")
    form: Name | None = Field(None, description="the form whose section this step fills in")
    letter: Name | None = Field(None, description="the letter that this step writes")
    help: str = Field("", description="a sentence or two for the person who does it")
    reading: str = Field("", description="how a doubt in the source was read here")
    clauses: list[ClauseId] = Field(min_length=1)


class Stage(Shape):
    """Steps that belong together on the page. The order is for readers; only `after` holds anything back."""

    title: str
    steps: list[Step] = Field(min_length=1)


class FallsDue(Shape):
    """A run that is owed when a young person comes to an age, whether anybody thinks of it or not."""

    age: int = Field(ge=1, le=25)
    ahead: Name = Field(description="setting: so long before that birthday it falls due")


class Begin(Shape):
    """How a run of the pathway begins: from an involvement that is open, or by opening one."""

    from_involvement: InvolvementKind | None = Field(None, description="left out where `variants` say it, or `opens`")
    opens: InvolvementKind | None = Field(
        None, description="the involvement that the beginning opens; who begins becomes accountable for it"
    )
    who: list[Name] = Field(default_factory=list, description="who may begin it; nobody where another run starts it")
    falls_due: FallsDue | None = Field(None, description="by when it is owed, where an age makes it so")
    after_step_of_record: Name | None = Field(
        None, description="step taken as done at the start where the record has it"
    )
    clauses: list[ClauseId] = Field(min_length=1)


class Destination(Shape):
    """Where a run can lead."""

    called: str
    early_help: bool = Field(
        description="whether early help follows, so that consent and an outstanding need are asked"
    )
    clauses: list[ClauseId] = Field(min_length=1)


class Variant(Shape):
    """One pathway of a file that is written once for several involvements."""

    id: Name
    title: str
    from_involvement: InvolvementKind


class PathwayFile(Shape):
    """One file of `pathways/`."""

    id: Name
    title: str
    summary: str
    direction: Direction
    begins: Begin | None = None
    variants: list[Variant] = Field(
        default_factory=list, description="the pathways that this file is for, each by name"
    )
    destinations: dict[Name, Destination] = Field(default_factory=dict)
    limit: Limit | None = Field(None, description="by when the whole run is done; steps without a limit have this one")
    limit_goes_to: list[Name] = Field(default_factory=list, description="whom to tell when a limit passes")
    stages: list[Stage] = Field(min_length=1)
    clauses: list[ClauseId] = Field(default_factory=list)

    def steps(self) -> Iterator[Step]:
        """All steps, in the order of the file."""
        for stage in self.stages:
            yield from stage.steps


Condition.model_rebuild()
