"""Pictures of the interface in its named states, to be looked at; the tests of access go through the same states."""
