"""Where the fields of forms are filled in from: what a procedure can say is what is found."""

from handhold.protocol.vocabulary import DECISIONS_OF, is_source
from handhold.protocol.vocabulary import SOURCES as SAID
from handhold.queries.form_sections import SOURCES as FOUND


def test_every_source_that_a_procedure_can_name_is_found_and_no_other() -> None:
    assert list(FOUND) != []
    assert FOUND.keys() == SAID.keys()


def test_decisions_are_those_of_a_role_of_the_procedure_or_of_a_relation() -> None:
    assert is_source(f"{DECISIONS_OF}practice-lead", {"practice-lead"})
    assert is_source(f"{DECISIONS_OF}responsible-worker", set())
    assert not is_source(f"{DECISIONS_OF}practice-lead", {"another-role"})
    assert not is_source("practice-lead", {"practice-lead"})
