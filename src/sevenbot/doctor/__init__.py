"""What `sevenbot doctor` looks at: each check is a function that returns findings and leaves nothing behind."""
