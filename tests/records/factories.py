"""Invented councils and families, written straight into the records: for any test that needs some to be there.

    council = make_council()
    family = make_family(council, children=3)

Addresses end in example.org; names come from Faker, seeded, so that a failure repeats itself.
"""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from itertools import count
from typing import Any

from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from faker import Faker

from handhold.records.checks_of_numbers import is_nhs_number
from handhold.records.models import (
    Account,
    Agency,
    Allocation,
    Assessment,
    AssessmentChild,
    AssessmentSection,
    Authority,
    Concern,
    ConcernHolding,
    Family,
    FamilyMember,
    Involvement,
    JoinedRecord,
    MainContact,
    MeetingSeries,
    Person,
    Post,
    PostHolding,
    Practitioner,
    Queue,
    Relationship,
    RoleHolding,
    Rota,
    RotaSlot,
    Run,
    RunChild,
    Team,
)

NOW = datetime(2026, 11, 24, 10, 0, tzinfo=UTC)
LONG_AGO = datetime(2025, 1, 6, 9, 0, tzinfo=UTC)
PASSWORD = "correct horse battery staple"

invented = Faker("en_GB")
invented.seed_instance(7)
numbers = count(1)

# role: (agency, team, job title)
ROLES = {
    "social-worker": ("council", "assessment-2", "Social worker"),
    "team-manager": ("council", "assessment-2", "Team manager"),
    "practice-manager": ("council", "targeted", "Practice manager"),
    "transfer-meeting-chair": ("council", "targeted", "Service lead"),
    "support-practitioner": ("council", "targeted", "Child and family support practitioner"),
    "lead-practitioner": ("school", None, "Assistant head teacher"),
    "early-help-coordinator": ("council", "advice", "Early help co-ordinator"),
    "supporting-families": ("council", "supporting-families", "Supporting families officer"),
    "duty-manager": ("council", "front-door", "Duty manager"),
    "service-manager": ("council", "front-door", "Service manager"),
    "front-door": ("council", "front-door", "Front door social worker"),
    "partnership-lead": ("council", "front-door", "Partnership manager"),
    "pathways-worker": ("council", "pathways", "Personal adviser"),
    "pathways-duty": ("council", "pathways", "Duty personal adviser"),
    "pathways-manager": ("council", "pathways", "Pathways manager"),
}
TEAMS = {
    "assessment-2": "Assessment team 2",
    "assessment-3": "Assessment team 3",
    "targeted": "Targeted support",
    "advice": "Advice team",
    "supporting-families": "Supporting families team",
    "front-door": "Front door",
    "pathways": "Pathways",
}
OFFICES = (
    "team-manager",
    "practice-manager",
    "transfer-meeting-chair",
    "early-help-coordinator",
    "supporting-families",
    "duty-manager",
    "service-manager",
    "front-door",
    "pathways-manager",
)
LAST_RESORT = "duty-manager"
QUEUES = {
    "partner-led-eha": ("Partner led EHA", "early-help-coordinator"),
    "advice-team-duty-worker": ("advice team duty worker", "practice-manager"),
    "supporting-families": ("Supporting Families Team", "supporting-families"),
    "mash": ("MASH: referrals and advice", "front-door"),
    "social-worker-needed": ("A social worker to be allocated", "team-manager"),
}


@dataclass
class MadeCouncil:
    """A council at work: everything by its code."""

    authority: Authority
    agencies: dict[str, Agency]
    teams: dict[str, Team]
    practitioners: dict[str, Practitioner]  # by role
    stranger: Practitioner  # a social worker of another team, with nothing to do with any family
    second_lead: Practitioner  # a partner of another agency, who can lead too
    posts: dict[str, Post]
    queues: dict[str, Queue]
    transfer_meeting: MeetingSeries
    duty_rota: Rota


@dataclass
class MadeFamily:
    """A family: its people, and who answers for each child. `involvements[n]` is that of `children[n]`."""

    family: Family
    children: list[Person]
    mother: Person
    father: Person
    involvements: list[Involvement] = field(default_factory=list)
    allocations: list[Allocation] = field(default_factory=list)
    main_contacts: list[MainContact] = field(default_factory=list)


def since(start: datetime, end: datetime | None = None) -> DateTimeTZRange:
    """A half-open period; open without an end."""
    return DateTimeTZRange(start, end)


