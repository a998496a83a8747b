"""An invented council with one person who can sign in, for the tests of the frame."""

import pytest
from django.test import Client

from handhold.records.models import Account, Agency, Authority, Practitioner

PASSWORD = "a long password of the tests"


@pytest.fixture
def authority(db: None) -> Authority:
    return Authority.objects.create(code="york", name="City of York Council", protocol="york")


@pytest.fixture
def council(authority: Authority) -> Agency:
    return Agency.objects.create(authority=authority, kind=Agency.Kind.COUNCIL, name="City of York Council")


@pytest.fixture
def samira(council: Agency) -> Account:
    """A social worker with an account."""
    practitioner = Practitioner.objects.create(
        agency=council, given_name="Samira", family_name="Malik", job_title="Social worker"
    )
    return Account.objects.create_user("samira@york.example", PASSWORD, practitioner=practitioner)


@pytest.fixture
def signed_in(client: Client, samira: Account) -> Client:
    client.force_login(samira)
    return client
