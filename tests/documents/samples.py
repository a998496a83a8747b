"""Letters, packs and records of an invented family, for the tests of documents."""

from dataclasses import replace
from datetime import date, time
from pathlib import Path

from handhold.documents import (
    AgendaItem,
    Attendee,
    ChildsWords,
    DocumentData,
    EndingsLetter,
    FamilyLetter,
    Helper,
    InspectedChild,
    InspectedDecision,
    InspectedException,
    InspectedLimit,
    InspectedOversight,
    InspectedPaper,
    InspectedStage,
    InspectedStep,
    Inspection,
    MeetingRecord,
    PackAction,
    PackAgency,
    PackChild,
    PackConsent,
    PackNeed,
    PackPerson,
    PackSection,
    Reach,
    TransferPack,
)

LETTERS = Path(__file__).parents[2] / "protocols/york/2018-09-01/letters"

SAMIRA = Helper(
    name="Samira Malik",
    first_name="Samira",
    job_title="Social worker",
    works_for="Assessment team 2",
    phone="01632 960 101",
    email="samira.malik@council.example",
)
JO = Helper(
    name="Jo Reid",
    first_name="Jo",
    job_title="support practitioner",
    works_for="Targeted Early Help",
    phone="01632 960 202",
    email="jo.reid@council.example",
)
AWAY = Reach(name="the Early Help duty desk", phone="01632 960 200", hours="Monday to Friday, 9 to 5")
FRONT_DOOR = Reach(name="Children's front door", phone="01632 960 300", hours="weekdays, 9 to 5")
AT_NIGHT = Reach(name="Emergency duty team", phone="01632 960 400", hours="nights and weekends")
UNHAPPY = Reach(name="Complaints and feedback", phone="01632 960 500")
OFFICE = ("Children's Services", "Example House, Mill Lane", "01632 960 100")

