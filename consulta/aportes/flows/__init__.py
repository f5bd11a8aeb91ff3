"""Mutations of contributions: one keyword-only function each."""
