"""1. Take mail in: each module ends in one call to `Spool.accept`."""
