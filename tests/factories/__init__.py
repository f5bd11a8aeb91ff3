"""Objects for the tests, with traits for their states. Times are relative to AHORA."""

from datetime import UTC, datetime

AHORA = datetime(2026, 11, 10, 15, 0, tzinfo=UTC)
"""The instant tests call now: 12:00 in Santiago (summer time, UTC-3)."""
