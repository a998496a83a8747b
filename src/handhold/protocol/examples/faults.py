"""The two ways in which an example goes wrong: it cannot be understood, or it expects what is not so."""

from __future__ import annotations


class ExampleNotUnderstood(Exception):
    """The sentence, a name or a phrase in it is not known; the message lists what comes near."""


class ExpectationNotMet(Exception):
    """The sentence was understood and is not so; the message says what is so instead."""


class EngineDisagrees(Exception):
    """The engine contradicts itself or breaks a promise of the house; no example can expect this."""
