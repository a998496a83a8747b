"""The only translator between records and the engine: records to facts, effects to records."""
