"""Many cases are read in the same few statements as one, and each is what it is when read by itself."""

from dataclasses import astuple
from datetime import datetime, timedelta

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from pytest_django import DjangoAssertNumQueries

from handhold.access.families import open_runs_in_sight, sight_of
from handhold.actions.concerns import report_concern
from handhold.actions.steps import ask_exception
from handhold.casefiles.case import Case, load_case, load_cases
from handhold.records.models import Allocation, Assessment, FamilyMember, MainContact, Practitioner, Run
from tests.actions.walking import Walk, begin
from tests.records.factories import NOW, MadeCouncil, make_council, make_family, make_practitioner, since

pytestmark = pytest.mark.django_db
MOST_STATEMENTS = 8


def walks_at_different_places(council: MadeCouncil) -> list[Walk]:
    """Transfers that have come far and not far, one with a concern, one with an exception asked, one closed."""
    walks = [begin(council, make_family(council, children=count)) for count in (1, 2, 3, 2, 1)]
    walks[1].to_lead_asked()
    walks[2].to_handed_over()
    walks[3].to_lead_accepted().to_closed()
    ask_exception(
        walks[4].run.ref,
        "ending-visit",
        "declined",
        "They moved",
        by=council.practitioners["social-worker"],
        now=later(),
    )
    household_child = walks[0].family.children[0]
    FamilyMember.objects.create(
        family=walks[1].family.family, person=household_child, role="child", during=(later() - timedelta(days=9), None)
    )
    report_concern(who="", what="A bruise", child_ref=household_child.ref, by=council.stranger, now=later())
    Assessment.objects.create(family=walks[2].family.family, kind="section-47-enquiry", started_date=later().date())
    return walks


def later() -> datetime:
    return NOW + timedelta(days=3)


def all_runs() -> list[Run]:
    return list(Run.objects.select_related("sender__agency", "receiver__agency", "family", "assessment").order_by("id"))


def seen(case: Case) -> tuple[object, ...]:
    """Everything of a case that pages and decisions read, as plain values."""
    children = [
        (one.person.pk, {kind: a.pk for kind, a in one.allocations.items()}, one.main_contact and one.main_contact.pk)
        for one in case.children
    ]
    observed = case.observed
    return (
        case.run.pk,
        astuple(case.people),
        children,
        observed.facts,
        observed.standing,
        observed.deadlines,
        observed.asked,
        [record.pk for record in case.records],
    )


def test_cases_read_together_are_those_read_one_by_one() -> None:
    walks_at_different_places(make_council())
    together = [seen(case) for case in load_cases(all_runs(), later())]
    alone = [seen(load_case(run, later())) for run in all_runs()]
    assert together == alone
    assert len({repr(one) for one in together}) == len(together) == 6, "the comparison can tell cases apart"


def test_a_concern_about_a_child_stops_every_family_whose_household_has_the_child() -> None:
    walks_at_different_places(make_council())
    cases = load_cases(all_runs(), later())
    stopped = ["concern-undecided" in case.observed.facts.matters for case in cases]
    assert stopped == [True, True, *[False] * (len(cases) - 2)]
    assert len(cases) > 2
    assert cases[2].observed.facts.matters == {"section-47-open"}


def test_forty_runs_take_as_many_statements_as_two(django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
    council = make_council()
    for _ in range(20):
        begin(council, make_family(council, children=1))
    load_cases(all_runs()[:1], later())  # the protocol is read once for each process
    with CaptureQueriesContext(connection) as of_two:
        load_cases(all_runs()[:2], later())
    runs = all_runs() + all_runs()
    with django_assert_max_num_queries(MOST_STATEMENTS), CaptureQueriesContext(connection) as of_forty:
        load_cases(runs, later())
    assert len(of_forty) <= len(of_two)


def test_a_manager_sees_the_open_runs_of_those_they_manage_and_a_stranger_none() -> None:
    council = make_council()
    walk = begin(council, make_family(council, children=1)).to_lead_asked()

    def runs_of(person: Practitioner) -> list[Run]:
        return list(open_runs_in_sight(sight_of(person, later())))

    assert runs_of(council.practitioners["team-manager"]) == [walk.run]
    assert runs_of(council.practitioners["lead-practitioner"]) == [walk.run], "who was asked has a move"
    assert runs_of(council.stranger) == []


def test_after_a_reallocation_outside_the_transfer_the_new_workers_own_manager_manages_it() -> None:
    council = make_council()
    walk = begin(council, make_family(council, children=1))
    agency, team = council.agencies["council"], council.teams["assessment-3"]
    manager = make_practitioner(agency, team, role="team-manager")
    worker = make_practitioner(agency, team, role="social-worker")
    with transaction.atomic():
        for kind in (MainContact, Allocation):
            old = kind.objects.get(involvement=walk.family.involvements[0])
            kind.objects.filter(pk=old.pk).update(during=since(old.during.lower, later()))
            child = {"child": walk.family.children[0]} if kind is MainContact else {}
            kind.objects.create(involvement=old.involvement, practitioner=worker, during=since(later()), **child)
    people = load_case(all_runs()[0], later() + timedelta(minutes=1)).people
    assert (people.worker, people.manager, people.stand_in) == (worker, manager, manager)
