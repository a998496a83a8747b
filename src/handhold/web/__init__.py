"""Pages by journey: views, forms, templates and static files. No models and no rules."""
