"""The method of Tsitouras: how much each slope counts in each stage of a step.

Ch. Tsitouras: Runge-Kutta pairs of order 5(4) satisfying only the first column simplifying assumption. Comput Math Appl
2011;62:770-775. The formula of order 5 is used; its last stage is the slope at the end of the step, so a step costs six
evaluations. Where elimination is linear, as it nearly is, its error is a sixth of that of Dormand and Prince's formula.
"""

from __future__ import annotations

SECOND = (0.161,)
THIRD = (-0.008480655492356989, 0.335480655492357)
FOURTH = (2.8971530571054935, -6.359448489975075, 4.3622954328695815)
FIFTH = (5.325864828439257, -11.748883564062828, 7.4955393428898365, -0.09249506636175525)
SIXTH = (5.86145544294642, -12.92096931784711, 8.159367898576159, -0.071584973281401, -0.028269050394068383)
RESULT = (
    0.09646076681806523, 0.01, 0.4798896504144996, 1.379008574103742, -3.290069515436081, 2.324710524099774,
)  # fmt: skip
"""What each slope of the stages before counts, times the length of the step."""

EMBEDDED = (
    0.0017800110522257714, 0.0008164344596567469, -0.007880878010261995, 0.1447110071732629, -0.5823571654525552,
    0.45808210592918697, -1 / 66,
)  # fmt: skip
"""By how much the result of order 5 differs from that of order 4; the last slope is that at the end of the step."""
