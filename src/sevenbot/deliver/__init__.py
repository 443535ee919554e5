"""5. Summary to chat: render, pace, send, decide."""
