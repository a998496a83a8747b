"""Who may have which papers and words of a family: what an assessment says, letters, packs, notes of consent (Y4, Y9).

The council's side has them all. Whoever takes the family on has those of their own transfer, while the family agrees.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import Exists, Q, QuerySet

from handhold.access.families import (
    Sighted,
    access_child_to_read,
    families_with_papers,
    has_a_part,
    sight_of,
    taken_on,
)
from handhold.access.transfers import NotHere, Opened, access_transfer_to_read
from handhold.casefiles.case import Case, load_cases
from handhold.casefiles.joined import standing
from handhold.casefiles.papers import SharedSections, find_shared_sections
from handhold.casefiles.protocols import part_readable
from handhold.documents import Audience
from handhold.records.models import (
    Agency,
    Allocation,
    Consent,
    Document,
    Family,
    Involvement,
    Practitioner,
    Run,
    StepRecord,
)

UNSAFE = "unsafe"
"""The kind of exception whose reason only the council's side reads."""
NOT_AGREED = (
    "The family has not agreed to share this with you, or has taken it back. "
    "Ring the worker who is responsible if you need it."
)


@dataclass(frozen=True)
class Reading:
    """What somebody may read of the papers of one family: the whole of it, or those of some transfers."""

    whole: bool
    papers: frozenset[int] = frozenset()
    """Ids of the transfers of which they read assessment, documents and notes."""
    plans: frozenset[int] = frozenset()
    """Ids of the transfers of which they read the plan."""
    runs: frozenset[int] = frozenset()
    """Ids of the transfers in which they have a part: what happened in those they see."""
    by: int = 0
    """The id of whoever reads: what they did themself they have always."""
    of_council: bool = True
    sections: Mapping[int, SharedSections] = field(default_factory=dict)
    """By the id of an assessment: which of its sections they have, where not all."""

    def has_section(self, assessment_id: int, code: str) -> bool:
        """Whether they have a section of an assessment that they read."""
        return self.whole or self.sections.get(assessment_id, SharedSections(is_whole=True)).has(code)

    def sees_what_happened(self, run_id: int | None, by_id: int) -> bool:
        """Whether they read what was noted of a visit, a meeting, a conversation: of their transfers, and their own."""
        return self.whole or run_id in self.runs or by_id == self.by

    def knows_of_visit(self, run_id: int | None, by_id: int) -> bool:
        """Whether they see that there was a visit and who was seen: all for the council's people."""
        return self.of_council or self.sees_what_happened(run_id, by_id)

    @property
    def why_nothing(self) -> str:
        """What a page says in the place of papers; empty for who has some."""
        return "" if self.whole or self.papers else NOT_AGREED

    def has_note_of(self, answer: Consent) -> bool:
        """Whether they read what was noted when the family answered; `step_record` is loaded."""
        return self.whole or (answer.step_record is not None and answer.step_record.run_id in self.papers)


def is_council_side(opened: Opened) -> bool:
    """Whether this person has it from the council's end: of its staff, and not the one who takes the family on.

    Who takes a family on into social work has all of it.
    """
    goes_up = opened.case.pathway.file.direction == "up"
    return _is_of_council(opened.by) and (goes_up or "receiver" not in opened.words)


def access_inspection_to_read(ref: str, *, by: Practitioner, now: datetime) -> Opened:
    """A transfer for who may look back at the whole of it: the council's side, where they have its papers too.

    Raises NotHere.
    """
    opened = access_transfer_to_read(ref, by=by, now=now)
    if not inspects(opened):
        raise NotHere
    return opened


def inspects(opened: Opened) -> bool:
    """Whether they may have the whole of the transfer on one page, with why something was unsafe.

    It holds what the papers hold: not for who only hears it at a meeting, or has only to settle something of it.
    """
    return is_council_side(opened) and opened.sees("transfer") and opened.sees("pack")


def audience_of(opened: Opened) -> Audience | None:
    """How much of the pack somebody may have now; None for nothing at all.

    The whole of it for the council's side, and for the receiver once they have accepted and while the family agrees
    (Y4). Whoever was asked sees need, agencies and plan (Y16), and nothing once the family has said no (Y9); whoever
    answers for a child's early help keeps the plan until it is decided what a no means.
    """
    if reads_papers(opened):
        return "after-acceptance"
    return "before-acceptance" if reads_plan(opened) else None


