"""The files about services, column by column: authority, agencies, teams, practitioners and their work."""

from handhold.exchange.columns import Column, Kind, Table

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
AGENCY_KINDS = ("council", "school", "health", "charity", "police", "housing", "other")

AUTHORITY = Table(
    "authority.csv",
    "The council. Exactly one row.",
    (
        Column("code", "A short code for the council. It never changes.", Kind.CODE, required=True),
        Column("name", "The council's name.", required=True, longest=100),
        Column("protocol", "The folder of its procedure under `protocols`.", required=True, longest=100),
    ),
)
AGENCIES = Table(
    "agencies.csv",
    "Organisations whose people work with families; the council is one of them.",
    (
        Column("reference", "Your own reference of the agency. It never changes.", required=True, longest=60),
        Column("name", "The agency's name.", required=True),
        Column("kind", "What sort of organisation it is.", Kind.WORD, required=True, words=AGENCY_KINDS),
        Column("phone", "Its main telephone number.", longest=40),
        Column("email", "Its main e-mail address.", Kind.EMAIL),
    ),
)
TEAMS = Table(
    "teams.csv",
    "Teams of agencies. A role that somebody holds counts for their team.",
    (
        Column("code", "A short code for the team. It never changes.", Kind.CODE, required=True),
        Column("agency", "The agency that it belongs to.", Kind.REFERENCE, required=True, to_file="agencies.csv"),
        Column("name", "The team's name.", required=True, longest=100),
        Column("kind", "What the team does, as a code (`assessment`, `early-help`, ...).", Kind.CODE),
    ),
)
PRACTITIONERS = Table(
    "practitioners.csv",
    "People who work with families, inside the council and outside. They stay in the file after they have left.",
    (
        Column("reference", "Your own reference of the practitioner. It never changes.", required=True, longest=60),
        Column("given_name", "Their given name.", required=True, longest=100),
        Column("family_name", "Their family name.", required=True, longest=100),
        Column("agency", "The agency that they work for.", Kind.REFERENCE, required=True, to_file="agencies.csv"),
        Column(
            "team",
            "Their team, one of their agency's. Empty: their roles count for all teams.",
            Kind.REFERENCE,
            to_file="teams.csv",
        ),
        Column("job_title", "What they are.", longest=100),
        Column("phone", "How families and colleagues reach them.", longest=40),
        Column(
            "email", "Their e-mail address, with which they sign in. No two have the same.", Kind.EMAIL, unique=True
        ),
        Column("roles", "The protocol's roles that they hold, separated by `;` (`social-worker`, ...).", Kind.CODES),
        Column("roles_from", "Since when they hold them. Needed when there are roles.", Kind.DATE, past=True),
        Column("sign_in", "Whether they can sign in. `yes` makes an account without a password.", Kind.YES_NO),
        Column("left_date", "The first day on which they no longer work there.", Kind.DATE),
    ),
)
ABSENCES = Table(
    "absences.csv",
    "Time when a practitioner is away and somebody else must answer. It is a plan: its end may change.",
    (
        Column("practitioner", "Who is away.", Kind.REFERENCE, required=True, to_file="practitioners.csv"),
        Column("from", "The first day.", Kind.DATE, required=True),
        Column("to", "The day on which they are back. Empty while nobody knows.", Kind.DATE),
        Column("why", "Why, in a few words (`annual leave`). No more than colleagues may know.", longest=40),
    ),
    key=("practitioner", "from"),
    required=False,
    orders=(("from", "to"),),
)
POSTS = Table(
    "posts.csv",
    "Offices that are held by one person at a time. Each authority needs a post of last resort, which is never vacant.",
    (
        Column("code", "A short code for the post. It never changes.", Kind.CODE, required=True),
        Column("title", "What the post is called.", required=True, longest=100),
        Column("team", "The team that it belongs to, if any.", Kind.REFERENCE, to_file="teams.csv"),
        Column("holder", "Who holds it.", Kind.REFERENCE, required=True, to_file="practitioners.csv"),
        Column("from", "Since when they hold it.", Kind.DATE, required=True, past=True),
        Column("last_resort", "Whether it is a post of last resort.", Kind.YES_NO, required=True),
    ),
)
QUEUES = Table(
    "queues.csv",
    "Lists of work that wait to be taken: each queue that the protocol names, and the post that answers for it.",
    (
        Column("code", "The protocol's code of the queue.", Kind.CODE, required=True),
        Column("label", "What people call it.", required=True, longest=100),
        Column("owner_post", "The post that answers for it.", Kind.REFERENCE, required=True, to_file="posts.csv"),
    ),
)
MEETINGS = Table(
    "meetings.csv",
    "Meetings that come back every week: each one that the protocol names.",
    (
        Column("code", "The protocol's code of the meeting.", Kind.CODE, required=True),
        Column("title", "What people call it.", required=True, longest=100),
        Column("weekday", "The day of the week.", Kind.WORD, required=True, words=WEEKDAYS),
        Column("start_time", "When it begins, by the clock on the wall.", Kind.TIME, required=True),
        Column("chair_post", "The post that chairs it.", Kind.REFERENCE, required=True, to_file="posts.csv"),
    ),
)
ROTAS = Table(
    "rotas.csv",
    "Turns of duty, a row each.",
    (
        Column("code", "The code of the rota.", Kind.CODE, required=True),
        Column("title", "What the rota is called; the same in each of its rows.", required=True, longest=100),
        Column("practitioner", "Who is on duty.", Kind.REFERENCE, required=True, to_file="practitioners.csv"),
        Column("from", "The first day of the turn.", Kind.DATE, required=True),
        Column("to", "The first day after the turn.", Kind.DATE, required=True),
    ),
    key=("code", "practitioner", "from"),
    required=False,
    orders=(("from", "to"),),
    one_at_a_time=("code", "practitioner"),
)
