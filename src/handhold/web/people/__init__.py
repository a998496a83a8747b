"""The people who work: what somebody holds, moving it to somebody else, absences, and who leaves."""
