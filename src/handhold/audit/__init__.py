"""Who did what to which record, when: append-only and chained. References and digests, no words about people."""
