"""What all pathways share, in two versions: numbers, roles, queues, meetings, forms, letters and the rest."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from handhold.protocol.definition import Shape
from handhold.protocol.differences.facets import Facets, as_written
from handhold.protocol.differences.wording import Section, added, changed, facets_told, removed
from handhold.protocol.explaining.phrases import all_of, length, plain, quoted
from handhold.protocol.papers import FormFile
from handhold.protocol.pathways import Protocol

NAMED = {"roles": "role", "queues": "queue", "meetings": "meeting"}
"""Parts of `protocol.yaml` whose entries have a name, and what one is called."""

TOLD_BY_THEIR_CONTENT = ("protocol.yaml", "pathways/", "forms/", "letters/", "examples/")

APART = frozenset({*NAMED, "settings"})


def find_shared_differences(old: Protocol, new: Protocol) -> Iterator[Section]:
    """A section for each part, also for those without a difference."""
    yield Section("Numbers and choices that the council may change", tuple(_settings(old, new)))
    for part, sort in NAMED.items():
        before, after = getattr(old.file, part), getattr(new.file, part)
        yield Section(f"{part.title()}", tuple(_named(sort, before, after)))
    yield Section("Forms", tuple(_forms(old, new)))
    yield Section("Letters", tuple(_letters(old, new)))
    yield Section("The rest of the procedure", (*_rest(old, new), *_other_files(old, new)))


def _settings(old: Protocol, new: Protocol) -> Iterator[str]:
    before, after = old.file.settings, new.file.settings
    for name, setting in after.items():
        if name not in before:
            yield added("number", setting.means, length(new, name))
    for name, setting in before.items():
        if name not in after:
            yield removed("number", setting.means)
    for name in after:
        if name in before and before[name] != after[name]:
            yield from _setting(old, new, name)


def _setting(old: Protocol, new: Protocol, name: str) -> Iterator[str]:
    before, after = old.file.settings[name], new.file.settings[name]
    subject = quoted(after.means)
    if length(old, name) != length(new, name):
        limits = _limited_by(new, name)
        which = f" It is the limit of {limits}." if limits else ""
        yield f"{subject} was {length(old, name)}; it is now {length(new, name)}.{which}"
    yield from facets_told(subject, _beside_the_number(before), _beside_the_number(after))


def _beside_the_number(setting: Shape) -> Facets:
    """What a setting says beside value and unit."""
    facets = _facets(setting)
    return {name: words for name, words in facets.items() if name not in ("value", "unit")}


def _limited_by(protocol: Protocol, setting: str) -> str:
    """The steps whose own limit a setting is."""
    steps = [step for pathway in protocol.pathways.values() for step in pathway.steps.values()]
    titles = dict.fromkeys(quoted(step.title) for step in steps if step.within and step.within.setting == setting)
    return all_of(titles) if titles else ""


def _named(sort: str, before: Mapping[str, Shape], after: Mapping[str, Shape]) -> Iterator[str]:
    for name, part in after.items():
        called = _called(part, name)
        if name not in before:
            yield added(sort, called)
        else:
            yield from facets_told(f"The {sort} {quoted(called)}", _facets(before[name]), _facets(part))
    for name, part in before.items():
        if name not in after:
            yield removed(sort, _called(part, name))


def _called(part: Shape, name: str) -> str:
    return str(getattr(part, "called", name))


def _facets(part: Shape) -> Facets:
    return {plain(name).replace("_", " "): as_written(value) for name, value in dict(part).items() if value}


def _forms(old: Protocol, new: Protocol) -> Iterator[str]:
    for name, form in new.forms.items():
        if name not in old.forms:
            yield added("form", form.title)
        else:
            yield from facets_told(f"The form {quoted(form.title)}", _of_form(old.forms[name]), _of_form(form))
    for name, form in old.forms.items():
        if name not in new.forms:
            yield removed("form", form.title)


def _of_form(form: FormFile) -> Facets:
    """Its title and clauses, each section, each field."""
    facets = {"its title": form.title, "its clauses": as_written(form.clauses)}
    for section in form.sections:
        facets[f"its section {quoted(section.title)}"] = as_written([field.label for field in section.fields])
        for field in section.fields:
            facets[f"its field {quoted(field.label)}"] = as_written(field)
    return facets


def _letters(old: Protocol, new: Protocol) -> Iterator[str]:
    before, after = _letters_of(old), _letters_of(new)
    for name in sorted({*before, *after}):
        if name not in before:
            yield added("letter", name)
        elif name not in after:
            yield removed("letter", name)
        elif before[name] != after[name]:
            yield f"The letter {quoted(name)} is written differently."


def _letters_of(protocol: Protocol) -> dict[str, bytes]:
    files = sorted((protocol.folder / "letters").glob("*"))
    return {plain(path.stem): path.read_bytes() for path in files if path.is_file()}


def _rest(old: Protocol, new: Protocol) -> Iterator[str]:
    for name in type(new.file).model_fields:
        if name in APART:
            continue
        before, after = getattr(old.file, name), getattr(new.file, name)
        if before != after:
            called = plain(name).replace("_", " ")
            yield changed("The procedure", called, as_written(before or ""), as_written(after or ""))


def _other_files(old: Protocol, new: Protocol) -> Iterator[str]:
    """Files that no other part reads: nothing of a version changes without being told."""
    before, after = _files_beside(old), _files_beside(new)
    for name in sorted({*before, *after}):
        if before.get(name) != after.get(name):
            how = "new" if name not in before else "gone" if name not in after else "written differently"
            yield f"The file {quoted(name)} is {how}."


def _files_beside(protocol: Protocol) -> dict[str, bytes]:
    files = (path for path in sorted(protocol.folder.rglob("*")) if path.is_file())
    named = ((path.relative_to(protocol.folder).as_posix(), path) for path in files)
    return {name: path.read_bytes() for name, path in named if not name.startswith(TOLD_BY_THEIR_CONTENT)}
