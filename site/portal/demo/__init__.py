"""The demo: plan 5 as the sources tell it, and a plan 7 in which everything is invented (docs/demo.md)."""
