"""Why an act was refused, for a page that asks one thing: all reasons, each with who can help and its source."""

from handhold.actions.refusals import ReasonNeeded, StepRefused
from handhold.queries.gaps import find_gaps
from handhold.queries.whose_move import WhosWho
from handhold.web.components import Missing
from handhold.web.transfers.shown import missing_of


def reasons_of(refused: StepRefused | ReasonNeeded) -> list[Missing]:
    """Everything that is missing, in the protocol's order."""
    case, whos = refused.opened.case, WhosWho(refused.opened)
    if isinstance(refused, ReasonNeeded):
        return [Missing(what="A reason has to be written.", who=whos.named(refused.needs.who))]
    return list(missing_of(case.run.ref, find_gaps(refused.opened, refused.reasons, whos), case.protocol))
