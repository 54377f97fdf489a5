"""`python -m ringfence`: the same as the command."""

import sys

from ringfence.cli.main import main

sys.exit(main())
