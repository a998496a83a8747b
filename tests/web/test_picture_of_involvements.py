"""The picture of involvements: every bar lies within it, later ones further right, and the words tell the same."""

from datetime import UTC, date, datetime

from handhold.queries.children import Holder, Period
from handhold.web.children.picture import draw_involvements

TODAY = date(2026, 12, 8)


def at(year: int, month: int, day: int) -> datetime:
    return datetime(year, month, day, 10, tzinfo=UTC)


def period(start: datetime, end: datetime | None, *holders: Holder) -> Period:
    reason = "assessment begun" if end else ""
    return Period("Single assessment", "The council", start, end, reason, holders or (Holder("Samira", start, end),))


def test_nothing_is_drawn_of_nothing() -> None:
    assert draw_involvements([], TODAY) is None


def test_bars_lie_within_the_picture_in_the_order_of_time() -> None:
    periods = [period(at(2019, 1, 7), at(2020, 3, 1)), period(at(2026, 12, 8), None), period(at(2022, 5, 2), None)]
    picture = draw_involvements(periods, TODAY)
    assert picture is not None
    assert not picture.is_late
    assert picture.share(picture.width) == "100.00%"
    for bar in picture.bars:
        assert 0 <= bar.x < bar.x + bar.width <= picture.width
        assert picture.top < bar.y < picture.height
    first, newest, middle = picture.bars
    assert first.x < middle.x < newest.x
    assert [year.words for year in picture.years] == ["2021", "2022", "2023", "2024", "2025"]


def test_a_day_is_never_drawn_as_wide_as_the_picture() -> None:
    picture = draw_involvements([period(at(2026, 12, 7), None)], TODAY)
    assert picture is not None
    assert picture.bars[0].width < picture.width / 10
    assert picture.is_late, "its date ends where the bar begins"


def test_a_change_of_who_was_responsible_is_marked_and_told() -> None:
    change = at(2026, 6, 1)
    holders = (Holder("Samira Malik", at(2026, 1, 5), change), Holder("Jo Reid", change, None))
    picture = draw_involvements([period(at(2026, 1, 5), None, *holders)], TODAY)
    assert picture is not None
    (bar,), (sentence,) = picture.bars, picture.sentences
    assert bar.x < bar.changes[0] < bar.x + bar.width
    assert "Samira Malik was responsible from Mon 5 Jan 2026 to Mon 1 Jun 2026." in sentence
    assert sentence.endswith("Jo Reid is responsible since Mon 1 Jun 2026.")