def may_have_family_letter(opened: Opened) -> bool:
    """Whether this person can print the family's letter: the council's side, once somebody has accepted."""
    accepted = opened.case.observed.facts.receiver == "accepted"
    return accepted and is_council_side(opened) and opened.sees("pack")


def reads_papers(opened: Opened) -> bool:
    """Whether they may have the documents of this transfer and its whole pack."""
    return opened.sees("pack") and reads_assessment(opened)


def reads_assessment(opened: Opened) -> bool:
    """Whether they may read what the assessment of this transfer says, and what was noted when the family answered."""
    return is_council_side(opened) or (opened.sees("pack") and _agreed_for(opened.case, opened.by))


def sections_for(opened: Opened) -> SharedSections:
    """Which sections of the assessment they have: all for the council's side, else what was shared (L22)."""
    return SharedSections(is_whole=True) if is_council_side(opened) else find_shared_sections(opened.case)


def reads_plan(opened: Opened) -> bool:
    """Whether they may read the plan of this transfer."""
    if is_council_side(opened):
        return opened.sees("transfer") or opened.case.observed.facts.consent == "live"
    return opened.case.observed.facts.consent == "live" or _answers_for_early_help(opened.case, opened.by)


def find_withheld(opened: Opened) -> frozenset[int]:
    """Ids of the records whose reason this person does not read: why it is unsafe, and what a family has not shared."""
    if is_council_side(opened):
        return frozenset()
    steps, agreed = opened.case.pathway.steps, reads_assessment(opened)
    before = (one for written in opened.case.corrections.values() for one in written)
    records = [*opened.case.records, *opened.case.stand.taken_back, *before]
    answers = () if agreed else (one.pk for one in records if steps[one.step].kind == "consent")
    return find_unsafe(records) | frozenset(answers)


def find_unsafe(records: Iterable[StepRecord]) -> frozenset[int]:
    """Ids of those that ask for an exception because it would not be safe, and of those that decide on one.

    Where that was said by a correction, also of what was decided before it: nobody can say which of its words tell why.
    """
    found: set[int] = set()
    asked: dict[tuple[int, str, int | None], str] = {}
    exceptions = [one for one in sorted(records, key=lambda record: record.pk) if one.act != StepRecord.Act.RECORDED]
    corrected = {_slot(one) for one in exceptions if one.exception_kind == UNSAFE and one.corrects_id}
    for one in exceptions:
        if one.act == StepRecord.Act.EXCEPTION_ASKED:
            asked[_slot(one)] = one.exception_kind
        if asked.get(_slot(one)) == UNSAFE or _slot(one) in corrected:
            found.add(one.pk)
    return frozenset(found)


def _slot(record: StepRecord) -> tuple[int, str, int | None]:
    return (record.run_id, record.step, record.child_id)


def reading_of(sight: Sighted, family: Family) -> Reading:
    """What somebody reads of a family that they see. No statement more for the council's side than one."""
    if sight.sees_all or (sight.is_of_council and not _was_taken_on(sight, family)):
        return Reading(whole=True)
    own_runs = list(runs_of_their_own(sight).filter(family=family))
    readable, _ = part_readable(own_runs)
    cases = load_cases(readable, sight.now)
    papers = frozenset(case.run.pk for case in cases if _agreed_for(case, sight.by))
    plans = (case.run.pk for case in cases if _answers_for_early_help(case, sight.by))
    own = (case for case in cases if case.run.pk in papers and case.run.assessment_id)
    sections = {case.run.assessment_id: find_shared_sections(case) for case in own if case.run.assessment_id}
    return Reading(
        whole=False,
        papers=papers,
        plans=papers.union(plans),
        runs=frozenset(run.pk for run in own_runs),
        by=sight.by.pk,
        of_council=sight.is_of_council,
        sections=sections,
    )


def visits_known(sight: Sighted) -> Q:
    """Of the visits on which children of a family in sight were seen (`VisitChild`), those that somebody knows of.

    All for the council's people; for a partner those of their own transfers, and their own.
    """
    if sight.is_of_council:
        return Q()
    return Q(visit__run__in=runs_of_their_own(sight).values("pk")) | Q(visit__by=sight.by)


def answers_known(sight: Sighted, family: Family) -> QuerySet[Consent]:
    """The family's answers to offers of support that somebody knows of: for a partner, of their own transfers."""
    answers = Consent.objects.filter(family=family, step_record__corrected_by__isnull=True)
    if sight.is_of_council:
        return answers
    return answers.filter(step_record__run__in=runs_of_their_own(sight).filter(family=family).values("pk"))


