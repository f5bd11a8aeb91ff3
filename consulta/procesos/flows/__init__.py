"""Mutations of processes: one keyword-only function each."""
