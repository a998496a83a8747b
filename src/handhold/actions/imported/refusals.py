"""What the database refuses of an import, told as a fault: its own rules are the last to speak."""

from django.db import DatabaseError, IntegrityError

from handhold.exchange.faults import Fault
from handhold.records.constraints import constraint_of

SEE_HANDHOLD = "See in Handhold what has happened since the last import, and correct the row."
FROM_ELSEWHERE = "Give it another code."

# The rules of the records that a folder without a fault can still break, against what is on record already.
WORDS = {
    "involvement_has_accountable_person": ("An open involvement would have nobody responsible.", SEE_HANDHOLD),
    "involvement_has_main_contact": ("An open child would have no main contact.", SEE_HANDHOLD),
    "main_contact_one_at_a_time": ("A child would have two main contacts at a time.", SEE_HANDHOLD),
    "main_contact_is_accountable": ("A main contact would not be one of those responsible.", SEE_HANDHOLD),
    "involvement_of_kind_once": ("A child would have the same involvement twice at a time.", SEE_HANDHOLD),
    "allocation_one_at_a_time": ("Two people would be responsible for one involvement.", SEE_HANDHOLD),
    "allocation_within_involvement": ("Somebody would be responsible for a closed involvement.", SEE_HANDHOLD),
    "post_of_last_resort_is_held": (
        "A post of last resort would be vacant.",
        "Let the new holder begin as the old ends.",
    ),
    "professional_relationship_once": ("Somebody would work with a child twice in one role.", SEE_HANDHOLD),
    "family_member_once": ("Somebody would belong to a family twice at a time.", SEE_HANDHOLD),
    "relationship_once": ("Two people would be related twice in one way.", SEE_HANDHOLD),
    "main_contact_of_no_joined_record": (
        "An open involvement would be of a child whose record was joined to another.",
        "Import it for the record that is kept, or take the two apart in Handhold.",
    ),
    "account_email_once": ("Two accounts would have one e-mail address.", "Give each practitioner their own."),
    "post_code_once": ("A post with this code is on record from elsewhere.", FROM_ELSEWHERE),
    "queue_code_once": ("A queue with this code is on record from elsewhere.", FROM_ELSEWHERE),
    "meeting_series_code_once": ("A meeting with this code is on record from elsewhere.", FROM_ELSEWHERE),
    "team_code_once": ("A team with this code is on record from elsewhere.", FROM_ELSEWHERE),
    "person_nhs_number_is_one_person": ("Another person on record has this NHS number.", SEE_HANDHOLD),
    "person_upn_is_one_person": ("Another person on record has this unique pupil number.", SEE_HANDHOLD),
}


def fault_of(refusal: DatabaseError, file: str) -> Fault:
    """Return the fault that a refusal of the database amounts to. `file` is what was being stored.

    A database that fails otherwise is no fault of the folder: then the error itself is raised again.
    """
    if not isinstance(refusal, IntegrityError):
        raise refusal
    name = constraint_of(refusal)
    what, mend = WORDS.get(name, (f"The records refuse it by their rule {name or 'of what is kept'}.", SEE_HANDHOLD))
    return Fault(file, 0, "", what, mend)
