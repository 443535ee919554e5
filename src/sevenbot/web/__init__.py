"""The small web part: webhook, health, metrics."""