ENDING = EndingsLetter(
    made_date=date(2026, 12, 2),
    language="en-GB",
    authority="City of Exampleton Council",
    sender=SAMIRA,
    sender_address=OFFICE,
    child_name="Obi",
    addressed_to="Obi Okafor",
    parents="Grace and Emeka",
    address=("12 Example Road", "Exampleton", "EX1 2MP"),
    ends_date=date(2026, 12, 11),
    goodbye_visit_date=date(2026, 12, 9),
    next_helper=JO,
    starts_date=date(2026, 12, 9),
    if_away=AWAY,
    went_well=("You went to school every day in November.", "You told Mum when you were worried."),
    child_words="I want us all to have tea together again.",
    own_words="I liked hearing about your drums.",
    way_back=FRONT_DOOR,
    unhappy=UNHAPPY,
    urgent=(FRONT_DOOR, AT_NIGHT),
)
FOR_CHIDI = replace(
    ENDING,
    child_name="Chidi",
    addressed_to="Chidi Okafor",
    went_well=("You tidied your toys with Dad.",),
    child_words="I like it when Dad sings.",
    own_words="",
)
FOR_ADA = replace(
    ENDING,
    child_name="Ada",
    addressed_to="Ada Okafor",
    went_well=("You are back at school and have joined the athletics club.", "You asked for help when you needed it."),
    child_words="I don't want to look after everybody.",
    own_words="You were honest with me also when it was hard. That helped your whole family.",
    next_steps=("Jo meets you at school every second Tuesday.", "Aunt Ngozi has the little ones on Saturdays."),
)
FOR_THE_UNBORN = replace(
    ENDING,
    child_name="Baby Okafor",
    addressed_to="Grace and Emeka Okafor",
    is_unborn=True,
    went_well=("You have been to every appointment.", "The cot and the safe sleeping place are ready."),
    child_words="",
    own_words="",
    next_steps=("Jo visits every week until the birth.",),
)
FAMILY = FamilyLetter(
    made_date=date(2026, 12, 2),
    language="en-GB",
    authority="City of Exampleton Council",
    sender=SAMIRA,
    sender_address=OFFICE,
    addressed_to="Grace and Emeka Okafor",
    greeting="Grace and Emeka",
    address=("12 Example Road", "Exampleton", "EX1 2MP"),
    children=("Ada", "Obi", "Chidi"),
    next_helper=JO,
    starts_date=date(2026, 12, 9),
    if_away=AWAY,
    goodbye_visit_date=date(2026, 12, 9),
    agreed=(
        "Jo visits you at home every week until Easter.",
        "Jo may talk with Exampleton Primary School and your health visitor.",
    ),
    way_back=FRONT_DOOR,
    unhappy=UNHAPPY,
    urgent=(FRONT_DOOR, AT_NIGHT),
)
PACK = TransferPack(
    made_date=date(2026, 12, 2),
    language="en-GB",
    authority="City of Exampleton Council",
    pathway="Step down, single assessment to targeted early help",
    family_name="Okafor",
    responsible=PackPerson(
        name="Samira Malik", role="social worker", agency="Assessment team 2", phone="01632 960 101", email=SAMIRA.email
    ),
    next_practitioner=PackPerson(name="Jo Reid", role="support practitioner", agency="Targeted Early Help"),
    needs=(
        PackNeed(
            text="Mornings are hard: the children are often late for school",
            actions=(
                PackAction(
                    what="Plan mornings together, with a list on the fridge",
                    measured_by="In school by 8.50 on four days of five",
                    by_whom="Grace, with Jo Reid",
                    by_date=date(2027, 1, 29),
                ),
                PackAction(
                    what="Breakfast club for Obi",
                    measured_by="Place taken up",
                    by_whom="Exampleton Primary School",
                    by_date=date(2027, 1, 11),
                ),
            ),
        ),
        PackNeed(
            text="Ada looks after her brothers more than a child of 11 should",
            actions=(
                PackAction(
                    what="Young carers' group, Thursdays",
                    measured_by="Ada says she has time of her own",
                    by_whom="Young Carers Centre",
                    by_date=date(2027, 2, 12),
                ),
            ),
        ),
    ),
    agencies=(
        PackAgency(
            name="Exampleton Primary School",
            person="P. Hughes, pastoral lead",
            what="Attendance",
            phone="01632 960 600",
        ),
        PackAgency(name="Health visiting", person="L. Ward", what="Chidi's two-year review", phone="01632 960 700"),
    ),
    children=(
        PackChild(
            name="Ada Okafor", birth_date=date(2015, 3, 14), needs_to_communicate="Time to think before she answers"
        ),
        PackChild(name="Obi Okafor", birth_date=date(2019, 6, 2), needs_to_communicate="Pictures help"),
        PackChild(name="Chidi Okafor", birth_date=date(2024, 2, 29)),
    ),
    adults=(
        PackPerson(name="Grace Okafor", role="mother", phone="01632 960 801"),
        PackPerson(name="Emeka Okafor", role="father"),
    ),
    childs_words=(
        ChildsWords(
            child="Ada",
            words="I don't want to look after everybody.",
            heard_by="Samira Malik",
            said_date=date(2026, 11, 12),
        ),
        ChildsWords(child="Obi", words="I want us all to have tea together again.", heard_by="Samira Malik"),
    ),
    assessment=(
        PackSection(
            title="What we are worried about",
            text="Grace has been ill since the summer, and the mornings fall to Ada.\n\nEmeka works nights.",
            written_by="Samira Malik",
            written_date=date(2026, 11, 20),
        ),
        PackSection(
            title="Analysis",
            text="The family pulls together. With help in the mornings and time for Ada, needs can be met.",
            written_by="Samira Malik",
            written_date=date(2026, 11, 30),
        ),
    ),
    team=(
        PackPerson(name="P. Hughes", role="pastoral lead", agency="Exampleton Primary School"),
        PackPerson(name="L. Ward", role="health visitor", agency="Health visiting"),
    ),
    consents=(
        PackConsent(
            given_by="Grace Okafor",
            outcome="Given",
            to_what="Targeted early help",
            shared_with=("Exampleton Primary School", "Health visiting"),
            how="In person",
            happened_date=date(2026, 11, 24),
        ),
        PackConsent(given_by="Emeka Okafor", outcome="Given", to_what="Targeted early help", how="By telephone"),
    ),
)
MEETING = MeetingRecord(
    made_date=date(2026, 12, 1),
    language="en-GB",
    authority="City of Exampleton Council",
    title="Weekly transfer meeting",
    held_date=date(2026, 12, 1),
    held_from=time(10),
    chair="Dana Cole",
    attendance=(
        Attendee(name="Dana Cole", role="Chair", attendance="present"),
        Attendee(name="Samira Malik", role="Social worker", attendance="present"),
        Attendee(name="Ravi Shah", role="Practice manager", attendance="apologies"),
    ),
    items=(
        AgendaItem(
            title="Okafor family (3 children)",
            request="Targeted support: mornings, and time for Ada.",
            outcome="Accepted",
            practitioner="Jo Reid",
            by_date=date(2026, 12, 11),
        ),
        AgendaItem(
            title="Hart family (1 child)",
            outcome="Moved to a later meeting",
            moved_to_date=date(2026, 12, 8),
            reason="The assessment has not been read by its manager yet.",
        ),
        AgendaItem(title="Lewis family (unborn baby)"),
    ),
    note="The next meeting starts at 9.30.",
)


