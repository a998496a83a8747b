"""What is asked when somebody is born, joins a household, leaves it, or was put down wrongly."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from django import forms

from handhold.actions.households import Joins, Kinship
from handhold.queries.household import MemberLine
from handhold.queries.likely_duplicates import Described
from handhold.queries.who_it_may_be import Perhaps
from handhold.records.models import Person
from handhold.web.forms.date_field import DateField
from handhold.web.forms.fields import CheckboxesField, Choice, LongTextField, RadiosField, SelectField, TextField
from handhold.web.forms.govuk_form import GovukForm
from handhold.web.referrals.forms import NOBODY, RELATIONS, who_field

ELSEWHERE, GONE = "elsewhere", "gone"
SIBLINGS = ("brother", "sister", "half-brother", "half-sister", "step-brother", "step-sister", "other")
SEXES = (Choice("female", "Female"), Choice("male", "Male"), Choice("", "Nobody has said"))


def _kinds(kinds: Iterable[str]) -> list[Choice]:
    return [Choice(one, one.capitalize()) for one in kinds]


def _day_of(question: str, *, hint: str = "") -> DateField:
    return DateField(question, called="The day", missing="Enter the day", must_be="past", hint=hint)


class BirthForm(GovukForm):
    """A birth that was expected."""

    given_name = TextField("First name", missing="Enter the first name", max_length=100)
    family_name = TextField("Family name", missing="Enter the family name", max_length=100)
    birth_date = DateField("Date of birth", missing="Enter the date of birth", must_be="past")
    sex = RadiosField("Sex", SEXES, inline=True)


class CorrectionForm(GovukForm):
    """Who somebody is, as it should read."""

    given_name = TextField("First name", max_length=100)
    known_as = TextField("The name that they use, where it is another", max_length=100)
    family_name = TextField("Family name", missing="Enter the family name", max_length=100)
    birth_date = DateField("Date of birth", called="The date of birth", must_be="past")
    expected = DateField(
        "The day on which the baby was due",
        called="The day",
        hint="Without a date of birth, the baby is expected still.",
    )
    sex = RadiosField("Sex", SEXES, inline=True)
    why = LongTextField("How do you know what is right?", missing="Write how you know what is right", rows=3)

    def ask_of(self, person: Person, *, is_child: bool) -> None:
        """No day is expected of somebody of whom none ever was."""
        if not is_child or person.expected_birth_date is None:
            del self.fields["expected"]


def corrected_from(person: Person) -> dict[str, object]:
    """What stands in the form of a correction to begin with."""
    return {
        "given_name": person.given_name,
        "known_as": person.known_as,
        "family_name": person.family_name,
        "birth_date": person.birth_date,
        "expected": person.expected_birth_date,
        "sex": person.sex,
    }


class LeavingForm(GovukForm):
    """Since when somebody does not live here, and whether they are of the family still."""

    day = _day_of("Since when do they not live here?")
    stays = RadiosField(
        "Do they still belong to this family?",
        (
            Choice(ELSEWHERE, "Yes, they live elsewhere", hint="They stay on the family’s pages."),
            Choice(GONE, "No", hint="They are on the family’s pages no more. What was written down is kept."),
        ),
        missing="Choose whether they still belong to this family",
    )
    why = LongTextField(
        "Where do they live now, or what has changed?", missing="Write where they live now, or what has changed", rows=3
    )


class MovingInForm(GovukForm):
    """Since when somebody lives here again."""

    day = _day_of("Since when do they live here?")


class TellingForm(GovukForm):
    """What a partner says of the family."""

    text = LongTextField(
        "Who was born, moved in or left, and when?",
        missing="Write who was born, moved in or left",
        called="What you write",
        max_length=2000,
    )


class MemberForm(GovukForm):
    """Somebody who joins the household: who they are, since when, and what they are to the others.

    `perhaps` are those of the records of whom it has to be asked first whether it is one of them.
    """

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        is_child: bool,
        members: Sequence[MemberLine],
        today: date,
        perhaps: Sequence[Perhaps] = (),
        who: str = "",
        initial: Mapping[str, Any] | None = None,
    ) -> None:
        self.is_child = is_child
        self.children = [one for one in members if one.is_child]
        self.adults = [one for one in members if not one.is_child]
        super().__init__(data, today=today, initial=initial)
        known = {"known": who_field((who, list(perhaps)))} if perhaps else {}
        self.fields |= {**known, **(self._of_child() if is_child else self._of_adult())}
        self.fields["day"] = _day_of("Since when do they live here?")
        if is_child:
            self.asked_elsewhere.update(("birth_date", "expected"))  # one of the two
        for field in self.fields.values():
            if isinstance(field, DateField):
                field.today = today
        self.settle_reveals()

    @property
    def is_asked_first(self) -> bool:
        """Whether it was not asked before who of the records it may be: nothing is wrong yet."""
        return "known" in self.fields and "known" not in self.data

    @property
    def described(self) -> Described:
        """Who it is, to look for on record; for a valid form."""
        said = self.cleaned_data
        return Described(
            said["given_name"],
            said["family_name"],
            birth_date=said["birth_date"],
            expected_birth_date=None if said["birth_date"] else said.get("expected"),
        )

    @property
    def joins(self) -> Joins:
        """The act; for a valid form."""
        said = self.cleaned_data
        known = said.get("known") or ""
        return Joins(
            is_child=self.is_child,
            joined_date=said["day"],
            given_name=said["given_name"],
            family_name=said["family_name"],
            birth_date=said["birth_date"],
            expected_birth_date=said.get("expected"),
            sex=said["sex"],
            phone=said.get("phone") or "",
            known_ref="" if known == NOBODY else known,
            kinships=tuple(self._kin_of_child() if self.is_child else self._kin_of_adult()),
        )

    def clean(self) -> dict[str, Any]:
        """A child has a date; who is born, or grown, has a first name."""
        said = self.cleaned_data
        dates = {"birth_date", "expected"} if self.is_child else {"birth_date"}
        has_date = any(said.get(name) or name in self.errors for name in dates)
        if self.is_child and not has_date:
            self.add_error("birth_date", "Enter the date of birth, or the day on which the baby is due")
        if not said.get("given_name") and (not self.is_child or said.get("birth_date")):
            self.add_error("given_name", "Enter the first name")
        return said

    def _of_child(self) -> dict[str, forms.Field]:
        found: dict[str, forms.Field] = {
            "given_name": TextField(
                "First name", hint="Leave it empty for a baby who is not born yet.", max_length=100
            ),
            "family_name": TextField("Family name", missing="Enter the family name", max_length=100),
            "birth_date": DateField("Date of birth", called="The date of birth", must_be="past"),
            "expected": DateField("Or the day on which the baby is due", called="The day", must_be="future"),
            "sex": RadiosField("Sex", SEXES, inline=True),
        }
        for one in self.adults:
            found[f"is-{one.ref}"] = SelectField(
                f"What is {one.name} to the child?", _kinds(RELATIONS), empty="Nothing, or not known"
            )
        if self.adults:
            found["responsible"] = CheckboxesField(
                "Who has parental responsibility for the child?", [Choice(one.ref, one.name) for one in self.adults]
            )
        if self.children:
            found["sibling"] = SelectField(
                "What is the child to the other children?", _kinds(SIBLINGS), empty="Nothing, or not known"
            )
        return found

    def _of_adult(self) -> dict[str, forms.Field]:
        children = [Choice(one.ref, one.name) for one in self.children]
        found: dict[str, forms.Field] = {
            "given_name": TextField("First name", missing="Enter the first name", max_length=100),
            "family_name": TextField("Family name", missing="Enter the family name", max_length=100),
            "birth_date": DateField(
                "Date of birth",
                called="The date of birth",
                must_be="past",
                hint="Leave it empty where nobody knows it.",
            ),
            "sex": RadiosField("Sex", SEXES, inline=True),
            "phone": TextField("Telephone number", input_type="tel", width=20, max_length=40),
        }
        if children:
            found["relation"] = RadiosField("What are they to the children?", _kinds(RELATIONS), inline=True)
            found["related"] = CheckboxesField("To which children?", children)
            found["responsible"] = CheckboxesField("For whom do they have parental responsibility?", children)
        return found

    def _kin_of_child(self) -> Iterator[Kinship]:
        said = self.cleaned_data
        responsible = said.get("responsible") or ()
        for one in self.adults:
            kind = said.get(f"is-{one.ref}") or ("other" if one.ref in responsible else "")
            if kind:
                yield Kinship(one.ref, kind, one.ref in responsible)
        if said.get("sibling"):
            yield from (Kinship(one.ref, said["sibling"], of_who_joins=False) for one in self.children)

    def _kin_of_adult(self) -> Iterator[Kinship]:
        said = self.cleaned_data
        responsible, related = said.get("responsible") or (), said.get("related") or ()
        for one in self.children:
            if one.ref in related or one.ref in responsible:
                kind = said.get("relation") or "other"
                yield Kinship(one.ref, kind, one.ref in responsible, of_who_joins=False)
