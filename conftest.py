from hypothesis import settings

# Laws are tried on so many generated cases: few unless told, so that tests/unit is soon over, many in `make test`.
for profile, examples in (("short", 40), ("full", 300)):
    settings.register_profile(profile, max_examples=examples, deadline=None)
settings.load_profile("short")

pytest_plugins = ["tests.engines"]
