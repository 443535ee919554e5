"""SevenBot: a private mail address for anyone on Telegram."""

__version__ = "0.1.0"
