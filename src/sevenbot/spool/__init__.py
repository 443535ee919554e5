"""2. Keep it: raw bytes first, then the item."""
