"""Invents a council with its families, as a folder that `handhold import` reads. Nobody in it exists.

The same number of families, seed and day give the same bytes. Names, teams and texts are data: the YAML files
beside.
"""
