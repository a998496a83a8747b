"""The forms of a council and the statements of its source: the two parts of a protocol that are read as papers."""

from __future__ import annotations

from pydantic import Field

from handhold.protocol.definition import ClauseId, Name, Shape


class FormField(Shape):
    """One field of a form."""

    id: Name
    label: str
    hint: str = ""
    concept: Name = Field(description="what it is about; the same concept is carried from form to form")
    fills_from: list[Name] = Field(default_factory=list, description="where it is filled in from, first that is known")
    required: bool = True
    or_not_obtained: bool = Field(
        False, description="where it could not be obtained, why and what was tried stand in its place"
    )
    clauses: list[ClauseId] = Field(min_length=1)


class FormSection(Shape):
    """A section of a form; `word` is the word of completeness that it gives when no required field is empty."""

    id: Name
    title: str
    fields: list[FormField] = Field(min_length=1)


class FormFile(Shape):
    """One file of `forms/`."""

    id: Name
    title: str
    sections: list[FormSection] = Field(min_length=1)
    clauses: list[ClauseId] = Field(min_length=1)


class Clause(Shape):
    """One statement of a source."""

    id: ClauseId
    section: str
    quotation: str
    means: str
    doubt: str = ""


class ClauseFile(Shape):
    """`clauses.yaml`: every statement of one source."""

    source: str
    clauses: list[Clause] = Field(min_length=1)
