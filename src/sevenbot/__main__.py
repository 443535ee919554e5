"""`python -m sevenbot` is the command `sevenbot`."""

import signal

# Ctrl-C while the imports are under way ends the process without a traceback; afterwards the commands answer to it.
signal.signal(signal.SIGINT, signal.SIG_DFL)

from sevenbot.cli import main  # noqa: E402 - the line above comes first on purpose

signal.signal(signal.SIGINT, signal.default_int_handler)
main()
