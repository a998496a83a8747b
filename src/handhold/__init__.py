"""Handhold: moves a child's case between social care and early help.

Each package is one layer; `docs/glossary.md` has the words, README the map. Nothing but packages belongs here.
"""
