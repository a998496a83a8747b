"""Why an act was refused, for a page that asks one thing: all reasons, each with who can help and its source."""

from handhold.actions.refusals import ReasonNeeded, StepRefused
from handhold.casefiles.case import Case
from handhold.protocol.deciding import Reason
from handhold.web.clauses import words_of_clauses
from handhold.web.components import Missing

WORDS = {
    "run-over": "This transfer is over, so nothing more can be recorded on it.",
    "does-not-apply": "“{title}” is not asked for as things stand now.",
    "not-offered": "“{what}” cannot be chosen as things stand now.",
    "already-done": "“{title}” is done already. Nothing was recorded a second time.",
    "not-yours": "“{title}” is done by somebody else.",
    "own-work": "Nobody approves their own work.",
    "step-missing": "“{title}” has to be done first.",
    "word-missing": "Something that “{title}” asks for is missing.",
    "matter-open": "Something is open about a child of this household.",
    "no-consent": "The family's consent is not live.",
    "no-receiver": "Nobody has accepted to take over yet.",
}
OTHERWISE = "“{title}” cannot be recorded now."


def reasons_of(refused: StepRefused | ReasonNeeded) -> list[Missing]:
    """Everything that is missing, in the protocol's order."""
    case = refused.opened.case
    if isinstance(refused, ReasonNeeded):
        return [Missing(what="A reason has to be written.", who=whose(case, refused.needs.who))]
    return [_missing(case, reason) for reason in refused.reasons]


def _missing(case: Case, reason: Reason) -> Missing:
    title = case.pathway.steps[reason.step].title
    clauses = words_of_clauses(case.protocol, reason.clauses)
    return Missing(
        what=WORDS.get(reason.problem, OTHERWISE).format(title=title, what=reason.what),
        who=whose(case, reason.who),
        clause=clauses[0] if clauses else None,
    )


def whose(case: Case, who: tuple[str, ...]) -> str:
    """The relations and roles named, in the protocol's words."""
    file = case.protocol.file
    called = [file.roles[one].called if one in file.roles else file.relations.get(one, one) for one in who]  # type: ignore[call-overload]
    return " or ".join(dict.fromkeys(called)) or "nobody, as things stand now"
