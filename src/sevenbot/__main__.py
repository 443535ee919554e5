"""`python -m sevenbot` is the command `sevenbot`."""

from sevenbot.cli import main

main()
