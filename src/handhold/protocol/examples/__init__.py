"""Examples of a protocol in plain English, read from Gherkin and run on an invented family, through the engine itself.

`running` reads and runs files; `sentences` is the closed vocabulary; its sentences stand in `givens`, `acts` and
`expectations`. The guide is docs/guide/write-an-example.md.
"""
