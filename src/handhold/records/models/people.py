"""People and families: who they are and how they are related. Not here: who works with them (casework)."""

from django.contrib.postgres.fields import ArrayField, DateTimeRangeField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q

from handhold.records.checks_of_numbers import check_nhs_number, check_upn
from handhold.records.models.names import words_of_names
from handhold.records.refs import RefField


class Person(models.Model):
    """A child (unborn too), a parent or carer, or anybody else of a household. A child's age follows from the dates.

    A child has a birth date or an expected one (migration 0015); of an adult it can be unknown.
    """

    ref = RefField()
    given_name = models.CharField(max_length=100, blank=True)  # an unborn child has none yet
    family_name = models.CharField(max_length=100)
    known_as = models.CharField(max_length=100, blank=True)
    other_names = ArrayField(models.CharField(max_length=200), default=list, db_default=[], blank=True)
    """Whole names by which they are or were known elsewhere: before a marriage, at another school, in another way."""
    birth_date = models.DateField(null=True, blank=True)
    expected_birth_date = models.DateField(null=True, blank=True)
    died_date = models.DateField(null=True, blank=True)
    sex = models.CharField(max_length=20, blank=True)
    ethnicity = models.CharField(max_length=60, blank=True)
    first_language = models.CharField(max_length=60, blank=True)
    interpreter_needed = models.BooleanField(default=False)
    communication_needs = models.TextField(blank=True)
    phone = models.CharField(max_length=40, blank=True)
    email = models.EmailField(blank=True)
    address = models.TextField(blank=True)
    nhs_number = models.CharField(max_length=10, null=True, blank=True, validators=[check_nhs_number])
    upn = models.CharField(max_length=13, null=True, blank=True, validators=[check_upn])
    # The same child as another record, which is kept in its place (JoinedRecord): shown, counted and worked with there.
    is_joined = models.BooleanField(default=False, db_default=False, editable=False)
    name_words = words_of_names("records_person_words", "given_name", "family_name", "known_as", "other_names")

    class Meta:
        indexes = [
            GinIndex(name="person_by_name_words", fields=["name_words"], fastupdate=False),  # search
            models.Index(name="person_by_birth", fields=["birth_date"]),  # search by birth date or year
            models.Index(name="person_by_expected_birth", fields=["expected_birth_date"]),  # of a child not born yet
        ]
        constraints = [
            # A death entered on another person's record, or with the year mistyped.
            models.CheckConstraint(
                name="person_died_not_before_birth",
                condition=Q(died_date__isnull=True)
                | Q(birth_date__isnull=True)
                | Q(died_date__gte=models.F("birth_date")),
            ),
            # One child recorded twice, each record holding half of what is known.
            models.UniqueConstraint(name="person_nhs_number_is_one_person", fields=["nhs_number"]),
            models.UniqueConstraint(name="person_upn_is_one_person", fields=["upn"]),
        ]

    def __str__(self) -> str:
        return f"person {self.ref}"


class Family(models.Model):
    """People who are worked with together. A child can belong to more than one family over time."""

    ref = RefField()
    name = models.CharField(max_length=100)
    authority = models.ForeignKey("records.Authority", models.PROTECT, related_name="families", db_index=False)
    members = models.ManyToManyField(Person, through="records.FamilyMember", related_name="families")
    name_words = words_of_names("records_name_words", "name")

    class Meta:
        verbose_name_plural = "families"
        indexes = [
            models.Index(name="family_by_name", fields=["authority", "name"]),  # the list of families
            GinIndex(name="family_by_name_words", fields=["name_words"], fastupdate=False),  # search
        ]

    def __str__(self) -> str:
        return f"family {self.ref}"


class FamilyMember(models.Model):
    """One person's membership of one family, from and to."""

    class Role(models.TextChoices):
        """As a child or as an adult of this family."""

        CHILD = "child"
        ADULT = "adult"

    family = models.ForeignKey(Family, models.PROTECT, related_name="memberships", db_index=False)
    person = models.ForeignKey(Person, models.PROTECT, related_name="memberships")
    role = models.CharField(max_length=10, choices=Role.choices)
    in_household = models.BooleanField(default=True)
    during = DateTimeRangeField()

    class Meta:
        constraints = [
            # A member in a role that no page shows.
            models.CheckConstraint(name="family_member_role_known", condition=Q(role__in=["child", "adult"])),
        ]

    def __str__(self) -> str:
        return f"family member {self.pk}"


class Relationship(models.Model):
    """What one person is to another: `from_person` is the mother (father, sister, ...) of `to_person`."""

    from_person = models.ForeignKey(Person, models.PROTECT, related_name="relationships_from")
    to_person = models.ForeignKey(Person, models.PROTECT, related_name="relationships_to")
    kind = models.CharField(max_length=40)
    parental_responsibility = models.BooleanField(default=False)
    during = DateTimeRangeField()

    class Meta:
        constraints = [
            # Somebody entered as their own parent.
            models.CheckConstraint(name="relationship_of_two", condition=~Q(from_person=models.F("to_person"))),
        ]

    def __str__(self) -> str:
        return f"relationship {self.pk}"
