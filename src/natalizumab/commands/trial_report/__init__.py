"""The report of a virtual trial, for a researcher and a clinician: a page or a PDF that needs nothing else."""

from natalizumab.commands.trial_report.writing import check_report, report_option, write_report

__all__ = ["check_report", "report_option", "write_report"]
