"""How the mails about contributions read."""
