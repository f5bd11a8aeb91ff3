"""Mutations of responses: one keyword-only function each."""