INSPECTION = Inspection(
    made_date=date(2027, 1, 4),
    language="en-GB",
    authority="City of York Council",
    ref="TRN-1",
    family="Okafor family: Ada (11), Obi (7)",
    pathway="Step down from a single assessment, to targeted early help",
    how_it_stands="Ended on 11 December 2026, 15:10, completed (Ada and Obi: early help)",
    began="24 November 2026, 10:00, by Samira Malik",
    procedure=("Case Transfer Protocol (York), version 2018-09-01, draft", "Digest of its files: 0123456789abcdef"),
    children=(
        InspectedChild(
            name="Ada",
            outcome="Early help, 11 December 2026",
            held=("Single assessment: Samira Malik, from 2 November 2026 to 11 December 2026",),
        ),
    ),
    stages=(
        InspectedStage(
            title="Hand over",
            steps=(
                InspectedStep(
                    title="Hold the joint handover meeting",
                    how="It was held. Recorded by Samira Malik",
                    when="4 December 2026",
                    clauses="Y23",
                ),
            ),
        ),
    ),
    decisions=(
        InspectedDecision(
            title="Consider early help",
            outcome="Targeted early help",
            reason="Mornings are hard.",
            by="Samira Malik",
            when="24 November 2026",
            stands_no_more=True,
        ),
    ),
    oversight=(
        InspectedOversight(
            title="Oversee the closure",
            outcome="Sent back",
            direction="See Obi alone first.",
            by="Dana Cole",
            when="9 December 2026",
            since=("Make the ending visit: It was made (10 December 2026)",),
            is_followed=False,
        ),
    ),
    exceptions=(
        InspectedException(
            title="Make the ending visit",
            why="The family declined. Twice rung.",
            asked="Samira Malik, 8 December 2026",
            decided="Granted by Dana Cole, 9 December 2026: they were told how to reach us",
        ),
    ),
    limits=(
        InspectedLimit(
            title="Hold the joint handover meeting",
            limit="5 working days (Y23)",
            due="8 December 2026",
            done="4 December 2026",
            how="kept",
        ),
    ),
    words_of_children=(ChildsWords(child="Ada", words="I like it when Jo comes.", heard_by="Samira Malik"),),
    concerns=("1 December 2026: A neighbour heard shouting.",),
    earlier=("From MASH, a referral, begun 1 November 2026, ended 2 November 2026: A single assessment begins",),
    papers=(InspectedPaper(ref="DOC-1", title="Endings letter", recipient="Ada Okafor", made="9 December 2026"),),
)
BARE_INSPECTION = replace(
    INSPECTION,
    children=(),
    stages=(),
    decisions=(),
    oversight=(),
    exceptions=(),
    limits=(),
    words_of_children=(),
    concerns=(),
    earlier=(),
    papers=(),
)


def nobody_follows(letter: EndingsLetter | FamilyLetter) -> EndingsLetter | FamilyLetter:
    """The same letter for a child or family whom nobody helps next."""
    return replace(letter, next_helper=None, starts_date=None, if_away=None)


ENDINGS = {
    "endings-letter-young.typ": FOR_CHIDI,
    "endings-letter-child.typ": ENDING,
    "endings-letter-young-person.typ": FOR_ADA,
}
DOCUMENTS: dict[str, DocumentData] = {
    **ENDINGS,
    "family-letter.typ": FAMILY,
    "transfer-pack.typ": replace(PACK, audience="after-acceptance"),
    "meeting-record.typ": MEETING,
    "inspection.typ": INSPECTION,
}
