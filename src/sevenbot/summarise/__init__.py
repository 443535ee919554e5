"""4. Message to Summary: a model or the offline reader, checked against the mail."""
