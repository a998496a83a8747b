"""What is filled into a letter to a child or a family. Empty values are said in other words or left out."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, kw_only=True)
class Helper:
    """Somebody who helps the family, as the family will know them. `first_name` is what a child would say."""

    name: str
    first_name: str
    job_title: str = ""
    works_for: str = ""
    phone: str = ""
    email: str = ""


@dataclass(frozen=True, kw_only=True)
class Reach:
    """A person or place that can be reached, and when."""

    name: str
    phone: str = ""
    email: str = ""
    hours: str = ""


@dataclass(frozen=True, kw_only=True)
class EndingsLetter:
    """A letter to one child at the end of social work (Y26), naming who helps from then on (Y3).

    made_date: the date on the letter. language: of the template's words, as "en" or "en-GB".
    child_name: what the child is called. addressed_to: the line on the envelope. parents: how to greet them, for a
    child unborn or too young to read. address: empty where the letter is handed over. ends_date: the last day of
    the sender's work with them; None in a letter that does not speak of it. goodbye_visit_date: empty where no ending
    visit is to be or was made. next_helper: empty where nobody follows. child_words: what the child said, in the
    child's words. own_words: a paragraph by the sender.
    """

    made_date: date
    language: str
    authority: str
    sender: Helper
    sender_address: tuple[str, ...]
    child_name: str
    addressed_to: str
    ends_date: date | None
    way_back: Reach
    unhappy: Reach
    urgent: tuple[Reach, ...]
    parents: str = ""
    is_unborn: bool = False
    address: tuple[str, ...] = ()
    goodbye_visit_date: date | None = None
    next_helper: Helper | None = None
    starts_date: date | None = None
    if_away: Reach | None = None
    went_well: tuple[str, ...] = ()
    child_words: str = ""
    next_steps: tuple[str, ...] = ()
    own_words: str = ""
    other_language: str = ""


@dataclass(frozen=True, kw_only=True)
class FamilyLetter:
    """The letter that tells a family who helps them from a date on, how to reach them, and what they agreed to (Y3).

    greeting: the names after "Dear". children: what each is called. agreed: what the family agreed to, one
    sentence each. other_language: the family's language where the letter is not in it.
    """

    made_date: date
    language: str
    authority: str
    sender: Helper
    sender_address: tuple[str, ...]
    addressed_to: str
    greeting: str
    children: tuple[str, ...]
    way_back: Reach
    unhappy: Reach
    urgent: tuple[Reach, ...]
    address: tuple[str, ...] = ()
    ends_date: date | None = None
    next_helper: Helper | None = None
    starts_date: date | None = None
    if_away: Reach | None = None
    goodbye_visit_date: date | None = None
    agreed: tuple[str, ...] = ()
    own_words: str = ""
    other_language: str = ""
