"""The approved procedure that is running, to be read: its source, pathways, clauses with their steps, settings."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from handhold.protocol.deadlines import period_of
from handhold.protocol.definition import Begin, Limit, Stage, Step
from handhold.protocol.explaining.phrases import length
from handhold.protocol.pathways import Pathway, Protocol
from handhold.queries.naming import listed

EXCEPTIONS = {
    "declined": "the family declined",
    "not-possible": "it is not possible",
    "unsafe": "it would be unsafe",
    "not-applicable": "it does not apply",
}


@dataclass(frozen=True)
class StepExplained:
    """One step in words: what is done, by whom, within which limit, what it waits for, how it is excepted."""

    id: str
    title: str
    help: str
    who: str
    limit: str
    after: tuple[str, ...]
    exception: str
    reading: str
    clauses: tuple[str, ...]


@dataclass(frozen=True)
class StageExplained:
    """Steps that belong together."""

    title: str
    steps: tuple[StepExplained, ...]


@dataclass(frozen=True)
class PathwayExplained:
    """One pathway from beginning to end."""

    id: str
    title: str
    summary: str
    begins: str
    leads_to: str
    stages: tuple[StageExplained, ...]


@dataclass(frozen=True)
class StepOfClause:
    """A step that carries a clause out."""

    title: str
    pathway: str


@dataclass(frozen=True)
class ClauseExplained:
    """A statement of a source, what it asks for, the doubt and the reading built, and the steps that carry it out."""

    id: str
    section: str
    quotation: str
    means: str
    doubt: str
    steps: tuple[StepOfClause, ...]


@dataclass(frozen=True)
class SettingExplained:
    """A number that the council may change."""

    means: str
    period: str
    clauses: tuple[str, ...]


@dataclass(frozen=True)
class ProcedurePage:
    """What the council works by."""

    council: str
    title: str
    source: str
    status: str
    remark: str
    in_force: date
    version: str
    digest: str
    pathways: list[PathwayExplained]
    clauses: list[ClauseExplained]
    others: list[ClauseExplained]
    """Of law and of the house."""
    settings: list[SettingExplained]


def procedure_page(protocol: Protocol) -> ProcedurePage:
    """The procedure as it runs, with the live settings. No statement."""
    file, steps = protocol.file, _steps_by_clause(protocol)
    clauses = [_clause(protocol, name, steps) for name in protocol.clauses]
    return ProcedurePage(
        council=file.council,
        title=file.title,
        source=file.source.title,
        status=file.source.status,
        remark=file.source.remark,
        in_force=file.in_force,
        version=protocol.version,
        digest=protocol.digest[:12],
        pathways=[_pathway(protocol, pathway) for pathway in protocol.pathways.values()],
        clauses=[one for one in clauses if one.id in protocol.council_clauses],
        others=[one for one in clauses if one.id not in protocol.council_clauses],
        settings=[
            SettingExplained(setting.means, length(protocol, name), tuple(setting.clauses))
            for name, setting in file.settings.items()
        ],
    )


def _pathway(protocol: Protocol, pathway: Pathway) -> PathwayExplained:
    destinations = listed((one.called for one in pathway.file.destinations.values()), "or")
    return PathwayExplained(
        id=pathway.id,
        title=pathway.file.title,
        summary=pathway.file.summary.strip(),
        begins=_begins(protocol, pathway.file.begins),
        leads_to=destinations,
        stages=tuple(_stage(protocol, pathway, heading, stage) for heading, stage in pathway.headed_stages),
    )


def _begins(protocol: Protocol, begins: Begin | None) -> str:
    if begins is None or begins.from_involvement is None:
        return ""
    called = protocol.file.involvements[begins.from_involvement].lower()
    return f"From {called}, by {_who(protocol, begins.who)}."


def _stage(protocol: Protocol, pathway: Pathway, heading: str, stage: Stage) -> StageExplained:
    return StageExplained(heading, tuple(_step(protocol, pathway, step) for step in stage.steps))


def _step(protocol: Protocol, pathway: Pathway, step: Step) -> StepExplained:
    return StepExplained(
        id=step.id,
        title=step.title,
        help=step.help,
        who=_who(protocol, step.who),
        limit=_limit(protocol, pathway, step.within),
        after=tuple(pathway.steps[name].title for name in step.after),
        exception=_exception(protocol, step),
        reading=step.reading.strip(),
        clauses=tuple(step.clauses),
    )


def _who(protocol: Protocol, words: list[str]) -> str:
    """`the social worker responsible or the social worker's team manager`"""
    relations = {str(name): called for name, called in protocol.file.relations.items()}
    roles = {name: f"the {role.called}" for name, role in protocol.file.roles.items()}
    return listed(({**roles, **relations}.get(word, word) for word in words), "or")


def _limit(protocol: Protocol, pathway: Pathway, limit: Limit | None) -> str:
    if limit is None:
        return ""
    start = "the beginning of the transfer" if limit.of == "start" else f"“{pathway.steps[limit.of].title}”"
    return f"Within {period_of(protocol, limit.setting)} of {start}"


def _exception(protocol: Protocol, step: Step) -> str:
    if step.exception is None:
        return ""
    reasons = listed((EXCEPTIONS[kind] for kind in step.exception.kinds), "or")
    return f"If {reasons}, {_who(protocol, step.exception.decided_by)} decides."


def _steps_by_clause(protocol: Protocol) -> dict[str, list[StepOfClause]]:
    found: dict[str, list[StepOfClause]] = {}
    for pathway in protocol.pathways.values():
        for step, title in _steps_of(pathway):
            for clause in step.clauses:
                row = StepOfClause(step.title, title)
                if row not in found.setdefault(clause, []):
                    found[clause].append(row)
    return found


def _steps_of(pathway: Pathway) -> Iterator[tuple[Step, str]]:
    beside = pathway.at_any_moment.title if pathway.at_any_moment else pathway.file.title
    for step in pathway.steps.values():
        yield step, beside if step.id in pathway.beside else pathway.file.title


def _clause(protocol: Protocol, name: str, steps: dict[str, list[StepOfClause]]) -> ClauseExplained:
    clause = protocol.clauses[name]
    return ClauseExplained(
        id=clause.id,
        section=clause.section,
        quotation=clause.quotation.strip(),
        means=clause.means.strip(),
        doubt=clause.doubt.strip(),
        steps=tuple(steps.get(name, ())),
    )
