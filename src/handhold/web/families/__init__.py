"""Families: the list of those in sight, one family, its papers and its chronology."""
