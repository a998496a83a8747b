"""The macros of GOV.UK Frontend, as functions. Our own macros are in templates/components.

They have an environment of their own, because they ask for parameters that nobody gave; the pages' environment treats a
name that is not there as the mistake that it is.
"""

from pathlib import Path
from typing import Protocol

import govuk_frontend_jinja
from jinja2 import ChainableUndefined, Environment, PackageLoader, PrefixLoader
from markupsafe import Markup

COMPONENTS = Path(govuk_frontend_jinja.__file__).parent / "templates/components"


class Macro(Protocol):
    """A component: takes the parameters that GOV.UK's own documentation names, returns HTML."""

    def __call__(self, params: dict[str, object], /) -> Markup: ...


def macro_name(component: str) -> str:
    """`date-input` is called `govukDateInput`."""
    return "govuk" + "".join(word.capitalize() for word in component.split("-"))


def _macro_environment() -> Environment:
    loader = PrefixLoader({"govuk_frontend_jinja": PackageLoader("govuk_frontend_jinja")})
    return Environment(
        autoescape=True, loader=loader, trim_blocks=True, lstrip_blocks=True, undefined=ChainableUndefined
    )


def _load() -> dict[str, Macro]:
    environment, macros = _macro_environment(), {}
    for folder in sorted(COMPONENTS.iterdir()):
        name = macro_name(folder.name)
        template = environment.get_template(f"govuk_frontend_jinja/components/{folder.name}/macro.html")
        macros[name] = getattr(template.module, name)
    return macros


GOVUK_MACROS: dict[str, Macro] = _load()
