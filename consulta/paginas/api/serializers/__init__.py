"""How things read in the API: what any visitor may see, and nothing else (INV-21)."""
