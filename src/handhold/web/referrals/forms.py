"""What is asked when a referral is written down: what the referrer said, when it came, and whom it is about."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date, datetime, time
from typing import Any

from django import forms
from django.utils import timezone

from handhold.actions.referrals import NewFamily, NewPerson
from handhold.casefiles.contents import WrittenAnswer
from handhold.queries.likely_duplicates import Described, Likely
from handhold.queries.referrals import ReferralPage
from handhold.queries.who_it_may_be import Perhaps
from handhold.web.british_dates import long_date
from handhold.web.forms.date_field import DateField, TimeField
from handhold.web.forms.fields import CheckboxesField, Choice, LongTextField, RadiosField, TextField
from handhold.web.forms.govuk_form import GovukForm

MOST_CHILDREN, MOST_ADULTS = 12, 6
YES = "yes"
LONG = frozenset({"said", "family-knows"})
"""Fields of a referral in which people write more than a line."""
NOBODY = "none"
Perhapses = tuple[str, list[Perhaps]]
"""Somebody who was typed, by name, and who of those on record they may be."""
RELATIONS = ("mother", "father", "step-parent", "grandparent", "carer", "other")


class ReferralForm(GovukForm):
    """The referral itself, for the children of a family on record."""

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        page: ReferralPage,
        today: date,
        initial: Mapping[str, Any] | None = None,
    ) -> None:
        self.page = page
        super().__init__(data, today=today, initial=initial)
        self.fields |= {**self.own_fields(), **self._of_the_referral(today)}
        for field in self.fields.values():
            if isinstance(field, DateField):
                field.today = today
        self.settle_reveals()

    def own_fields(self) -> dict[str, forms.Field]:
        """Whom it is about: the children who are not referred already."""
        able = [child for child in self.page.children if not child.is_referred]
        return {
            "children": CheckboxesField(
                "Which children is it about?",
                [Choice(one.ref, one.name, hint=one.held or "Nothing is open now") for one in able],
                missing="Choose at least one child",
                initial=[one.ref for one in able],
            )
        }

    @property
    def answers(self) -> tuple[WrittenAnswer, ...]:
        """The fields of the referral; for a valid form."""
        return tuple(WrittenAnswer(one.id, self.cleaned_data[f"field-{one.id}"] or "") for one in self.page.fields)

    def received_at(self, now: datetime) -> datetime:
        """When it came: now where that is today and no time is written; for a valid form."""
        day, at = self.cleaned_data["received"], self.cleaned_data.get("received_time")
        if at is None and day == timezone.localdate(now):
            return now
        return timezone.make_aware(datetime.combine(day, at or time(12)))

    def _of_the_referral(self, today: date) -> dict[str, forms.Field]:
        found: dict[str, forms.Field] = {}
        for one in self.page.fields:
            missing = f"Write: {one.label[:1].lower()}{one.label[1:]}" if one.required else ""
            kind = LongTextField if one.id in LONG else TextField
            found[f"field-{one.id}"] = kind(one.label, missing=missing, hint=one.hint, called=one.label)
        found["received"] = DateField(
            "When did it come?",
            called="The date",
            missing="Enter the date",
            must_be="past",
            hint="The time for the decision runs from then.",
            initial=today,
        )
        found["received_time"] = TimeField("At what time?", called="The time")
        return found


class NewFamilyForm(ReferralForm):
    """The referral, and the family as the referrer knows it. A row that is left empty counts for nothing.

    `perhaps` says of whom (`child-1`, `adult-2`) it has to be asked first whether they are on record already.
    """

    def __init__(
        self, data: Mapping[str, Any] | None = None, *, perhaps: Mapping[str, Perhapses] | None = None, **rest: Any
    ) -> None:
        self.perhaps = perhaps or {}
        self.children_asked = _asked(data, "child", MOST_CHILDREN)
        self.adults_asked = _asked(data, "adult", MOST_ADULTS)
        super().__init__(data, **rest)

    def own_fields(self) -> dict[str, forms.Field]:
        """The family, each child, each adult."""
        found: dict[str, forms.Field] = {
            "family_name": TextField("Family name", missing="Enter the family's name", called="The family name"),
            "address": LongTextField("Address", called="The address", max_length=400, rows=3),
        }
        for number in range(1, self.children_asked + 1):
            found |= _child_fields(number)
        for number in range(1, self.adults_asked + 1):
            found |= _adult_fields(number)
        return found | {f"{key}-is": who_field(some) for key, some in self.perhaps.items()}

    def clean(self) -> dict[str, Any]:
        """Each child has a birth date, or a day on which it is expected; each adult a first name."""
        for number in range(1, self.children_asked + 1):
            if (number == 1 or self._is_written("child", number)) and not self._dates(number):
                self.add_error(f"child-{number}-born", "Enter the date of birth, or the day on which the baby is due")
        for number in range(1, self.adults_asked + 1):
            name = f"adult-{number}-given"
            if self._is_written("adult", number) and not self.cleaned_data.get(name) and name not in self.errors:
                self.add_error(name, "Enter the first name")
        return self.cleaned_data

    @property
    def family(self) -> NewFamily:
        """The family; for a valid form."""
        cleaned = self.cleaned_data
        return NewFamily(
            cleaned["family_name"],
            tuple(one for _, one in self._children()),
            tuple(one for _, one in self._adults()),
            cleaned["address"] or "",
        )

    @property
    def described(self) -> dict[str, Described]:
        """Everybody as they are described; for a valid form."""
        people = dict((*self._children(), *self._adults()))
        return {
            key: Described(
                one.given_name,
                one.family_name,
                birth_date=one.birth_date,
                expected_birth_date=one.expected_birth_date,
            )
            for key, one in people.items()
        }

    @property
    def answered(self) -> list[str]:
        """The fields in which somebody is said to be on record, or not."""
        return [f"{key}-is" for key in self.perhaps]

    @property
    def is_asked_first(self) -> bool:
        """Whether somebody is asked about who was not asked about before: nothing is wrong yet.

        The page that asks says so beside each: radios of which none is chosen are not sent.
        """
        return any(f"{name}-asked" not in self.data for name in self.answered)

    def _children(self) -> Iterator[tuple[str, NewPerson]]:
        for number in range(1, self.children_asked + 1):
            if number == 1 or self._is_written("child", number):
                start = f"child-{number}"
                yield (
                    start,
                    NewPerson(
                        self.cleaned_data[f"{start}-given"],
                        self.cleaned_data[f"{start}-family"] or self.cleaned_data["family_name"],
                        self.cleaned_data[f"{start}-born"],
                        None if self.cleaned_data[f"{start}-born"] else self.cleaned_data[f"{start}-expected"],
                        known_ref=self._known(start),
                    ),
                )

    def _adults(self) -> Iterator[tuple[str, NewPerson]]:
        for number in range(1, self.adults_asked + 1):
            if self._is_written("adult", number):
                start = f"adult-{number}"
                yield (
                    start,
                    NewPerson(
                        self.cleaned_data[f"{start}-given"],
                        self.cleaned_data[f"{start}-family"] or self.cleaned_data["family_name"],
                        self.cleaned_data[f"{start}-born"],
                        relation=self.cleaned_data[f"{start}-relation"] or "other",
                        is_responsible=YES in self.cleaned_data[f"{start}-responsible"],
                        phone=self.cleaned_data[f"{start}-phone"],
                        known_ref=self._known(start),
                    ),
                )

    def _known(self, start: str) -> str:
        answer = str(self.cleaned_data.get(f"{start}-is") or "")
        return "" if answer == NOBODY else answer

    def _dates(self, number: int) -> bool:
        parts = ("born", "expected")
        names = [f"child-{number}-{part}" for part in parts]
        return any(self.cleaned_data.get(name) or name in self.errors for name in names)

    def _is_written(self, who: str, number: int) -> bool:
        start = f"{who}-{number}-"
        typed = {name: value for name, value in self.cleaned_data.items() if not name.endswith("-is")}
        return any(value for name, value in typed.items() if name.startswith(start))


def _child_fields(number: int) -> dict[str, forms.Field]:
    start = f"child-{number}"
    return {
        f"{start}-given": TextField("First name", hint="Leave it empty for a baby who is not born yet."),
        f"{start}-family": TextField("Family name, where it is another"),
        f"{start}-born": DateField("Date of birth", called="The date of birth", must_be="past"),
        f"{start}-expected": DateField("Or the day on which the baby is due", called="The day", must_be="future"),
    }


def _adult_fields(number: int) -> dict[str, forms.Field]:
    start = f"adult-{number}"
    return {
        f"{start}-given": TextField("First name"),
        f"{start}-family": TextField("Family name, where it is another"),
        f"{start}-born": DateField(
            "Date of birth",
            called="The date of birth",
            must_be="past",
            hint="Leave it empty where nobody knows it.",
        ),
        f"{start}-relation": RadiosField(
            "What are they to the children?", [Choice(one, one.capitalize()) for one in RELATIONS], inline=True
        ),
        f"{start}-responsible": CheckboxesField(
            "Parental responsibility", [Choice(YES, "They have parental responsibility")]
        ),
        f"{start}-phone": TextField("Telephone number", input_type="tel", width=20),
    }


def who_field(some: Perhapses) -> RadiosField:
    """Whether somebody is one of those on record. Nothing is chosen beforehand."""
    who, perhaps = some
    offered = [
        Choice(one.likely.ref, _as_on_record(one.likely), hint=". ".join(filter(None, (*one.likely.because, one.held))))
        for one in perhaps
    ]
    asked = f"Is {who} one of these?"
    return RadiosField(asked, [*offered, Choice(NOBODY, "None of these")], missing=f"Choose who {who} is")


def _as_on_record(likely: Likely) -> str:
    if likely.birth_date:
        return f"{likely.name}, born {long_date(likely.birth_date)}"
    return f"{likely.name}, expected {long_date(likely.expected_date)}" if likely.expected_date else likely.name


def _asked(data: Mapping[str, Any] | None, who: str, most: int) -> int:
    """How many rows the form was sent with, and one more where that was asked for."""
    sent = [int(found[1]) for name in data or () if (found := re.fullmatch(rf"{who}-(\d{{1,2}})-given", name))]
    wanted = max(sent, default=1) + ((data or {}).get("add") == who)
    return min(wanted, most)
