"""The clinic's web app: people, entries, the worklist, a person's page. Thin: every answer comes from the core."""
