"""What all pathways of one council share: `protocol.yaml`, with its roles, queues, meetings, numbers and rules.

Only shapes belong here, as in `definition`, whose words it uses.
"""

from __future__ import annotations

from datetime import date, time
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field, Strict, model_validator
from pydantic_core import PydanticCustomError

from handhold.protocol.definition import ClauseId, InvolvementKind, Name, Relation, Shape, Unit


def _number_or_choice(written: object) -> object:
    """What a setting can hold, true and false too; refused in one sentence where it is neither."""
    if isinstance(written, int) and written < 0:
        raise PydanticCustomError("greater_than_equal", "a number of 0 or more should stand here")
    if isinstance(written, int):
        return written
    raise PydanticCustomError("setting", "a whole number should stand here, or true or false")


class Setting(Shape):
    """A number, or a yes or no, that a council may change without a new version of its procedure."""

    value: Annotated[int | bool, BeforeValidator(_number_or_choice)] = Field(
        description="a whole number; `true` or `false` where the unit is `yes-or-no`"
    )
    unit: Unit
    means: str
    clauses: list[ClauseId] = Field(min_length=1)

    @model_validator(mode="after")
    def _is_of_its_unit(self) -> Setting:
        if isinstance(self.value, bool) != self.is_choice:
            raise PydanticCustomError("setting", "yes-or-no goes with true or false, every other unit with a number")
        return self

    @property
    def is_choice(self) -> bool:
        """Whether it is a yes or no."""
        return self.unit == "yes-or-no"


class Role(Shape):
    """A role that the procedure names. It is bound to people or posts before the protocol goes live."""

    called: str
    outside_council: bool = Field(False, description="of another agency: nothing may depend on its answering")
    clauses: list[ClauseId] = Field(default_factory=list)


class QueueRule(Shape):
    """A list from which a team takes its work."""

    called: str
    also_called: list[str] = Field(default_factory=list)
    looked_after_by: Name
    clauses: list[ClauseId] = Field(min_length=1)


class MeetingRule(Shape):
    """A meeting that sits at regular times."""

    called: str
    chaired_by: Name
    members: list[Name] = Field(default_factory=list, description="roles that sit on it and see what is put on it")
    clauses: list[ClauseId] = Field(min_length=1)


class PhoneNumber(Shape):
    """A telephone number that stands first on the page that reports a concern."""

    called: str
    number: str
    when: str


class Procedures(Shape):
    """The partnership's own safeguarding procedures, to which the page that reports a concern leads (L6)."""

    called: str
    address: str = Field(pattern=r"^https://[^\s<>\"]+$")


class ConcernRule(Shape):
    """How a safeguarding concern is received: whom to ring, who decides, after how long somebody else is told."""

    numbers: list[PhoneNumber] = Field(min_length=1)
    procedures: Procedures | None = Field(None, description="the partnership's safeguarding procedures, to be read")
    received_by: list[Name] = Field(min_length=1)
    accountable: Name
    if_about_them: list[Name] = Field(
        default_factory=list, description="roles that receive it too where it is about somebody who would receive it"
    )
    decisions: dict[Name, str] = Field(description="what can be decided where no transfer of the family is on its way")
    not_received_after: Name = Field(description="setting: after this the sender is told to ring")
    clauses: list[ClauseId] = Field(min_length=1)


class ReminderRule(Shape):
    """What is said as time alone passes: to whose move it is, then to somebody above them by name."""

    ahead: Name = Field(description="setting: so long before a limit passes, those whose move it is are reminded")
    escalated_after: Name = Field(description="setting: so long after it has passed, `limit_goes_to` is told")
    then_to: list[Name] = Field(
        min_length=1, description="roles that are told where `limit_goes_to` is not there, or it is their own move"
    )
    clauses: list[ClauseId] = Field(min_length=1)


class Source(Shape):
    """Which approved text is carried out."""

    title: str
    status: str
    remark: str = ""


class ProtocolFile(Shape):
    """`protocol.yaml`: what all pathways of one council share."""

    authority: Name
    council: str
    title: str
    in_force: Annotated[date, Strict(False)]
    source: Source
    office_opens: Annotated[time, Strict(False)]
    office_closes: Annotated[time, Strict(False)]
    roles: dict[Name, Role]
    relations: dict[Relation, str] = Field(description="what each relation is called here")
    stand_ins: dict[Name, Name] = Field(description="who takes over, by role, from a person of this role who leaves")
    sight: dict[Literal["transfer", "index"], list[Name]] = Field(
        description="roles that see every transfer and family; roles that see that a child is known, and whom to ring"
    )
    involvements: dict[InvolvementKind, str]
    queues: dict[Name, QueueRule]
    meetings: dict[Name, MeetingRule]
    settings: dict[Name, Setting]
    concern: ConcernRule
    reminders: ReminderRule | None = Field(
        None, description="without it nobody is reminded ahead, and `limit_goes_to` is told as soon as a limit passes"
    )
    returns_within: Name | None = Field(
        None, description="setting: a child who was stepped down from a plan no longer ago than this has returned soon"
    )
    not_seen_after: Name | None = Field(
        None, description="setting: a child whom nobody has seen for so long stands in their responsible worker's list"
    )
    long_absence: Name | None = Field(
        None, description="setting: who is away for so long has their work reallocated, or their manager says why not"
    )
    voices: dict[str, str] = Field(default_factory=dict, description="other words that pages take from here")
