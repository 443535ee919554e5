"""Who our users are and what happened to each item."""
