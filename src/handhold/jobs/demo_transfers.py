"""Transfers on their way, for the demo: a handful of imported families walked through the real actions.

What happens in them is told in the invented council's own file (`demo_stories`); here it is done, act by act, at
instants of the last working days, by the people who would do it.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from handhold.access.meetings import access_meeting_to_read
from handhold.actions.concerns import report_concern
from handhold.actions.meetings import Attended, finish_meeting
from handhold.actions.steps import ask_exception, record_step
from handhold.actions.transfers import start_transfer
from handhold.casefiles.protocols import calendar_of, current_protocol
from handhold.jobs.demo_contents import Writer
from handhold.jobs.demo_families import Candidate, find_candidates
from handhold.jobs.demo_stories import Act, Days, Stories, StoryOfTransfer, days_of, last_sitting, read_stories
from handhold.protocol.pathways import Pathway, Protocol
from handhold.queries.agendas import find_agenda
from handhold.queries.meetings import find_seats
from handhold.queries.naming import first_name, person_name
from handhold.queries.practitioners import find_candidates as find_practitioners
from handhold.records.models import Authority, Concern, Meeting, MeetingSeries, Practitioner, RoleHolding, Run


def walk_transfers_once() -> None:
    """Walks the stories of each council, all or none; does nothing where transfers or concerns are there already."""
    if Run.objects.exists() or Concern.objects.exists():
        return
    now = timezone.now()
    for authority in Authority.objects.order_by("pk"):
        stories = read_stories(authority)
        if stories:
            walk_stories(authority, stories, now=now)


@transaction.atomic
def walk_stories(authority: Authority, stories: Stories, *, now: datetime) -> list[Run]:
    """Walks each story for which a family fits, finishes the last meeting, reports the concern; returns the runs."""
    demo = _Demo(authority, stories, current_protocol(authority), now)
    runs = [run for story in stories.stories if (run := demo.walk(story))]
    demo.finish_last_meeting()
    demo.report_concern()
    return runs


class _Demo:
    """One council's stories, being walked through."""

    def __init__(self, authority: Authority, stories: Stories, protocol: Protocol, now: datetime) -> None:
        self.authority, self.stories, self.protocol, self.now = authority, stories, protocol, now
        self.calendar = calendar_of(protocol)
        self.pathway: Pathway = protocol.pathways[stories.pathway]
        self.series = MeetingSeries.objects.filter(authority=authority, code=stories.meeting).first()
        self.worker = self._named(stories.worker)
        self.families = find_candidates(authority, self.pathway, now=now)

    def walk(self, story: StoryOfTransfer) -> Run | None:
        """Takes a family that fits, and does what the story says; None where no family does."""
        days = days_of(story, self.series, self.calendar, self.now)
        at = days.at(story.begins)
        chosen = self._chosen(story.chooses)
        family = self._take(story, chosen, at)
        if family is None:
            return None
        run = start_transfer(
            family.family.ref,
            self.stories.pathway,
            [child.ref for child in family.children],
            assessment_ref=family.assessment.ref,
            by=family.worker,
            now=at,
        )
        writer = Writer(run, self.stories, days, family.worker, family.parent, family.children, chosen)
        for act in story.acts:
            at = days.after(at, act.day, act.time)
            self._do(act, writer, at)
        return run

    def _take(self, story: StoryOfTransfer, chosen: Practitioner | None, at: datetime) -> Candidate | None:
        """A family whose assessment stood so at that instant; of the preferred worker's one near whoever is chosen."""
        fitting = [one for one in self.families if one.stands(story.needs, at)]
        preferred = [one for one in fitting if one.worker == self.worker] or fitting
        near = [one for one in preferred if chosen and one.near(chosen.agency_id)]
        found = next(iter(near or preferred), None)
        if found:
            self.families.remove(found)
        return found

    def _do(self, act: Act, writer: Writer, at: datetime) -> None:
        step, ref, reason = self.pathway.steps[act.step], writer.run.ref, writer.words(act.reason)
        by = self._actor(act.by, writer, at)
        for child in writer.children if step.per == "child" else [None]:
            child_ref = child.ref if child else None
            if act.exception:
                ask_exception(ref, act.step, act.exception, reason, child_ref=child_ref, by=by, now=at)
                continue
            content = writer.write(act, step, at, child)
            record_step(ref, act.step, act.outcome, content, child_ref=child_ref, reason=reason, by=by, now=at)

    def _actor(self, by: str, writer: Writer, at: datetime) -> Practitioner:
        if by == "worker":
            return writer.worker
        if by == "manager":
            return writer.case_at(at).people.manager
        if by == "receiver" and writer.chosen:
            return writer.chosen
        return self._holder(by)

    def _holder(self, role: str) -> Practitioner:
        held = RoleHolding.objects.filter(role=role, during__contains=self.now)
        holders = _practitioners().filter(role_holdings__in=held, agency__authority=self.authority)
        return holders.order_by("pk")[0]

    def _chosen(self, words: str) -> Practitioner | None:
        """Who is meant by a name, or the first of those with a role who are there and have room."""
        if words in self.protocol.file.roles:
            found = find_practitioners(self.authority.pk, [words], self.now)
            return _practitioners().get(ref=found[0].ref) if found else None
        return self._named(words)

    def _named(self, name: str) -> Practitioner | None:
        given, _, family = name.partition(" ")
        who = Q(given_name=given, family_name=family, agency__authority=self.authority, left_date=None)
        return _practitioners().filter(who).order_by("pk").first() if name else None

    def finish_last_meeting(self) -> None:
        """The sitting that decided on the stories' requests is finished: everybody with a seat was there."""
        if self.series is None:
            return
        day = last_sitting(self.series, self.calendar, self.now)
        planned_at = self.calendar.to_instant(day, self.series.start_time)
        meeting = Meeting.objects.filter(series=self.series, planned_at=planned_at).first()
        if meeting is None:
            return
        at = Days(self.calendar, day, self.now).at(0, self.stories.finished["time"])
        chair = self._holder(self.protocol.file.meetings[self.series.code].chaired_by)
        opened = access_meeting_to_read(meeting.ref, by=chair, now=at)
        seats = find_seats(opened, find_agenda(opened))
        attended = Attended(frozenset(seat.ref for seat in seats), chair=chair.ref)
        finish_meeting(meeting.ref, attended, note=self.stories.finished["note"], by=chair, now=at)

    def report_concern(self) -> None:
        """A concern that nobody has acknowledged, about a child near the reporter who is in no story."""
        said = self.stories.concern
        reporter = self._named(said.get("reported_by", ""))
        known = [child for one in self.families if reporter for child in one.near(reporter.agency_id)]
        if reporter is None or not known:
            return
        child = known[0]
        report_concern(
            who=person_name(child),
            what=said["what"].format(child=first_name(child)),
            where_now=said["where_now"],
            child_ref=child.ref,
            by=reporter,
            now=self.now - timedelta(minutes=said["minutes_ago"]),
        )


def _practitioners() -> QuerySet[Practitioner]:
    """Practitioners as actions need them."""
    return Practitioner.objects.select_related("agency__authority", "team")
