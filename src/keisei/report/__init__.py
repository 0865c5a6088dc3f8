"""The static report: what changed, probabilities, plumes, evidence and what is not known, as one HTML file.

`report_view` makes plain data of two outlooks, `render` a page of it.
"""

from keisei.report.page import render
from keisei.report.view import ReportView

__all__ = ["ReportView", "render"]
