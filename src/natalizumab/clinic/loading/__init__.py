"""Many people with their records at once, as when a clinic comes from somewhere else.

``lots`` makes a lot of people with all that follows from their entries and writes it in one transaction; ``running``
does lot after lot, in several processes (``process``), with progress, and goes on where it was stopped.
"""
