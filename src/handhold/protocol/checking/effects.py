"""Effects and words that a step cannot have: none or two in one line, nobody named, words out of place."""

from __future__ import annotations

from collections.abc import Iterator

from handhold.protocol.checking.places import Spot, StepPlace, step_places
from handhold.protocol.definition import Effect, Outcome, Word
from handhold.protocol.loading import Fault
from handhold.protocol.pathways import Protocol
from handhold.protocol.vocabulary import KINDS

TO_SOMEBODY = frozenset({"open", "allocate", "reallocate_from"})
"""Effects by which somebody becomes accountable, and which must say who."""


def find_effect_faults(protocol: Protocol) -> Iterator[Fault]:
    """Effects that say nothing or too much, and words of completeness that the step's kind cannot give."""
    for place in step_places(protocol):
        yield from _words_out_of_place(place, place.step.asks, place.spot / "asks")
        for name, outcome, spot in place.outcomes():
            yield from _words_out_of_place(place, outcome.asks, spot / "asks")
            yield from _not_by_itself(place, outcome, spot)
            yield from _chosen_for_nothing(place, name, outcome, spot)
            for position, effect in enumerate(outcome.effects):
                yield from _in_effect(effect, spot / "effects" / position)


PRINTED = frozenset[Word]({"letter-for-this-age"})
"""What can be there without anybody's hand: a letter, which is made from the record."""


def _not_by_itself(place: StepPlace, outcome: Outcome, spot: Spot) -> Iterator[Fault]:
    asked = {*place.step.asks, *outcome.asks} - PRINTED
    if outcome.by_itself and (asked or outcome.needs_reason or outcome.allocates or outcome.forbidden):
        what = "This cannot come about by itself: it asks what only a person can say."
        mend = "Remove `by_itself`, or what is asked of a person: a reason, somebody chosen, a word."
        yield (spot / "by_itself").fault(what, mend)


def _chosen_for_nothing(place: StepPlace, name: str, outcome: Outcome, spot: Spot) -> Iterator[Fault]:
    """Whoever is chosen becomes the receiver, or the responsible worker; else the record names somebody in vain."""
    if "practitioner-chosen" not in (*place.step.asks, *outcome.asks) or not outcome.done:
        return
    becomes_receiver = any(effect.receiver in ("asked", "accepted") for effect in outcome.effects)
    handed_over = (effect for effect in outcome.effects if effect.allocate or effect.reallocate_from)
    if not becomes_receiver and all(effect.to != "responsible-worker" for effect in handed_over):
        what = f"At '{name}' somebody is chosen, and nothing says what they become."
        mend = "Add the effect `{receiver: asked}` or `{receiver: accepted}`, or hand over `to: responsible-worker`."
        yield spot.fault(what, mend)


def _in_effect(effect: Effect, spot: Spot) -> Iterator[Fault]:
    words = effect.words()
    if len(words) != 1:
        said = f"{len(words)} things ({', '.join(words)})" if words else "nothing"
        yield spot.fault(
            f"One effect says {said}.", "Write one thing in each effect, in the order in which they happen."
        )
        return
    if words[0] in TO_SOMEBODY and effect.to is None:
        what = f"'{words[0]}' does not say who becomes accountable."
        yield spot.fault(what, "Add `to:` with a relation (`to: receiver`) or a role that takes on by office.")
    if words[0] not in TO_SOMEBODY and effect.to is not None:
        yield spot.fault(f"`to` has no meaning beside '{words[0]}'.", "Remove `to`.")


def _words_out_of_place(place: StepPlace, words: list[Word], spot: Spot) -> Iterator[Fault]:
    possible = KINDS[place.step.kind].words
    for position, word in enumerate(words):
        if word not in possible:
            what = f"A step of the kind '{place.step.kind}' cannot hold '{word}'."
            choice = f"It can hold: {', '.join(sorted(possible))}." if possible else "It holds no word of completeness."
            yield (spot / position).fault(what, f"{choice} Ask it of another step, or choose another kind.")
