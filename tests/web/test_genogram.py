"""The genogram: everybody has a shape of their own place, every tie a line, and the sentences tell the same."""

import re
from datetime import timedelta

import pytest

from handhold.queries.family_tree import Bond, FamilyTree, Relative
from handhold.records.models import FamilyMember, Relationship
from handhold.web.families.genogram import HALF, Genogram, draw_genogram
from tests.records.factories import NOW, make_council, make_family, make_person, since
from tests.web.walked import at, signed_in

NUMBER = re.compile(r"\d+")


def somebody(number: int, generation: int, sex: str = "female", **more: object) -> Relative:
    known = {"age": "", "in_household": True, "is_unborn": False, "has_died": False}
    return Relative(number, f"Person {number}", sex, generation=generation, **known | more)  # type: ignore[arg-type]


STEP_FAMILY = FamilyTree(
    people=(
        somebody(1, 1),
        somebody(2, 1, "male"),
        somebody(3, 1, "male", in_household=False),
        somebody(4, 2),
        somebody(5, 2, "male"),
        somebody(6, 2, "", is_unborn=True, age="not born yet"),
    ),
    bonds=(
        Bond(1, (4, 5, 6), "mother", is_parent=True),
        Bond(3, (4, 5), "father", is_parent=True),
        Bond(2, (4, 5), "step-father", is_parent=False),
        Bond(2, (6,), "father", is_parent=True),
    ),
    sentences=(),
)
GRANDPARENTS = FamilyTree(
    people=(
        somebody(1, 0),
        somebody(2, 0, "male"),
        somebody(3, 1, has_died=True, age="died 2024", in_household=False),
        somebody(4, 2),
        somebody(5, 2, ""),
    ),
    bonds=(
        Bond(1, (4, 5), "grandmother", is_parent=False),
        Bond(2, (4, 5), "grandfather", is_parent=False),
        Bond(3, (4, 5), "mother", is_parent=True),
    ),
    sentences=(),
)


@pytest.mark.parametrize("tree", [STEP_FAMILY, GRANDPARENTS])
def test_nothing_lies_outside_and_nobody_upon_another(tree: FamilyTree) -> None:
    drawn = draw_genogram(tree)
    for shape in drawn.shapes:
        assert HALF <= shape.x <= drawn.width - HALF
        assert HALF <= shape.y <= drawn.height - HALF
    places = [(shape.x, shape.y) for shape in drawn.shapes]
    assert len(set(places)) == len(places)
    for line in drawn.lines:
        assert all(0 <= int(number) <= max(drawn.width, drawn.height) for number in NUMBER.findall(line.path))


def test_the_elder_stand_above_the_younger() -> None:
    grandmother, _, mother, child, _ = draw_genogram(GRANDPARENTS).shapes
    assert grandmother.y < mother.y < child.y


def test_each_person_has_the_shape_that_genograms_use() -> None:
    forms = [shape.form for shape in draw_genogram(STEP_FAMILY).shapes]
    assert forms == ["circle", "square", "square", "circle", "square", "triangle"]
    *_, mother, _, unknown = draw_genogram(GRANDPARENTS).shapes
    assert (mother.has_died, mother.note, mother.age) == (True, "", "died 2024")
    assert unknown.form == "diamond"


def test_parents_of_the_same_children_share_a_line_and_others_have_a_broken_one() -> None:
    assert [line.is_broken for line in draw_genogram(STEP_FAMILY).lines] == [False, False, True]
    assert [line.is_broken for line in draw_genogram(GRANDPARENTS).lines] == [False, True], "grandparents share theirs"


def ends_below(drawn: Genogram, line: int) -> int:
    """To how many children a line comes down: those of its verticals that end where their shapes begin."""
    row = max(shape.y for shape in drawn.shapes) - HALF
    return len(re.findall(rf"V{row}(?!\d)", drawn.lines[line].path))


def test_a_line_comes_down_to_each_of_the_children_and_to_no_other() -> None:
    drawn = draw_genogram(STEP_FAMILY)
    assert [ends_below(drawn, number) for number in range(3)] == [2, 1, 2]


@pytest.mark.django_db
def test_the_page_of_a_family_shows_it_with_its_words() -> None:
    council = make_council()
    family = make_family(council, children=2)
    first, _ = family.children
    grandmother, long_ago = make_person(), since(NOW - timedelta(days=30))
    FamilyMember.objects.create(
        family=family.family, person=grandmother, role="adult", in_household=False, during=long_ago
    )
    Relationship.objects.create(from_person=grandmother, to_person=first, kind="grandmother", during=long_ago)
    with at(NOW):
        page = signed_in(council.practitioners["social-worker"]).get(f"/families/{family.family.ref}").content.decode()
    assert page.count("app-genogram__name") == 5
    assert f"grandmother of {first.given_name}. Does not live in the household." in page
    assert f"has parental responsibility for {first.given_name} and {family.children[1].given_name}" in page


@pytest.mark.django_db
def test_where_nobody_is_related_nothing_is_drawn() -> None:
    council = make_council()
    family = make_family(council, children=1)
    Relationship.objects.update(during=since(NOW - timedelta(days=30), NOW - timedelta(days=1)))
    with at(NOW):
        page = signed_in(council.practitioners["social-worker"]).get(f"/families/{family.family.ref}").content.decode()
    assert "app-genogram" not in page
