"""Where servers and the `flask` command find the application."""

import sys

from snippetsvc.errors import BadSetting
from snippetsvc.web import create_app

try:
    app = create_app()
except BadSetting as error:
    sys.exit(f"snippetsvc: {error}")
