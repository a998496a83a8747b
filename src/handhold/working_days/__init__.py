"""Working days, office hours and time limits of an authority in England or Wales.

Pure: no clock, no database, no network, no framework. The present is always an argument. What an authority adds (its
hours, its days of closure) is handed over as data. Conditions, reminders and whose limit it is belong to the
protocol, not here.
"""

from handhold.working_days.bank_holidays import NoBankHolidaysKnown, bank_holidays_in
from handhold.working_days.calendar import Calendar, InstantWithoutZone, council_date
from handhold.working_days.due_words import DueWords, due_words
from handhold.working_days.period import Period, Unit

__all__ = [
    "Calendar",
    "DueWords",
    "InstantWithoutZone",
    "NoBankHolidaysKnown",
    "Period",
    "Unit",
    "bank_holidays_in",
    "council_date",
    "due_words",
]
