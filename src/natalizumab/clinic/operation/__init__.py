"""Running a clinic for years: beginning, serving, checking, backups, moving, erasure, proof and reminders.

Each file here does the work of one command; the commands only ask and tell.
"""
