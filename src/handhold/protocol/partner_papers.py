"""What partners send in while they lead early help: who registers it here, what sorts there are, by when each is due.

One file of a version's folder, `partner-papers.yaml`; a council that receives no such papers has none.
"""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from handhold.protocol.definition import ClauseId, Name, Shape

PAPERS_FILE = "partner-papers.yaml"

PaperKind = Literal["early-help-assessment", "team-meeting-record"]
"""The sorts of paper that the records know; what each is called is the council's."""


class PaperRule(Shape):
    """One sort of paper that partners send in."""

    called: str
    due: Name = Field(description="setting: how long after early help under a partner began, or after the last one")
    every: bool = Field(False, description="falls due again after each one, as long as the partner leads")
    recorded_as: list[Name] = Field(
        default_factory=list,
        description="steps that the paper counts as: the first that is to be done is recorded once it is registered",
    )
    then_recorded: Name | None = Field(None, description="the step that says it is registered, recorded after that")
    clauses: list[ClauseId] = Field(min_length=1)


class PapersFile(Shape):
    """`partner-papers.yaml`."""

    received_by: list[Name] = Field(min_length=1, description="roles that match and register what was sent in")
    queue: Name = Field(description="the queue in which it waits for them")
    chased_by: list[Name] = Field(min_length=1, description="roles told of what is late, after the one who leads")
    kinds: dict[PaperKind, PaperRule] = Field(min_length=1)
    clauses: list[ClauseId] = Field(min_length=1)
