"""The rehearsal of a whole consultation: see `main`."""

import sys

from tests.carga.ensayo.guion import main

sys.exit(main())
