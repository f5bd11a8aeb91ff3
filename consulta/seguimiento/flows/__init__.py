"""Mutations of plans and commitments: one keyword-only function each."""
