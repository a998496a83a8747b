"""A concern is one click from every page, and on no page of whom it is about nor, before its release, of the family.

What somebody sees is compared word for word with what they saw before there was a concern at all (Y52, Y55).
"""

import re
from collections.abc import Iterator

import pytest
from django.urls import URLPattern

from handhold.actions.concerns import decide_concern, report_concern
from handhold.actions.concerns_afterwards import release_concern
from handhold.records.models import Concern, Practitioner
from tests.actions.walking import Walk, begin
from tests.records.factories import make_council, make_family
from tests.web.refusals_of_steps import CLOSE
from tests.web.stepping import Pages
from tests.web.test_the_frame import OPEN_TO_ALL, every_address
from tests.web.walked import at, filled_in, rename, signed_in, words_of

pytestmark = pytest.mark.django_db

RECEIVE = ("duty-manager", "front-door")
RELEASED = "A worry about shouting was looked into"
PAGES_OF_A_RUN = ("", "/story", "/pack", "/steps/concern-decided", "/steps/case-closed?child={child}")


@pytest.fixture
def walk() -> Walk:
    """A transfer that is ready to close; names that no page has by chance."""
    council = make_council()
    family = rename(make_family(council, children=1))
    return begin(council, family).to_lead_accepted().to_ready_to_close()


def pages_about(walk: Walk) -> list[str]:
    """Every page on which something of the family, or of work with it, stands."""
    family, child, run = walk.family.family.ref, walk.child_refs[0], walk.run.ref
    pages = ["/work", "/work/team", "/work/families", "/families", "/queues", "/meetings"]
    pages += [f"/families/{family}{rest}" for rest in ("", "/papers", "/chronology")]
    pages += [f"/children/{child}", f"/referrals/new?q={walk.family.children[0].given_name}"]
    return pages + [f"/transfers/{run}{rest.format(child=child)}" for rest in PAGES_OF_A_RUN]


def seen_by(walk: Walk, who: Practitioner) -> dict[str, str]:
    """What stands on each of those pages, and how it is answered."""
    client = signed_in(who, walk.now)
    with at(walk.now):
        answers = {address: client.get(address) for address in pages_about(walk)}
    return {address: f"{one.status_code} {words_of(one.content)}" for address, one in answers.items()}


def report(walk: Walk, *about: Practitioner) -> Concern:
    return report_concern(
        who="A girl",
        what="canary-what",
        child_ref=walk.child_refs[0],
        about_refs=[one.ref for one in about],
        by=walk.council.second_lead,
        now=walk.now,
    )


def changed(before: dict[str, str], after: dict[str, str]) -> list[str]:
    return [address for address in before if before[address] != after[address]]


@pytest.mark.parametrize("role", ["social-worker", "team-manager", "duty-manager", "front-door"])
def test_whom_it_is_about_sees_what_they_saw_before_there_was_one(walk: Walk, role: str) -> None:
    who = walk.person(role)
    before = seen_by(walk, who)
    concern = report(walk, who)
    assert changed(before, seen_by(walk, who)) == []
    decider = walk.person("service-manager" if role in RECEIVE else "front-door")
    decide_concern(concern.ref, "support-goes-on", "Why", by=decider, now=walk.now)
    assert changed(before, seen_by(walk, who)) == [], "nor once it is decided"


@pytest.mark.parametrize("role", ["social-worker", "team-manager", "duty-manager", "front-door"])
def test_one_that_is_not_about_them_they_do_see_or_run_into(walk: Walk, role: str) -> None:
    """The control: the pages can show a difference."""
    who = walk.person(role)
    before = seen_by(walk, who)
    report(walk)
    assert changed(before, seen_by(walk, who)) != []


def test_its_own_pages_are_not_there_for_whom_it_is_about(walk: Walk) -> None:
    duty = walk.person("duty-manager")
    kept, open_to = report(walk, duty), report(walk)
    client = signed_in(duty, walk.now)
    with at(walk.now):
        for rest in ("", "/discussion", "/about", "/hand-on", "/child", "/disagreement", "/release"):
            assert client.get(f"/concerns/{kept.ref}{rest}").status_code == 404, rest
        assert words_of(client.get(f"/concerns/{kept.ref}").content) == words_of(
            client.get("/concerns/N0T0HERE").content
        )
        for rest in ("", "/discussion", "/about", "/hand-on"):
            assert client.get(f"/concerns/{open_to.ref}{rest}").status_code in {200, 302}, rest
        for rest in ("/received", "/decision", "/discussion", "/about", "/hand-on", "/child", "/release"):
            assert client.post(f"/concerns/{kept.ref}{rest}", filled_in()).status_code == 404, rest


def test_the_worker_whom_it_is_about_cannot_close_and_is_not_told_why(walk: Walk) -> None:
    worker, manager = walk.person("social-worker"), walk.person("team-manager")
    report(walk, worker)
    answer = Pages(walk).post("/steps/case-closed", CLOSE, child=walk.child_refs[0])
    words = words_of(answer.content)
    assert answer.status_code == 409, words
    assert f"This cannot be done yet. Ring {manager.given_name} {manager.family_name}" in words
    assert "concern" not in words.replace("Report a safeguarding concern", "").lower()


