"""The files about what happened with families, column by column: visits, and what was answered to offers of support."""

from handhold.exchange.columns import Column, Kind, Table

CONSENT_OUTCOMES = ("given", "refused", "disputed", "withdrawn")

VISITS = Table(
    "visits.csv",
    "Visits to families. They fill the chronology, and say when each child was last seen. Those before an involvement "
    "count too.",
    (
        Column("family", "The family.", Kind.REFERENCE, required=True, to_file="families.csv"),
        Column("visited_at", "When.", Kind.INSTANT, required=True, past=True),
        Column("by", "Who visited.", Kind.REFERENCE, required=True, to_file="practitioners.csv"),
        Column("kind", "What sort of visit, as a code (`home-visit`, ...).", Kind.CODE, required=True),
        Column("note", "What was seen, said and agreed.", longest=10_000),
        Column("seen", "The children who were seen; none, where nobody was in.", Kind.REFERENCES, to_file="people.csv"),
        Column(
            "seen_alone",
            "The children who were seen alone. They need not stand under `seen` as well.",
            Kind.REFERENCES,
            to_file="people.csv",
        ),
    ),
    key=("family", "visited_at", "by"),
    required=False,
)
CONSENTS = Table(
    "consents.csv",
    "What families answered when they were offered support. Each answer stays; the last one of a family is what holds.",
    (
        Column("family", "The family.", Kind.REFERENCE, required=True, to_file="families.csv"),
        Column(
            "given_by",
            "Whose answer it is. Where it is disputed, one of those who disagree.",
            Kind.REFERENCE,
            required=True,
            to_file="people.csv",
        ),
        Column("to_what", "What they were offered, in words (`targeted early help`).", required=True, longest=100),
        Column("outcome", "What they answered.", Kind.WORD, required=True, words=CONSENT_OUTCOMES),
        Column("answered_date", "When they answered.", Kind.DATE, required=True, past=True),
        Column("how", "How they answered, in words (`face to face`).", required=True, longest=40),
        Column(
            "shared_with",
            "The agencies with which they agreed that information may be shared.",
            Kind.REFERENCES,
            to_file="agencies.csv",
        ),
        Column(
            "recorded_by", "Who wrote it down, on that day.", Kind.REFERENCE, required=True, to_file="practitioners.csv"
        ),
        Column("note", "Anything else about the answer.", longest=10_000),
    ),
    key=("family", "given_by", "answered_date", "outcome", "to_what"),
    required=False,
)
