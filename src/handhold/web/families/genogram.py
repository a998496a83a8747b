"""Where each person and line of a genogram stands: plain numbers for an SVG.

A square is a man, a circle a woman, a triangle a child not born yet, a diamond anybody else; a cross says that somebody
has died. A line of its own leads from each set of parents to their children, a broken one from other family.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from handhold.queries.family_tree import Bond, FamilyTree, Relative

CELL = 150
"""The width that one person has, with their name."""
HALF = 24
"""Half the width of a shape."""
WORDS = 58
"""The height of the words below a shape: name, age, where somebody lives."""
STEP = 14
"""Between two lines that lead to the same generation."""
GAP = 26


@dataclass(frozen=True, slots=True)
class Shape:
    """One person. `points` are the corners of a triangle or a diamond."""

    form: str
    x: int
    y: int
    name: str
    age: str
    note: str
    has_died: bool
    lives_here: bool

    @property
    def points(self) -> str:
        """The corners, for the forms that have some."""
        x, y = self.x, self.y
        if self.form == "triangle":
            return f"{x},{y - HALF} {x + HALF},{y + HALF} {x - HALF},{y + HALF}"
        return f"{x},{y - HALF} {x + HALF},{y} {x},{y + HALF} {x - HALF},{y}"


@dataclass(frozen=True, slots=True)
class Line:
    """From the elder to the younger: the path of an SVG, and whether it is broken."""

    path: str
    is_broken: bool


@dataclass(frozen=True, slots=True)
class Genogram:
    """The whole picture."""

    width: int
    height: int
    shapes: tuple[Shape, ...]
    lines: tuple[Line, ...]
    sentences: tuple[str, ...]
    half: int = HALF


def draw_genogram(tree: FamilyTree) -> Genogram:
    """The picture of a family, as wide as its largest generation."""
    rows = [row for row in ([one for one in tree.people if one.generation == n] for n in range(3)) if row]
    groups = list(_groups(tree.bonds))
    width = CELL * max(map(len, rows))
    tops, bottom = _heights(rows, groups)
    places = {
        one.id: (round(width / 2 + (number - (len(row) - 1) / 2) * CELL), top + HALF)
        for row, top in zip(rows, tops, strict=True)
        for number, one in enumerate(row)
    }
    return Genogram(
        width=width,
        height=bottom,
        shapes=tuple(_shape(one, *places[one.id]) for one in tree.people),
        lines=tuple(_lines(groups, places)),
        sentences=tree.sentences,
    )


@dataclass(frozen=True)
class _Group:
    """Who stands above the same children in the same way: a pair of parents, one parent, those who care for them."""

    above: tuple[int, ...]
    below: tuple[int, ...]
    is_broken: bool


def _groups(bonds: Iterable[Bond]) -> Iterator[_Group]:
    """The parents of each child together; other carers with those who care for the same children."""
    parents: dict[int, list[int]] = {}
    carers: dict[tuple[int, ...], list[int]] = {}
    for bond in bonds:
        for child in bond.to_ids if bond.is_parent else ():
            parents.setdefault(child, []).append(bond.from_id)
        if not bond.is_parent:
            carers.setdefault(bond.to_ids, []).append(bond.from_id)
    children: dict[tuple[int, ...], list[int]] = {}
    for child, above in parents.items():
        children.setdefault(tuple(above), []).append(child)
    for above_them, below in children.items():
        yield _Group(above_them, tuple(below), is_broken=False)
    for below_them, others in carers.items():
        yield _Group(tuple(others), below_them, is_broken=True)


def _heights(rows: list[list[Relative]], groups: list[_Group]) -> tuple[list[int], int]:
    """Where each row begins, and where the last one ends: between rows is room for the lines that end in the lower."""
    tops, y = [], 4
    for row in rows:
        lines = sum(1 for group in groups if group.below[0] in {one.id for one in row})
        y += STEP * lines + (GAP if lines else 0)
        tops.append(y)
        y += 2 * HALF + WORDS
    return tops, y


def _lines(groups: list[_Group], places: dict[int, tuple[int, int]]) -> Iterator[Line]:
    """Each group's line: down from who stands above, along a level of its own, down to who stands below."""
    taken: dict[int, int] = {}
    for group in groups:
        row = places[group.below[0]][1]
        number = taken[row] = taken.get(row, -1) + 1
        level, side = row - HALF - GAP // 2 - STEP * number, _side(number)
        above = [(places[one][0] + side, places[one][1] + HALF + WORDS) for one in group.above]
        below = [places[one][0] + side for one in group.below]
        ends = [x for x, _ in above] + below
        down = [f"M{x},{y}V{level}" for x, y in above]
        up = [f"M{x},{level}V{row - HALF}" for x in below]
        yield Line("".join((*down, f"M{min(ends)},{level}H{max(ends)}", *up)), group.is_broken)


def _side(number: int) -> int:
    """Lines that come to the same shape stand beside each other: 0, 10, -10, 20 pixels from its middle."""
    return (1 if number % 2 else -1) * 10 * ((number + 1) // 2)


def _shape(one: Relative, x: int, y: int) -> Shape:
    forms = {"male": "square", "female": "circle"}
    form = "triangle" if one.is_unborn else forms.get(one.sex, "diamond")
    note = "" if one.in_household or one.has_died else "lives elsewhere"
    return Shape(form, x, y, one.name, one.age, note, one.has_died, one.in_household)