def test_the_worker_of_one_that_is_not_about_them_reads_that_a_concern_stops_it(walk: Walk) -> None:
    report(walk)
    pages = seen_by(walk, walk.person("social-worker"))
    assert any("A safeguarding concern about a child of this household" in text for text in pages.values())


@pytest.mark.parametrize("role", ["social-worker", "lead-practitioner"])
def test_nothing_of_it_is_in_the_familys_record_before_it_is_released_and_then_what_may_be_said(
    walk: Walk, role: str
) -> None:
    who, duty = walk.person(role), walk.person("duty-manager")
    concern = report(walk)
    decide_concern(concern.ref, "support-goes-on", "canary-why", by=duty, now=walk.now)
    hidden = " ".join(seen_by(walk, who).values())
    release_concern(concern.ref, RELEASED, by=duty, now=walk.now)
    shown = seen_by(walk, who)
    assert RELEASED not in hidden
    assert RELEASED in shown[f"/families/{walk.family.family.ref}/chronology"]
    assert RELEASED in shown[f"/transfers/{walk.run.ref}/story"]
    sender = walk.council.second_lead
    for text in (hidden, *shown.values()):
        assert "canary-what" not in text
        assert "canary-why" not in text
        assert f"{sender.given_name} {sender.family_name} reported" not in text


def test_who_answers_for_it_stands_beside_the_child_for_who_handles_it(walk: Walk) -> None:
    report(walk)
    duty = walk.person("duty-manager")
    beside = f"{duty.given_name} {duty.family_name} answers for it."
    assert beside in seen_by(walk, duty)[f"/children/{walk.child_refs[0]}"]
    assert beside in seen_by(walk, walk.person("front-door"))[f"/referrals/new?q={walk.family.children[0].given_name}"]
    assert beside not in " ".join(seen_by(walk, walk.person("social-worker")).values())


# One click from everywhere


def filled(pattern: URLPattern, address: str, walk: Walk) -> str:
    """An address of the site with the references of this family and transfer in it."""
    first = address.strip("/").split("/")[0]
    ref = {"families": walk.family.family.ref, "children": walk.child_refs[0], "transfers": walk.run.ref}.get(first, "")
    return address.replace("ABCD2345", ref, 1).replace("ABCD2345", "ending-visit") if ref else address


def addresses_about(walk: Walk) -> Iterator[tuple[str, str]]:
    """Every address of the site about a family, a child or a transfer, with what its link must carry."""
    for address, pattern in every_address():
        first = address.strip("/").split("/")[0]
        carried = {"families": "family", "children": "child", "transfers": "transfer"}.get(first)
        if carried and "ABCD2345" in address:
            here = filled(pattern, address, walk)
            yield here, f"/concerns/new?{carried}={here.split('/')[2]}"


@pytest.mark.parametrize(
    "role", ["social-worker", "team-manager", "lead-practitioner", "duty-manager", "early-help-coordinator"]
)
def test_from_every_page_about_somebody_the_link_goes_with_whom_the_page_is_about(walk: Walk, role: str) -> None:
    client = signed_in(walk.person(role), walk.now)
    shown = []
    with at(walk.now):
        for address, link in addresses_about(walk):
            answer = client.get(address)
            if answer.status_code == 200 and answer["Content-Type"].startswith("text/html"):
                shown.append(address)
                header = re.search(r'<a href="([^"]+)" class="app-header__report"', answer.content.decode())
                assert header is not None, address
                assert header[1] == link
    assert shown, "some page was shown"


@pytest.mark.parametrize("role", ["social-worker", "lead-practitioner", "duty-manager", "front-door", "team-manager"])
def test_from_every_other_page_there_is_a_link_too(walk: Walk, role: str) -> None:
    client = signed_in(walk.person(role), walk.now)
    with at(walk.now):
        for address, pattern in every_address():
            answer = client.get(address) if pattern.name not in OPEN_TO_ALL else None
            if answer is not None and answer["Content-Type"].startswith("text/html") and answer.status_code < 300:
                assert 'class="app-header__report"' in answer.content.decode(), address


def test_the_link_of_a_transfer_leads_to_a_concern_about_its_family_also_for_who_does_not_see_it(walk: Walk) -> None:
    stranger = walk.council.stranger
    client = signed_in(stranger, walk.now)
    with at(walk.now):
        page = client.get(f"/concerns/new?transfer={walk.run.ref}")
        client.post("/concerns/new", filled_in(what="A bruise", transfer=walk.run.ref))
    assert walk.family.family.name not in words_of(page.content)
    assert Concern.objects.get().family == walk.family.family


def test_whom_it_is_about_can_be_ticked_and_a_tick_that_nobody_has_stops_nothing(walk: Walk) -> None:
    worker = walk.person("social-worker")
    client = signed_in(walk.person("team-manager"), walk.now)
    with at(walk.now):
        page = client.get(f"/concerns/new?child={walk.child_refs[0]}")
        sent = client.post("/concerns/new", filled_in(what="x" * 9000, about=[worker.ref, "GONE0000"], child="?" * 300))
    assert f'value="{worker.ref}"' in page.content.decode()
    assert sent.status_code == 302
    assert [one.practitioner for one in Concern.objects.get().about.all()] == [worker]
