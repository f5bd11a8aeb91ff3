"""Texts that say the same, or nearly, and proposals about the same thing."""
