"""Mutations of accounts and institutions: one keyword-only function each."""
