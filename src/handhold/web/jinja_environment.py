"""The one place that says what a template can use: GOV.UK's macros, addresses, static files, dates, forms."""

from typing import Any

from django.templatetags.static import static
from django.urls import reverse
from jinja2 import Environment, StrictUndefined

from handhold.web import british_dates
from handhold.web.forms.rendering import find_errors, render_field, render_form, render_hidden
from handhold.web.govuk_macros import GOVUK_MACROS


def url(name: str, *args: object, **kwargs: object) -> str:
    """The address of a page by its name. Raises NoReverseMatch."""
    return reverse(name, args=args, kwargs=kwargs)


def environment(**options: Any) -> Environment:
    """The environment of Django's Jinja2 backend. A name that a page was not given raises UndefinedError."""
    options |= {"undefined": StrictUndefined, "trim_blocks": True, "lstrip_blocks": True}
    options.pop("autoescape", None)
    made = Environment(autoescape=True, **options)
    made.globals.update(
        GOVUK_MACROS,
        url=url,
        static=static,
        render_form=render_form,
        render_field=render_field,
        render_hidden=render_hidden,
        find_errors=find_errors,
    )
    made.filters.update(
        short_day=british_dates.short_day,
        long_date=british_dates.long_date,
        clock=british_dates.clock,
        day_and_clock=british_dates.day_and_clock,
    )
    return made
