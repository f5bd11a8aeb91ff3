#!/usr/bin/env python
"""Command line of the portal. `site/` is a source root, never a package: Python's own `site` has the name."""

import os
import sys
from pathlib import Path

RAIZ = Path(__file__).resolve().parent


def main() -> None:
    sys.path[:0] = [str(RAIZ / "site"), str(RAIZ)]
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings.dev")
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
