"""How each language writes days and times; templates and filters ask for a format by its name."""
