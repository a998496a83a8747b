"""The files about families, column by column: people, households, relationships, involvements, assessments."""

from handhold.exchange.columns import Column, Kind, Table
from handhold.records.alert_kinds import ALERT_KINDS

INVOLVEMENT_KINDS = (
    "referral",
    "assessment",
    "child-in-need",
    "child-protection",
    "care",
    "early-help",
    "single-agency",
    "pathways",
    "early-help-offer",
    "duty-offer",
)

FAMILIES = Table(
    "families.csv",
    "People who are worked with together.",
    (
        Column("reference", "Your own reference of the family. It never changes.", required=True, longest=60),
        Column("name", "What the family is called.", required=True, longest=100),
    ),
)
PEOPLE = Table(
    "people.csv",
    "Children, unborn ones too, their parents and carers, and others of the household.",
    (
        Column("reference", "Your own reference of the person. It never changes.", required=True, longest=60),
        Column("given_name", "Given name; an unborn child has none yet.", longest=100),
        Column("family_name", "Family name.", required=True, longest=100),
        Column("known_as", "The name that they like to be called by.", longest=100),
        Column("other_names", "Whole names by which they are or were known elsewhere.", Kind.NAMES),
        Column("birth_date", "Date of birth. A child has this or `expected_birth_date`.", Kind.DATE, past=True),
        Column("expected_birth_date", "Of an unborn child: when the birth is expected.", Kind.DATE),
        Column("died_date", "Date of death.", Kind.DATE, past=True),
        Column("sex", "As recorded (`female`, `male`, `not known`, ...).", longest=20),
        Column("ethnicity", "As the person describes it.", longest=60),
        Column("first_language", "The language they speak best.", longest=60),
        Column("interpreter_needed", "Whether an interpreter is needed.", Kind.YES_NO),
        Column("communication_needs", "What helps them to understand and be understood.", longest=2000),
        Column("phone", "How to reach them.", longest=40),
        Column("email", "Their e-mail address.", Kind.EMAIL),
        Column("address", "Where they live.", longest=500),
        Column("nhs_number", "NHS number. Its check digit is checked.", Kind.NHS_NUMBER, unique=True),
        Column("upn", "Unique pupil number. Its check letter is checked.", Kind.UPN, unique=True),
    ),
    orders=(("birth_date", "died_date"),),
)
FAMILY_MEMBERS = Table(
    "family_members.csv",
    "Who belongs to which family. A child of parents who live apart can belong to two.",
    (
        Column("family", "The family.", Kind.REFERENCE, required=True, to_file="families.csv"),
        Column("person", "The person.", Kind.REFERENCE, required=True, to_file="people.csv"),
        Column("role", "As a child or as an adult.", Kind.WORD, required=True, words=("child", "adult")),
        Column("in_household", "Whether they live in its household.", Kind.YES_NO, required=True),
        Column("from", "Since when they have belonged to it.", Kind.DATE, required=True, past=True),
        Column("to", "The first day on which they no longer did.", Kind.DATE, past=True),
    ),
    key=("family", "person", "from"),
    orders=(("from", "to"),),
    one_at_a_time=("family", "person"),
)
ALERTS = Table(
    "alerts.csv",
    "What must be known before somebody visits or writes to a family. Nothing of a safeguarding concern belongs here.",
    (
        Column("reference", "Your own reference of the alert. It never changes.", required=True, longest=60),
        Column("family", "The family.", Kind.REFERENCE, required=True, to_file="families.csv"),
        Column("person", "Whom of it, if it is about one person.", Kind.REFERENCE, to_file="people.csv"),
        Column("kind", "What it is about.", Kind.WORD, required=True, words=tuple(ALERT_KINDS)),
        Column("reason", "What somebody must know, and what they should do.", required=True, longest=1000),
        Column("shared", "Whether partners who work with the family see it too.", Kind.YES_NO, required=True),
        Column("written_by", "Who wrote it.", Kind.REFERENCE, required=True, to_file="practitioners.csv"),
        Column("from", "Since when.", Kind.DATE, required=True, past=True),
        Column("to", "The first day on which it was over. Empty while it stands.", Kind.DATE, past=True),
    ),
    required=False,
    orders=(("from", "to"),),
)
RELATIONSHIPS = Table(
    "relationships.csv",
    "What one person is to another: the first is the mother, father, step-parent, sister ... of the second.",
    (
        Column("from_person", "Who is related.", Kind.REFERENCE, required=True, to_file="people.csv"),
        Column("kind", "What they are to the other (`mother`, `half-brother`, ...).", Kind.CODE, required=True),
        Column("to_person", "To whom.", Kind.REFERENCE, required=True, to_file="people.csv"),
        Column(
            "parental_responsibility",
            "Whether the first has parental responsibility for the second.",
            Kind.YES_NO,
            required=True,
        ),
        Column("from", "Since when.", Kind.DATE, required=True, past=True),
        Column("to", "The first day on which it no longer was so.", Kind.DATE, past=True),
    ),
    key=("from_person", "kind", "to_person", "from"),
    orders=(("from", "to"),),
    one_at_a_time=("from_person", "to_person", "kind"),
)
INVOLVEMENTS = Table(
    "involvements.csv",
    "Which service is or was involved with a child, and who is responsible. While a child is open to any, exactly one "
    "of those responsible is the family's main contact.",
    (
        Column("child", "The child.", Kind.REFERENCE, required=True, to_file="people.csv"),
        Column("kind", "What sort of involvement.", Kind.WORD, required=True, words=INVOLVEMENT_KINDS),
        Column("from", "The first day.", Kind.DATE, required=True, past=True),
        Column("to", "The first day on which it was over. Empty while it is open.", Kind.DATE, past=True),
        Column("closing_reason", "Why it ended, as a code. Needed when there is a `to`, and only then.", Kind.CODE),
        Column(
            "responsible",
            "The one practitioner responsible.",
            Kind.REFERENCE,
            required=True,
            to_file="practitioners.csv",
        ),
        Column("main_contact", "Whether they are the family's main contact.", Kind.YES_NO, required=True),
        Column("main_contact_from", "Since when, if not since `from`.", Kind.DATE, past=True),
        Column("main_contact_to", "The first day on which they no longer were, if not `to`.", Kind.DATE, past=True),
    ),
    key=("child", "kind", "from"),
    orders=(("from", "to"), ("main_contact_from", "main_contact_to")),
    one_at_a_time=("child", "kind"),
)
PROFESSIONAL_RELATIONSHIPS = Table(
    "professional_relationships.csv",
    "Who else works with a child, and how to reach them.",
    (
        Column("child", "The child.", Kind.REFERENCE, required=True, to_file="people.csv"),
        Column("practitioner", "Who works with them.", Kind.REFERENCE, required=True, to_file="practitioners.csv"),
        Column(
            "role",
            "As what, in words as people say them (`class teacher`, `health visitor`, ...).",
            required=True,
            longest=60,
        ),
        Column("contact", "How to reach them.", longest=200),
        Column("lead", "Whether they are the lead practitioner.", Kind.YES_NO),
        Column("from", "Since when.", Kind.DATE, required=True, past=True),
        Column("to", "The first day on which they no longer did.", Kind.DATE, past=True),
    ),
    key=("child", "practitioner", "role", "from"),
    orders=(("from", "to"),),
    one_at_a_time=("child", "practitioner", "role"),
)
ASSESSMENTS = Table(
    "assessments.csv",
    "Assessments of families: begun, the draft read by a manager, authorised.",
    (
        Column("reference", "Your own reference of the assessment. It never changes.", required=True, longest=60),
        Column("family", "The family.", Kind.REFERENCE, required=True, to_file="families.csv"),
        Column("children", "The children it is about.", Kind.REFERENCES, required=True, to_file="people.csv"),
        Column("kind", "What sort of assessment, as a code (`single-assessment`).", Kind.CODE, required=True),
        Column("started_date", "When it began.", Kind.DATE, required=True, past=True),
        Column(
            "recommendation",
            "What it recommends, as a code (`early-help`, ...). Needed once it is authorised.",
            Kind.CODE,
        ),
        Column("draft_read_at", "When a manager read the draft.", Kind.INSTANT, past=True),
        Column("draft_read_by", "Which manager.", Kind.REFERENCE, to_file="practitioners.csv"),
        Column("authorised_at", "When a manager authorised it.", Kind.INSTANT, past=True),
        Column("authorised_by", "Which manager.", Kind.REFERENCE, to_file="practitioners.csv"),
    ),
)
ASSESSMENT_SECTIONS = Table(
    "assessment_sections.csv",
    "What was written in an assessment, section by section.",
    (
        Column("assessment", "The assessment.", Kind.REFERENCE, required=True, to_file="assessments.csv"),
        Column(
            "code",
            "Which section. `analysis`, `family-view`, `child-view` and `needs` fill in forms; others are kept.",
            Kind.CODE,
            required=True,
        ),
        Column("text", "What was written.", required=True, longest=50_000),
        Column("written_by", "Who wrote it.", Kind.REFERENCE, required=True, to_file="practitioners.csv"),
        Column("written_at", "When.", Kind.INSTANT, required=True, past=True),
    ),
    key=("assessment", "code"),
)