def papers_in_sight(sight: Sighted, family: Family, reading: Reading) -> QuerySet[Document]:
    """The letters and packs of a family that somebody may open, by what they read; none that was only heard of."""
    papers = Document.objects.filter(family=family)
    if sight.sees_all:
        return papers
    papers = papers.filter(family__in=families_with_papers(sight))
    return papers if reading.whole else papers.filter(run__in=reading.papers)


def papers_of_joined(sight: Sighted, family: Family, reading: Reading, joined: Collection[int]) -> QuerySet[Document]:
    """The letters to a child of this family that lie on records which were joined to theirs (ids), of whichever family.

    For who reads the whole of the child's family.
    """
    papers = Document.objects.filter(child__in=joined)
    if not reading.whole:
        return papers.none()
    return papers if sight.sees_all else papers.filter(Exists(families_with_papers(sight).filter(pk=family.pk)))


def access_document_to_read(ref: str, *, by: Practitioner, now: datetime) -> Document:
    """A letter or pack of a family in sight, with its bytes. Raises NotHere."""
    sight = sight_of(by, now)
    family = Family.objects.filter(documents__ref=ref, authority=by.agency.authority_id).first()
    if family is None:
        raise NotHere
    document = papers_in_sight(sight, family, reading_of(sight, family)).filter(ref=ref).first()
    document = document or _of_joined_record(ref, sight)
    if document is None:
        raise NotHere
    return document


def _of_joined_record(ref: str, sight: Sighted) -> Document | None:
    """A letter that lies on a record which was joined to that of a child whom this person sees."""
    joining = standing().filter(other__documents__ref=ref).select_related("kept").first()
    if joining is None:
        return None
    try:
        _, family, _ = access_child_to_read(joining.kept.ref, by=sight.by, now=sight.now)
    except NotHere:
        return None
    reading = reading_of(sight, family)
    return papers_of_joined(sight, family, reading, [joining.other_id]).filter(ref=ref).first()


def _is_of_council(by: Practitioner) -> bool:
    return by.agency.kind == Agency.Kind.COUNCIL


def _was_taken_on(sight: Sighted, family: Family) -> bool:
    """Whether they took the family on, away from social work; no statement where the door to it has found out."""
    known: bool | None = getattr(family, "was_taken_on", None)
    return taken_on(sight).filter(family=family).exists() if known is None else known


def runs_of_their_own(sight: Sighted) -> QuerySet[Run]:
    """The transfers through which somebody sees a family: they have a part, or it handed a child over to them."""
    held = Allocation.objects.filter(practitioner=sight.by, during__contains=sight.now)
    part = has_a_part(sight, at_meetings=False) | Q(pk__in=held.values("involvement__opened_by_run"))
    ends = ("sender__agency", "sender__team", "receiver__agency", "receiver__team", "family", "assessment", "authority")
    return Run.objects.filter(part).select_related(*ends).order_by("id")


def _agreed_for(case: Case, by: Practitioner) -> bool:
    """Whether the family agrees that whoever took them on reads their papers.

    It agreed in this transfer; or they answer for a child's early help, and it has not said no since.
    """
    consent, accepted = case.observed.facts.consent, case.observed.facts.receiver == "accepted"
    answers = _answers_for_early_help(case, by)
    agreed = (consent == "live" and (accepted or answers)) or (consent == "none" and answers)
    return agreed and not _said_no_elsewhere(case)


def _said_no_elsewhere(case: Case) -> bool:
    """Whether the family's last answer was given beside this transfer, and was not a yes."""
    answers = Consent.objects.filter(family=case.run.family_id, step_record__corrected_by__isnull=True).order_by(
        "-happened_at", "-id"
    )
    last = answers.values_list("outcome", "step_record__run").first()
    return last is not None and last[0] != Consent.Outcome.GIVEN and last[1] != case.run.pk


def _answers_for_early_help(case: Case, by: Practitioner) -> bool:
    kinds = (Involvement.Kind.EARLY_HELP, Involvement.Kind.SINGLE_AGENCY)
    held = (child.allocations.get(kind) for child in case.children for kind in kinds)
    return any(one is not None and one.practitioner_id == by.pk for one in held)
