"""Which template a letter is written on: by its name, the reader's language and, where it has several, the child's age.

A template for an age says so in a line of its own: `// Ages: unborn, 0-6`, `// Ages: 7-11`, `// Ages: 12-`. The ages
are the protocol's.
"""

import re
from pathlib import Path

from handhold.documents.faults import TemplateFault

AGES_LINE = re.compile(r"^// Ages: (?P<ages>.+)$", re.MULTILINE)
AGES = re.compile(r"(?P<first>\d+)-(?P<last>\d*)")
PART = re.compile(r"\bdata\.(\w+)")
UNBORN = "unborn"


def find_template(letters: Path, name: str, language: str) -> Path:
    """The template of that name in the language ("pl", "en-GB"), or the one that the protocol has in its own language.

    Templates in other languages stand beside it: `family-letter.typ`, `family-letter.pl.typ`.
    """
    translated = letters / f"{name}.{language.partition('-')[0]}.typ"
    return translated if translated.is_file() else letters / f"{name}.typ"


def find_template_for_age(letters: Path, name: str, age: int | None, language: str) -> Path:
    """The template of that name, or among `name-*.typ`, that a child of this age in whole years can read.

    None is a child not born yet.

    Raises TemplateFault where none is for that age, more than one is, or a template does not say its ages well.
    """
    named = [letters / f"{name}.typ", *sorted(letters.glob(f"{name}-*.typ"))]
    own_language = [path for path in named if path.is_file() and "." not in path.stem]
    fitting = [path for path in own_language if _is_for(path, age)]
    if len(fitting) != 1:
        whom = "a child not born yet" if age is None else f"a child of {age}"
        names = " and ".join(path.name for path in fitting) or "none"
        raise TemplateFault(
            str(letters), 0, f"one {name} must be for {whom}; found {names}. Mend the lines `// Ages:`."
        )
    return find_template(letters, fitting[0].stem, language)


def find_parts(template: Path) -> frozenset[str]:
    """What a template speaks of: the names that stand in it as `data.NAME`."""
    return frozenset(PART.findall(template.read_text(encoding="utf-8")))


def _is_for(template: Path, age: int | None) -> bool:
    said = AGES_LINE.search(template.read_text(encoding="utf-8"))
    if said is None:
        raise TemplateFault(str(template), 1, "does not say for which ages it is: add a line such as `// Ages: 7-11`.")
    return any(_covers(part.strip(), age, template) for part in said["ages"].split(","))


def _covers(part: str, age: int | None, template: Path) -> bool:
    if part == UNBORN:
        return age is None
    ages = AGES.fullmatch(part)
    if ages is None:
        raise TemplateFault(str(template), 1, f"{part!r} are no ages: write `unborn`, `0-6` or `12-`.")
    return age is not None and int(ages["first"]) <= age <= int(ages["last"] or age)
