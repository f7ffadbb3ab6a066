"""Where servers and the `flask` command find the application."""

import sys

from snippetsvc.errors import BadSetting, Uncompiled

try:
    from snippetsvc.run.app import create_app

    app = create_app()
except (BadSetting, Uncompiled) as error:
    sys.exit(f"snippetsvc: {error}")
