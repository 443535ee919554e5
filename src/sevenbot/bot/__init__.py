"""What chat users touch: commands and buttons."""
