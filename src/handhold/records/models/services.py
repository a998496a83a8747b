"""Services: authorities, agencies, teams, and the practitioners, posts, rotas, queues and meetings that do the work."""

from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.fields import DateTimeRangeField
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower

from handhold.records.models.names import words_of_names
from handhold.records.refs import RefField


class Authority(models.Model):
    """A council, and the folder of the procedure that it works by."""

    code = models.SlugField(max_length=40, db_index=False)
    name = models.CharField(max_length=100)
    protocol = models.CharField(max_length=100)

    class Meta:
        verbose_name_plural = "authorities"
        # Two councils under one code, whose families would mix.
        constraints = [models.UniqueConstraint(name="authority_code_once", fields=["code"])]

    def __str__(self) -> str:
        return f"authority {self.code}"


class Agency(models.Model):
    """An organisation whose people work with families: the council itself, a school, a health service, a charity ..."""

    class Kind(models.TextChoices):
        """What sort of organisation it is."""

        COUNCIL = "council"
        SCHOOL = "school"
        HEALTH = "health"
        CHARITY = "charity"
        POLICE = "police"
        HOUSING = "housing"
        OTHER = "other"

    authority = models.ForeignKey(Authority, models.PROTECT, related_name="agencies")
    ref = RefField()
    kind = models.CharField(max_length=20, choices=Kind.choices)
    name = models.CharField(max_length=200)
    phone = models.CharField(max_length=40, blank=True)
    email = models.EmailField(blank=True)
    name_words = words_of_names("records_name_words", "name")

    class Meta:
        verbose_name_plural = "agencies"
        constraints = [
            # An agency of a sort that no rule knows, so that its lead counts neither as partner nor as council.
            models.CheckConstraint(
                name="agency_kind_known",
                condition=Q(kind__in=["council", "school", "health", "charity", "police", "housing", "other"]),
            ),
        ]

    def __str__(self) -> str:
        return f"agency {self.ref}"


class Team(models.Model):
    """A team of an agency. `code` binds it to the protocol."""

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="teams", db_index=False)
    code = models.SlugField(max_length=60, db_index=False)
    name = models.CharField(max_length=100)
    kind = models.CharField(max_length=40, blank=True)

    class Meta:
        # Two teams under one code, so that work sent to the team reaches only one of them.
        constraints = [models.UniqueConstraint(name="team_code_once", fields=["agency", "code"])]

    def __str__(self) -> str:
        return f"team {self.code}"


class Practitioner(models.Model):
    """Somebody who works with families. They stay on record after they have left."""

    ref = RefField()
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="practitioners")
    team = models.ForeignKey(Team, models.PROTECT, null=True, blank=True, related_name="practitioners")
    given_name = models.CharField(max_length=100)
    family_name = models.CharField(max_length=100)
    job_title = models.CharField(max_length=100, blank=True)
    phone = models.CharField(max_length=40, blank=True)
    email = models.EmailField(blank=True)
    left_date = models.DateField(null=True, blank=True)

    def __str__(self) -> str:
        return f"practitioner {self.ref}"


class AccountManager(BaseUserManager["Account"]):
    """How accounts are made: the address in small letters, the password hashed."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "Account":
        """Return a new account; without a password nobody can sign in to it by one."""
        account = self.model(email=email.strip().lower(), **fields)
        account.set_password(password)
        account.save(using=self._db)
        return account

    def get_by_natural_key(self, username: str | None) -> "Account":
        """Find by address in any letter case, as people type it on a phone."""
        return self.get(email=(username or "").strip().lower())


class Account(AbstractBaseUser):
    """What somebody signs in with. What they may do follows from the practitioner's roles, not from the account."""

    email = models.EmailField()
    is_active = models.BooleanField(default=True)
    practitioner = models.OneToOneField(Practitioner, models.PROTECT, null=True, blank=True, related_name="account")

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []
    objects: ClassVar[AccountManager] = AccountManager()

    class Meta:
        constraints = [
            # Two accounts for one address, told apart only by the case of a letter.
            models.UniqueConstraint(name="account_email_once", fields=["email"]),
            models.CheckConstraint(name="account_email_in_small_letters", condition=Q(email=Lower(F("email")))),
        ]

    def __str__(self) -> str:
        return f"account {self.pk}"


class Absence(models.Model):
    """Leave, illness or training: time when somebody else must answer. A plan, so it may be changed."""

    practitioner = models.ForeignKey(Practitioner, models.PROTECT, related_name="absences", db_index=False)
    during = DateTimeRangeField()
    why = models.CharField(max_length=40, blank=True)

    def __str__(self) -> str:
        return f"absence {self.pk}"