@transaction.atomic
def make_council(*, code: str = "york", protocol: str = "york", start: datetime = LONG_AGO) -> MadeCouncil:
    """A council with a practitioner for every role, its posts held (the last resort too), queues, a weekly meeting."""
    authority = Authority.objects.create(code=code, name="Council of the tests", protocol=protocol)
    agencies = {
        kind: Agency.objects.create(authority=authority, kind=kind, name=name, phone="01632 960 000")
        for kind, name in (("council", "The council"), ("school", "Oak Lane School"), ("health", "Health visiting"))
    }
    teams = {
        code: Team.objects.create(agency=agencies["council"], code=code, name=name, kind="team")
        for code, name in TEAMS.items()
    }
    practitioners = {
        role: make_practitioner(agencies[agency], teams[team] if team else None, role=role, title=title, start=start)
        for role, (agency, team, title) in ROLES.items()
    }
    posts = {code: make_post(authority, code, practitioners[code], start=start) for code in OFFICES}
    rota = Rota.objects.create(authority=authority, code="duty-manager", title="Duty manager of the day")
    RotaSlot.objects.create(rota=rota, practitioner=practitioners["duty-manager"], during=since(start))
    return MadeCouncil(
        authority=authority,
        agencies=agencies,
        teams=teams,
        practitioners=practitioners,
        stranger=make_practitioner(agencies["council"], teams["assessment-3"], role="social-worker", start=start),
        second_lead=make_practitioner(agencies["health"], None, role="lead-practitioner", title="Health visitor"),
        posts=posts,
        queues={
            code: Queue.objects.create(authority=authority, code=code, label=label, owner_post=posts[owner])
            for code, (label, owner) in QUEUES.items()
        },
        transfer_meeting=MeetingSeries.objects.create(
            authority=authority,
            code="weekly-transfer-meeting",
            title="Weekly transfer meeting",
            weekday=1,
            start_time=time(9, 30),
            chair_post=posts["transfer-meeting-chair"],
        ),
        duty_rota=rota,
    )


def make_practitioner(
    agency: Agency, team: Team | None, *, role: str = "", title: str = "", start: datetime = LONG_AGO
) -> Practitioner:
    """A practitioner, who holds a role from `start` when one is named."""
    given, family = invented.first_name(), invented.last_name()
    practitioner = Practitioner.objects.create(
        agency=agency,
        team=team,
        given_name=given,
        family_name=family,
        job_title=title or role.replace("-", " ").capitalize(),
        phone="01632 960 001",
        email=f"{given}.{family}.{next(numbers)}@example.org".lower().replace(" ", ""),
    )
    if role:
        RoleHolding.objects.create(practitioner=practitioner, role=role, team=team, during=since(start))
    return practitioner


def make_post(authority: Authority, code: str, holder: Practitioner, *, start: datetime = LONG_AGO) -> Post:
    """A post that somebody holds; the post of last resort must be held from `start` on."""
    post = Post.objects.create(
        authority=authority,
        code=code,
        title=code.replace("-", " ").capitalize(),
        must_be_held_during=since(start) if code == LAST_RESORT else None,
    )
    PostHolding.objects.create(post=post, practitioner=holder, during=since(start))
    return post


def make_account(practitioner: Practitioner, password: str = PASSWORD) -> Account:
    """What a practitioner signs in with."""
    return Account.objects.create_user(practitioner.email, password, practitioner=practitioner)


def make_person(*, family_name: str = "", birth_date: date | None = None, expected: date | None = None) -> Person:
    """A person born on a date, or expected on one; an adult of forty or so without either."""
    if birth_date is None and expected is None:
        birth_date = date(1986, 5, 17)
    return Person.objects.create(
        given_name="" if expected else invented.first_name(),
        family_name=family_name or invented.last_name(),
        birth_date=birth_date,
        expected_birth_date=expected,
        nhs_number=None if expected else make_nhs_number(),
        phone="01632 960 002",
        address="1 Example Street",
    )


def make_nhs_number() -> str:
    """The next number of the range that is never issued (999...), with its check digit."""
    while True:
        start = f"999{next(numbers):06d}"
        for digit in "0123456789":
            if is_nhs_number(start + digit):
                return start + digit


@transaction.atomic
def make_family(
    council: MadeCouncil,
    *,
    children: int = 3,
    kind: str = Involvement.Kind.ASSESSMENT,
    start: datetime = NOW - timedelta(days=30),
    worker: Practitioner | None = None,
) -> MadeFamily:
    """A family with an open involvement for each child, allocated to the social worker, who is main contact too.

    The first three children are born in 2015, 2019 and 2023, any others between 2010 and 2023.
    """
    name = invented.last_name()
    family = Family.objects.create(name=name, authority=council.authority)
    births = [date((2015, 2019, 2023)[place] if place < 3 else 2010 + place % 14, 9, 1) for place in range(children)]
    made = MadeFamily(
        family=family,
        children=[make_person(family_name=name, birth_date=birth) for birth in births],
        mother=make_person(family_name=name),
        father=make_person(),
    )
    for person in (*made.children, made.mother, made.father):
        role = FamilyMember.Role.CHILD if person in made.children else FamilyMember.Role.ADULT
        FamilyMember.objects.create(family=family, person=person, role=role, during=since(start))
    for child in made.children:
        for parent, relation in ((made.mother, "mother"), (made.father, "father")):
            Relationship.objects.create(
                from_person=parent, to_person=child, kind=relation, parental_responsibility=True, during=since(start)
            )
        open_involvement(council, made, child, kind=kind, start=start, worker=worker)
    return made


