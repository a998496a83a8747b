"""One function per verb, one transaction each: access, facts, decision, records, audit, outbox."""