class AgencyClosure(models.Model):
    """A time in which nobody of an agency can be reached, such as a school's holidays. A plan, so it may be changed."""

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="closures")
    during = DateTimeRangeField()
    why = models.CharField(max_length=40, blank=True)

    def __str__(self) -> str:
        return f"closure {self.pk}"


class RoleHolding(models.Model):
    """A practitioner holds a role of the protocol (`social-worker`, ...), for one team or for all, from and to."""

    practitioner = models.ForeignKey(Practitioner, models.PROTECT, related_name="role_holdings", db_index=False)
    role = models.CharField(max_length=60)
    team = models.ForeignKey(Team, models.PROTECT, null=True, blank=True, related_name="role_holdings", db_index=False)
    during = DateTimeRangeField()

    class Meta:
        # "Who holds this role now": the manager of a worker's team, the practice managers.
        indexes = [models.Index(name="role_holding_by_role", fields=["role", "team"])]

    def __str__(self) -> str:
        return f"role holding {self.pk}"


class Post(models.Model):
    """An office that is held by one person at a time and takes on by office.

    A post with `must_be_held_during` is a post of last resort: the database refuses to let it fall vacant.
    """

    authority = models.ForeignKey(Authority, models.PROTECT, related_name="posts", db_index=False)
    code = models.SlugField(max_length=60, db_index=False)
    title = models.CharField(max_length=100)
    team = models.ForeignKey(Team, models.PROTECT, null=True, blank=True, related_name="posts", db_index=False)
    must_be_held_during = DateTimeRangeField(null=True, blank=True)

    class Meta:
        # Two posts under one code, so that nobody can say who takes on.
        constraints = [models.UniqueConstraint(name="post_code_once", fields=["authority", "code"])]

    def __str__(self) -> str:
        return f"post {self.code}"


class PostHolding(models.Model):
    """A practitioner holds a post, from and to."""

    post = models.ForeignKey(Post, models.PROTECT, related_name="holdings", db_index=False)
    practitioner = models.ForeignKey(Practitioner, models.PROTECT, related_name="post_holdings")
    during = DateTimeRangeField()

    def __str__(self) -> str:
        return f"post holding {self.pk}"


class Rota(models.Model):
    """A duty that people take in turns."""

    authority = models.ForeignKey(Authority, models.PROTECT, related_name="rotas", db_index=False)
    code = models.SlugField(max_length=60, db_index=False)
    title = models.CharField(max_length=100)

    class Meta:
        # Two rotas under one code, one of them empty.
        constraints = [models.UniqueConstraint(name="rota_code_once", fields=["authority", "code"])]

    def __str__(self) -> str:
        return f"rota {self.code}"


class RotaSlot(models.Model):
    """One turn of duty. A plan, so it may be swapped."""

    rota = models.ForeignKey(Rota, models.PROTECT, related_name="slots", db_index=False)
    practitioner = models.ForeignKey(Practitioner, models.PROTECT, related_name="rota_slots", db_index=False)
    during = DateTimeRangeField()

    def __str__(self) -> str:
        return f"rota slot {self.pk}"


class Queue(models.Model):
    """A list of work that waits to be taken, and the post that answers for it."""

    authority = models.ForeignKey(Authority, models.PROTECT, related_name="queues", db_index=False)
    code = models.SlugField(max_length=60, db_index=False)
    label = models.CharField(max_length=100)
    owner_post = models.ForeignKey(Post, models.PROTECT, related_name="queues", db_index=False)

    class Meta:
        # Work put in a queue that nobody looks at because its twin is on the page.
        constraints = [models.UniqueConstraint(name="queue_code_once", fields=["authority", "code"])]

    def __str__(self) -> str:
        return f"queue {self.code}"


class MeetingSeries(models.Model):
    """A meeting that comes back every week: `weekday` 0 is Monday, `start_time` is by the clock on the wall."""

    authority = models.ForeignKey(Authority, models.PROTECT, related_name="meeting_series", db_index=False)
    code = models.SlugField(max_length=60, db_index=False)
    title = models.CharField(max_length=100)
    weekday = models.PositiveSmallIntegerField()
    start_time = models.TimeField()
    chair_post = models.ForeignKey(Post, models.PROTECT, related_name="meeting_series", db_index=False)

    class Meta:
        verbose_name_plural = "meeting series"
        constraints = [
            # Two series under one code, each with half of the agenda.
            models.UniqueConstraint(name="meeting_series_code_once", fields=["authority", "code"]),
            # A series that no day of the week brings round.
            models.CheckConstraint(name="meeting_series_weekday", condition=Q(weekday__lte=6)),
        ]

    def __str__(self) -> str:
        return f"meeting series {self.code}"