@transaction.atomic
def open_involvement(
    council: MadeCouncil,
    made: MadeFamily,
    child: Person,
    *,
    kind: str,
    start: datetime,
    worker: Practitioner | None = None,
) -> Involvement:
    """Open an involvement of the council with a child, allocated; its worker becomes main contact if nobody is."""
    worker = worker or council.practitioners["social-worker"]
    involvement = Involvement.objects.create(
        child=child, kind=kind, open_during=since(start), agency=council.agencies["council"], team=worker.team
    )
    made.involvements.append(involvement)
    made.allocations.append(
        Allocation.objects.create(involvement=involvement, practitioner=worker, during=since(start))
    )
    if not any(contact.child == child for contact in made.main_contacts):
        made.main_contacts.append(
            MainContact.objects.create(child=child, involvement=involvement, practitioner=worker, during=since(start))
        )
    return involvement


@transaction.atomic
def close_everything(made: MadeFamily, *, at: datetime = NOW, reason: str = "universal-services-only") -> None:
    """Whatever is open for the children of a family ends at one instant."""
    for one in Involvement.objects.filter(child__in=made.children, open_during__upper_inf=True):
        closed = since(one.open_during.lower, at)
        Involvement.objects.filter(pk=one.pk).update(open_during=closed, closing_reason=reason)
    for held in Allocation.objects.filter(involvement__child__in=made.children, during__upper_inf=True):
        Allocation.objects.filter(pk=held.pk).update(during=since(held.during.lower, at))
    for rung in MainContact.objects.filter(child__in=made.children, during__upper_inf=True):
        MainContact.objects.filter(pk=rung.pk).update(during=since(rung.during.lower, at))


@transaction.atomic
def make_joined(council: MadeCouncil, kept: Person, other: Person, *, at: datetime = NOW) -> JoinedRecord:
    """The record of a child joined to another by the front door."""
    joining = JoinedRecord.objects.create(
        kept=kept, other=other, joined_at=at, joined_by=council.practitioners["front-door"], reason="One birth date"
    )
    Person.objects.filter(pk=other.pk).update(is_joined=True)
    return joining


@transaction.atomic
def make_assessment(
    council: MadeCouncil, made: MadeFamily, *, recommendation: str = "early-help", authorised_at: datetime | None = NOW
) -> Assessment:
    """An assessment of all children of a family with an analysis; authorised by the team manager, or not yet."""
    assessment = Assessment.objects.create(
        family=made.family,
        kind="single-assessment",
        started_date=(NOW - timedelta(days=30)).date(),
        recommendation=recommendation,
        authorised_at=authorised_at,
        authorised_by=council.practitioners["team-manager"] if authorised_at else None,
    )
    for child in made.children:
        AssessmentChild.objects.create(assessment=assessment, child=child)
    AssessmentSection.objects.create(
        assessment=assessment,
        code="analysis",
        text="The family would like help with mornings and with school.",
        written_by=council.practitioners["social-worker"],
        written_at=NOW - timedelta(days=2),
    )
    return assessment


@transaction.atomic
def make_run(
    council: MadeCouncil,
    made: MadeFamily,
    *,
    pathway: str = "step-down-single-assessment",
    assessment: Assessment | None = None,
) -> Run:
    """A run of a pathway for all children of a family, begun now by their social worker; no step is recorded yet."""
    worker = council.practitioners["social-worker"]
    run = Run.objects.create(
        authority=council.authority,
        family=made.family,
        pathway=pathway,
        protocol_folder=council.authority.protocol,
        protocol_digest="0" * 64,
        assessment=assessment,
        started_at=NOW,
        started_by=worker,
        sender=worker,
    )
    for child in made.children:
        RunChild.objects.create(run=run, child=child)
    return run


@transaction.atomic
def make_concern(council: MadeCouncil, **fields: Any) -> Concern:
    """A concern sent now, for which the duty manager answers."""
    given = {"who": "A child", "what": "Bruises", "sent_at": NOW} | fields
    concern = Concern.objects.create(authority=council.authority, **given)
    duty = council.practitioners["duty-manager"]
    ConcernHolding.objects.create(concern=concern, practitioner=duty, during=since(concern.sent_at))
    return concern
