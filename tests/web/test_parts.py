"""Our own macros: what each shows, and that words of people are never markup."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.template import engines

from handhold.web.components import (
    Cell,
    ChosenFilter,
    ClauseWords,
    Column,
    Fact,
    Missing,
    Tab,
    Task,
    TimelineEntry,
)
from handhold.working_days.due_words import DueWords

EVIL = "<script>alert(1)</script>"
CLAUSE = ClauseWords("Y26", "council", "The protocol", "Handover", "within 5 working days", "Meet.", "From when?")


def draw(part: str, call: str, /, **given: Any) -> str:
    """What a macro of `components/<part>.html` makes of a call."""
    name = call.split("(", 1)[0]
    template = engines["jinja2"].from_string(f'{{% from "components/{part}.html" import {name} %}}{{{{ {call} }}}}')
    return template.render(given)


def draw_around(part: str, call: str, /, **given: Any) -> str:
    """The same, for a macro with something inside it."""
    name = call.split("(", 1)[0]
    inside = f"{{% call {call} %}}<p>inside</p>{{% endcall %}}"
    return engines["jinja2"].from_string(f'{{% from "components/{part}.html" import {name} %}}{inside}').render(given)


def test_the_sub_navigation_marks_where_one_is_and_counts() -> None:
    html = draw(
        "sub_navigation",
        "sub_navigation(tabs, 'Lists')",
        tabs=[Tab("My tasks", "/work", is_here=True, count=0), Tab(EVIL, "/work?all")],
    )
    assert 'aria-label="Lists"' in html
    assert '<a class="moj-sub-navigation__link" aria-current="page" href="/work">My tasks (0)</a>' in html
    assert html.count("aria-current") == 1
    assert EVIL not in html


def test_the_identity_bar_says_who_it_is_and_what_to_look_out_for() -> None:
    html = draw(
        "identity_bar", "identity_bar(name, facts, alerts)", name=EVIL, facts=[Fact("Age", "11")], alerts=["Dog"]
    )
    assert EVIL not in html
    assert "<dt>Age</dt>" in html
    assert "<dd>11</dd>" in html
    assert '<strong class="govuk-tag govuk-tag--red">Dog</strong>' in html
    assert "actions" not in html


def test_the_identity_bar_holds_what_can_be_done() -> None:
    html = draw_around("identity_bar", "identity_bar('Ada', facts)", facts=[Fact("Worker", "Samira", "/people/1")])
    assert "<p>inside</p>" in html
    assert '<a class="govuk-link" href="/people/1">Samira</a>' in html
    assert "Alerts" not in html


def test_the_timeline_tells_what_when_and_by_whom() -> None:
    happened = datetime(2026, 7, 1, 13, 32, tzinfo=UTC)
    entries = [TimelineEntry("Visit", happened, "Samira", EVIL), TimelineEntry("Birth", date(2026, 7, 2), address="/x")]
    html = draw("timeline", "timeline(entries, 2)", entries=entries)
    assert '<h2 class="moj-timeline__title">Visit</h2>' in html
    assert "by Samira" in html
    assert "Wed 1 Jul 2026, 2.32pm" in html
    assert "Thu 2 Jul 2026</time>" in html
    assert html.count("byline") == 1
    assert EVIL not in html


def test_a_filter_shows_what_is_on_and_how_to_take_it_off() -> None:
    html = draw_around("filter", "filter_box('/work', '/work?', chosen)", chosen=[ChosenFilter(EVIL, "/work?without")])
    assert '<form method="get" action="/work"' in html
    assert (
        '<a class="moj-filter__tag" href="/work?without"><span class="govuk-visually-hidden">Remove this filter' in html
    )
    assert "Clear all" in html
    assert "<p>inside</p>" in html
    assert EVIL not in html


def test_a_filter_with_nothing_on_has_nothing_to_take_off() -> None:
    html = draw_around("filter", "filter_box('/work', '/work?')")
    assert "Clear all" not in html
    assert "Apply filters" in html


def test_a_badge_says_its_word() -> None:
    assert draw("badge", "badge('Step down', 'blue')") == '<span class="moj-badge moj-badge--blue">Step down</span>'
    assert draw("badge", "badge('Draft')") == '<span class="moj-badge">Draft</span>'


@pytest.mark.parametrize(
    ("due", "colour"),
    [
        (DueWords("overdue", "Overdue by 1 working day"), "govuk-tag--red"),
        (DueWords("today", "Due today"), "govuk-tag--orange"),
        (DueWords("coming", "Due Thu 3 Dec"), "govuk-tag--grey"),
        (DueWords("none", "No date"), "app-due"),
    ],
)
def test_due_words_stand_in_words_whatever_the_colour(due: DueWords, colour: str) -> None:
    html = draw("due_tag", "due_tag(due)", due=due)
    assert due.text in html
    assert colour in html


def test_the_words_of_the_source_open_in_place() -> None:
    html = draw("clause", "clause(words)", words=CLAUSE)
    assert html.lstrip().startswith("<details")
    assert "What the procedure says: Handover (Y26)" in html
    assert "within 5 working days</blockquote>" in html
    assert "From when?" in html
    assert "What it asks for." in html


def test_a_clause_without_doubt_names_none_and_says_whose_it_is() -> None:
    html = draw("clause", "clause(words)", words=replace(CLAUSE, doubt="", means="", origin="law"))
    assert "What the law says" in html
    assert "doubt" not in html
    assert "What it asks for." not in html


def test_a_refusal_says_what_is_missing_who_supplies_it_and_where() -> None:
    item = Missing("The visit is not recorded", "you", "/visit", "Record it", "/exception", CLAUSE)
    html = draw("missing", "missing_panel('Not yet', items)", items=[item, Missing(EVIL, "Dana Cole")])
    assert "Who can supply it: you." in html
    assert '<a class="govuk-link" href="/visit">Record it<span class="govuk-visually-hidden">: The visit' in html
    assert '<a class="govuk-link" href="/exception">ask for an exception' in html
    assert "(Y26)" in html
    assert html.count("ask for an exception") == 1
    assert html.count("<details") == 1
    assert EVIL not in html


def test_a_task_says_what_whose_move_and_when() -> None:
    tasks = [
        Task("Record the visit", "You", "Not started", "/visit", due=DueWords("today", "Due today"), limit="5 days"),
        Task("Oversee it", "Dana Cole", "Cannot start yet", can_start=False),
        Task("Consent", "", "Done", "/consent", is_done=True, due=DueWords("overdue", "Overdue by 1 working day")),
        Task("Plan", "You", "To do", "/plan", clause=CLAUSE, hint="With the family"),
    ]
    html = draw("task_list", "task_list(tasks, 'ends')", tasks=tasks)
    assert 'href="/visit" aria-describedby="ends-1-status">Record the visit</a>' in html
    assert 'id="ends-1-status"' in html
    assert "Due today" in html
    assert '<span class="app-task__whose">Dana Cole</span>' in html
    assert html.count("status--cannot-start-yet") == 1
    assert '<strong class="govuk-tag app-task__state">To do</strong>' in html
    assert "With the family" in html
    assert html.count("<details") == 1


def test_what_is_done_is_no_longer_due() -> None:
    done = Task("Consent", "", "Done", "/consent", is_done=True, due=DueWords("overdue", "Overdue by 1 working day"))
    assert "Overdue" not in draw("task_list", "task_list(tasks, 'ends')", tasks=[done])
    undone = replace(done, is_done=False)
    assert "Overdue" in draw("task_list", "task_list(tasks, 'ends')", tasks=[undone])


def test_a_table_can_be_sorted_by_what_words_do_not_sort_by() -> None:
    columns = [Column("Family", sorts=True), Column("Due", sorts=True), Column("Children", is_number=True)]
    rows = [[Cell(EVIL, "/hart"), Cell(due=DueWords("today", "Due today"), sort_value="2026-12-08"), Cell("3")]]
    html = draw("sortable_table", "sortable_table('Families', columns, rows)", columns=columns, rows=rows)
    assert 'data-module="moj-sortable-table"' in html
    assert html.count('aria-sort="none"') == 2
    assert 'data-sort-value="2026-12-08"' in html
    assert '<th scope="row" class="govuk-table__header"><a class="govuk-link" href="/hart">' in html
    assert "govuk-table__cell--numeric" in html
    assert 'role="region" aria-label="Families" tabindex="0"' in html
    assert EVIL not in html
