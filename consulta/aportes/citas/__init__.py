"""Quotes: found in a text, kept with their contribution, followed from version to version."""
