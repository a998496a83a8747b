"""What is on record: people, services, casework and transfers, as models and as constraints. No rules."""
