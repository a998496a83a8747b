"""The language in which a council's procedure is written, and the pure engine that answers from it.

Loading, checking, facts, deciding, deadlines, exploring, explaining and drawing. No database, framework, network
or clock.
"""
