"""3. Bytes to Message: pure, no await, no clock."""
