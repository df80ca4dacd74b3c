"""Settings by purpose: ``production`` for a clinic, ``demo`` for the invented one, ``test`` for the tests."""
