"""The whole product on one machine: a Telegram simulator and its page."""
