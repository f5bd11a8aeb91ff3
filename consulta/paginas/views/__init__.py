"""The public pages of participation: parse, ask, draw."""
