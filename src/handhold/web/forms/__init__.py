"""Forms of the pages: the shape of what was typed, in GOV.UK's components and words. No rule of a procedure.

`govuk_form` is the form that all pages derive from, `fields` and `date_field` what they ask with, `rendering` the HTML.
"""
