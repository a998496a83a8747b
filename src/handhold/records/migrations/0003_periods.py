"""Periods: somebody accountable always, one main contact always, nothing twice at a time, no vacant last resort.

The keys with WITHOUT OVERLAPS and PERIOD are PostgreSQL 18's. All PERIOD keys are deferred, because a handover ends
one row and begins the next, and only the end of the transaction tells whether anybody was let go.
"""

from django.contrib.postgres.operations import BtreeGistExtension
from django.db import migrations

PERIODS = {
    "familymember": "during",
    "relationship": "during",
    "absence": "during",
    "roleholding": "during",
    "post": "must_be_held_during",
    "postholding": "during",
    "rotaslot": "during",
    "involvement": "open_during",
    "allocation": "during",
    "maincontact": "during",
    "professionalrelationship": "during",
}

# A period is half-open and begins at an instant. Without this, a handover at noon would have two people or none at noon
# itself, and a period without a beginning (or that ends at "infinity") would look closed, open or covered at will.
WELL_FORMED = """
ALTER TABLE records_{table} ADD CONSTRAINT {table}_period_is_half_open CHECK (
    lower_inc({period}) AND NOT upper_inc({period})
    AND isfinite(lower({period})) AND coalesce(isfinite(upper({period})), true)
)
"""
NOT_WELL_FORMED = "ALTER TABLE records_{table} DROP CONSTRAINT {table}_period_is_half_open"

# table, constraint, definition
KEYS = [
    # Two people accountable for one involvement: each believes that the other will ring.
    ("allocation", "allocation_one_at_a_time", "UNIQUE (involvement_id, during WITHOUT OVERLAPS)"),
    # What a main contact must be covered by (below). The person goes first: "my open allocations".
    (
        "allocation",
        "allocation_of_person",
        "UNIQUE (practitioner_id, involvement_id, during WITHOUT OVERLAPS)",
    ),
    # A family told to ring two people.
    ("maincontact", "main_contact_one_at_a_time", "UNIQUE (child_id, during WITHOUT OVERLAPS)"),
    # The same service opened twice for one child, and closed once.
    ("involvement", "involvement_of_kind_once", "UNIQUE (child_id, kind, open_during WITHOUT OVERLAPS)"),
    # What an allocation must lie within, and what a main contact's child is checked against (both below).
    ("involvement", "involvement_period", "UNIQUE (id, open_during WITHOUT OVERLAPS)"),
    ("involvement", "involvement_of_child", "UNIQUE (id, child_id)"),
    # Two holders of one post: neither knows that it is they who take on.
    ("postholding", "post_holding_one_at_a_time", "UNIQUE (post_id, during WITHOUT OVERLAPS)"),
    # A role held twice, so that ending it once leaves the access open.
    (
        "roleholding",
        "role_holding_once",
        "EXCLUDE USING gist (practitioner_id WITH =, role WITH =, (coalesce(team_id, 0)) WITH =, during WITH &&)",
    ),
    # A member counted twice in one family, so that leaving it once leaves the child in it.
    ("familymember", "family_member_once", "UNIQUE (family_id, person_id, during WITHOUT OVERLAPS)"),
    # Parental responsibility that ended on one row and stands on another.
    ("relationship", "relationship_once", "UNIQUE (from_person_id, to_person_id, kind, during WITHOUT OVERLAPS)"),
    # A worker shown twice on the person summary screen, of whom one is never ended.
    (
        "professionalrelationship",
        "professional_relationship_once",
        "UNIQUE (child_id, practitioner_id, role, during WITHOUT OVERLAPS)",
    ),
    # One person put down twice for one turn of duty.
    ("rotaslot", "rota_slot_once", "UNIQUE (rota_id, practitioner_id, during WITHOUT OVERLAPS)"),
]

DEFERRED = "DEFERRABLE INITIALLY DEFERRED"
REFERENCES = [
    # A child let go: an involvement is open and nobody is accountable for it.
    (
        "involvement",
        "involvement_has_accountable_person",
        "FOREIGN KEY (id, PERIOD open_during) REFERENCES records_allocation (involvement_id, PERIOD during)",
    ),
    # A child open to somebody whose family does not know whom to ring.
    (
        "involvement",
        "involvement_has_main_contact",
        "FOREIGN KEY (child_id, PERIOD open_during) REFERENCES records_maincontact (child_id, PERIOD during)",
    ),
    # A main contact who answers for nothing: one who has moved on, or never had the child.
    (
        "maincontact",
        "main_contact_is_accountable",
        """FOREIGN KEY (practitioner_id, involvement_id, PERIOD during)
        REFERENCES records_allocation (practitioner_id, involvement_id, PERIOD during)""",
    ),
    # A main contact by the involvement of another child.
    (
        "maincontact",
        "main_contact_by_involvement_of_child",
        "FOREIGN KEY (involvement_id, child_id) REFERENCES records_involvement (id, child_id)",
    ),
    # An involvement closed, and its worker's list still full of it; or somebody made to answer for before it began.
    (
        "allocation",
        "allocation_within_involvement",
        "FOREIGN KEY (involvement_id, PERIOD during) REFERENCES records_involvement (id, PERIOD open_during)",
    ),
    # The post to which everything falls in the end, and nobody in it.
    (
        "post",
        "post_of_last_resort_is_held",
        "FOREIGN KEY (id, PERIOD must_be_held_during) REFERENCES records_postholding (post_id, PERIOD during)",
    ),
]

# Who is away now; leave and illness may overlap, so this is no key.
AWAY_NOW = "CREATE INDEX absence_now ON records_absence USING gist (practitioner_id, during)"


def add_constraint(table: str, name: str, definition: str) -> migrations.RunSQL:
    """One constraint, and the way back."""
    return migrations.RunSQL(
        f"ALTER TABLE records_{table} ADD CONSTRAINT {name} {definition}",
        f"ALTER TABLE records_{table} DROP CONSTRAINT {name}",
    )


class Migration(migrations.Migration):
    dependencies = [("records", "0002_check_digits")]

    operations = [
        BtreeGistExtension(),
        *(
            migrations.RunSQL(
                WELL_FORMED.format(table=table, period=period), NOT_WELL_FORMED.format(table=table, period=period)
            )
            for table, period in PERIODS.items()
        ),
        *(add_constraint(*key) for key in KEYS),
        *(add_constraint(table, name, f"{reference} {DEFERRED}") for table, name, reference in REFERENCES),
        migrations.RunSQL(AWAY_NOW, "DROP INDEX absence_now"),
    ]
