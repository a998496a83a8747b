"""Forms that ask again what is known, or ask it of nobody who knows, and steps of forms without their form."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from handhold.protocol.checking.places import Spot, form_spot, step_places
from handhold.protocol.loading import Fault
from handhold.protocol.papers import FormField
from handhold.protocol.pathways import Protocol
from handhold.protocol.vocabulary import DECISIONS_OF, SOURCES, is_source


def find_form_faults(protocol: Protocol) -> Iterator[Fault]:
    """Fields that ask what is asked already, or name no source; one id twice; form sections without a form."""
    asked = Counter(field.concept for form in protocol.forms for _, field in _fields(protocol, form))
    for form in protocol.forms:
        ids: set[str] = set()
        for path, field in _fields(protocol, form):
            spot = form_spot(protocol, form)
            for key in path:
                spot /= key
            if not field.fills_from and asked[field.concept] > 1:
                what = f"The field '{field.id}' asks for '{field.concept}', which another field asks for too."
                yield spot.fault(what, "Say under `fills_from` where it is filled in from; nobody tells a thing twice.")
            if field.id in ids:
                yield (spot / "id").fault(f"Two fields of this form are called '{field.id}'.", "Rename one of them.")
            ids.add(field.id)
            yield from _unknown_sources(protocol, field, spot)
    for place in step_places(protocol):
        if place.step.kind == "form-section" and place.step.form is None:
            what = f"The step '{place.step.id}' fills in a form but does not say which."
            yield place.spot.fault(what, "Add `form:` with the id of a file in forms/.")


def _unknown_sources(protocol: Protocol, field: FormField, spot: Spot) -> Iterator[Fault]:
    for name in field.fills_from:
        if not is_source(name, protocol.file.roles):
            known = f"Write one of: {', '.join(SOURCES)}, {DECISIONS_OF} and a role or a relation."
            yield (spot / "fills_from").fault(f"Nothing is known as '{name}', so no field is filled in from it.", known)


def _fields(protocol: Protocol, form: str) -> Iterator[tuple[tuple[str, ...], FormField]]:
    """Each field of the form with the way to it."""
    for number, section in enumerate(protocol.forms[form].sections):
        for position, field in enumerate(section.fields):
            yield ("sections", str(number), "fields", str(position)), field
