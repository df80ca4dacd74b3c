"""Invented courses that ask for a hold, a stop or a hard decision."""

from __future__ import annotations

from datetime import timedelta

from natalizumab.clinic.demo.course import Course, later
from natalizumab.clinic.demo.courses_risk import high_index
from natalizumab.clinic.demo.courses_usual import stable


def suspected_pml_symptom(c: Course) -> None:
    """New word-finding difficulty that has grown over two weeks."""
    high_index(c)
    c.add("symptom", c.ago(days=3), name="word-finding difficulty", days=16, worsening=True)
    c.add("symptom", c.ago(days=3), name="personality change", days=10, worsening=True)


def suspected_pml_scan(c: Course) -> None:
    """No symptom, but yesterday's scan shows something that may be PML."""
    high_index(c)
    c.add("mri", c.ago(days=1), protocol="full", new_t2=1, gd=0, suspicious_for_pml=True)


def fluid_without_virus(c: Course) -> None:
    """A suspicious scan; no virus was found in the spinal fluid, and that clears nothing."""
    high_index(c)
    c.add("mri", c.ago(days=12), protocol="full", new_t2=1, gd=0, suspicious_for_pml=True)
    c.add("mri", c.ago(days=7), protocol="full", new_t2=0, gd=0, suspicious_for_pml=True)
    c.add("csf", c.ago(days=6), jcv_pcr="not_detected")


def headache_and_fever(c: Course) -> None:
    """Headache and fever since yesterday, and nobody has looked at the spinal fluid yet."""
    stable(c)
    c.add("symptom", c.ago(days=1), name="headache", days=3, worsening=True)
    c.add("symptom", c.ago(days=1), name="fever", days=2)


def confirmed_pml(c: Course) -> None:
    """PML confirmed in the cerebrospinal fluid two months ago."""
    start = c.ago(months=50)
    c.diagnosed(10)
    c.prepared(start, jcv="positive", index=2.9)
    c.doses(start, c.ago(months=3))
    c.add("mri", c.ago(days=75), protocol="full", new_t2=1, gd=1, suspicious_for_pml=True)
    c.add("csf", c.ago(days=68), jcv_pcr="detected", copies_per_ml=1240)
    c.add("diagnosis", c.ago(days=67), name="progressive multifocal leukoencephalopathy", status="confirmed")
    c.add("stop", c.ago(days=67), reason="PML")
    c.add("mri", c.ago(days=30), protocol="full", new_t2=0, gd=1)


def hypersensitivity(c: Course) -> None:
    """Urticaria and wheeze at the second dose."""
    start = c.ago(weeks=5)
    c.diagnosed(2)
    c.prepared(start)
    days = c.doses(start, c.ago(weeks=1))
    c.add("reaction", days[-1], features=["urticaria", "wheeze"], grade=3, minutes=18)


def mild_reaction(c: Course) -> None:
    """Headache and nausea after the third dose: not a hypersensitivity. The trough before the fourth is very low."""
    start = c.ago(weeks=13)
    c.diagnosed(2)
    c.prepared(start)
    days = c.doses(start, c.ago(weeks=1))
    c.add("reaction", days[2], features=["headache", "nausea"], grade=1, minutes=40, hypersensitivity=False)
    c.add("concentration", days[-1], mg_per_l=0.8, assay="Dutch assay")
    c.bloods(c.ago(weeks=5))


def persistent_antibodies(c: Course) -> None:
    """Anti-drug antibodies twice, eight weeks apart, and new lesions."""
    start = c.ago(months=9)
    c.diagnosed(4)
    c.prepared(start)
    c.doses(start, c.ago(days=25))
    c.add("antibody", c.ago(weeks=14), result="positive")
    c.add("antibody", c.ago(weeks=4), result="positive")
    c.add("mri", c.ago(months=3), protocol="full", new_t2=3, gd=1)
    c.serology(start, last_months=3)
    c.blood_tests(start)
    c.add("concentration", c.ago(weeks=4), mg_per_l=0.4, below=True)


def cancer(c: Course) -> None:
    """Breast cancer found after a lump noticed at a monthly check."""
    stable(c)
    c.add("symptom", c.ago(weeks=6), name="breast lump", days=10)
    c.add("diagnosis", c.ago(weeks=2), name="breast cancer", status="confirmed")


def pregnant(c: Course) -> None:
    """Fourteen weeks pregnant; the team and she have yet to decide."""
    stable(c)
    c.extended(c.ago(weeks=6), weeks=8)
    c.add("pregnancy", c.ago(weeks=2), gestation_weeks=14)


def breastfeeding(c: Course) -> None:
    """Breastfeeding since the birth two months ago; wants to start again."""
    start = c.ago(months=40)
    c.diagnosed(7)
    c.prepared(start)
    c.doses(start, c.ago(weeks=16))
    c.add("pregnancy", c.ago(weeks=9), gestation_weeks=39, ended=c.ago(weeks=9).isoformat())
    c.add("breastfeeding", c.ago(weeks=9))
    c.serology(start, last_months=4)
    c.scans(start, last_months=11)
    c.blood_tests(start, last_months=2)
    c.informed(start)


def live_vaccine_planned(c: Course) -> None:
    """Yellow fever vaccine asked for before a journey."""
    stable(c)
    c.add("vaccine", c.ago(days=-12), name="yellow fever", planned=True)


def second_drug(c: Course) -> None:
    """Methotrexate begun by another clinic last month."""
    stable(c)
    c.add("therapy", c.ago(weeks=4), name="methotrexate")


def unknown_names(c: Course) -> None:
    """A drug and an illness that no list knows: somebody has to decide."""
    stable(c)
    c.add("therapy", c.ago(weeks=7), name="Zelbarine")
    c.add("diagnosis", c.ago(weeks=9), name="Harrow-Linden syndrome")


def liver_injury(c: Course) -> None:
    """ALT six times the upper limit, with jaundice."""
    stable(c)
    c.bloods(c.ago(days=2), alt=276)
    c.add("symptom", c.ago(days=2), name="jaundice", days=3)


def steroids_for_relapse(c: Course) -> None:
    """A relapse two weeks ago, treated with a short course of methylprednisolone."""
    stable(c)
    c.add("relapse", c.ago(weeks=2))
    end = c.ago(weeks=2) + timedelta(days=3)
    c.add("therapy", c.ago(weeks=2), name="methylprednisolone", until=end.isoformat())


def stopped(c: Course) -> None:
    """Stopped nine weeks ago with nothing begun since."""
    start = c.ago(months=36)
    c.diagnosed(8)
    c.prepared(start, jcv="positive", index=1.8)
    c.doses(start, c.ago(weeks=9))
    c.add("stop", c.ago(weeks=7), reason="PML risk")
    c.serology(start, "positive", 1.8, last_months=4)
    c.scans(start, last_months=3, every_months=6)
    c.blood_tests(start)
    c.informed(start)


def switched_out(c: Course) -> None:
    """Went to ocrelizumab five weeks after the last dose."""
    start = c.ago(months=44)
    c.diagnosed(9)
    c.prepared(start, jcv="positive", index=2.2)
    c.doses(start, c.ago(weeks=16))
    c.add("stop", c.ago(weeks=15), reason="switch to ocrelizumab")
    c.add("form", c.ago(weeks=15), name="discontinuation")
    c.add("mri", c.ago(weeks=13), protocol="abbreviated", suspicious_for_pml=False)
    c.add("therapy", c.ago(weeks=11), name="ocrelizumab")
    c.scans(start, last_months=8, every_months=6)


def switching_in_from_fingolimod(c: Course) -> None:
    """Fingolimod stopped three weeks ago; lymphocytes are still low."""
    c.diagnosed(6, earlier="fingolimod", until_months=0.7)
    c.prepared(c.ago(days=2), jcv="positive", index=0.6)
    c.add("lab", c.ago(days=1), test="lymphocytes", value=0.5, unit="10*9/L")
    c.plan_dose(9)


def switching_in_from_teriflunomide(c: Course) -> None:
    """Teriflunomide stopped a month ago, washed out with colestyramine."""
    c.diagnosed(5, earlier=None)
    c.add(
        "therapy",
        c.ago(years=3),
        name="teriflunomide",
        until=c.ago(months=1).isoformat(),
        accelerated_elimination=True,
    )
    c.prepared(c.ago(days=1))
    c.plan_dose(6)


def transferred_away(c: Course) -> None:
    """Moved to another clinic in the summer."""
    start = c.ago(months=33)
    c.diagnosed(6)
    c.prepared(start)
    c.doses(start, c.ago(months=4))
    c.serology(start, last_months=6)
    c.scans(start, last_months=9)
    c.add("followup", c.ago(months=3.5), status="transferred")


def corrected(c: Course) -> None:
    """A scan result was typed wrongly and corrected; see the timeline."""
    start = c.ago(months=17)
    c.diagnosed(4)
    c.prepared(start)
    c.doses(start, c.ago(days=18))
    c.serology(start, last_months=3)
    c.scans(start, last_months=11.4, first_months=5)
    c.blood_tests(start)
    wrong = {"protocol": "full", "new_t2": 4, "gd": 0}
    day = later(start, 13)
    c.add("mri", day, **wrong, id="typed-wrongly")
    c.add("mri", day, **{**wrong, "new_t2": 0}, corrects="typed-wrongly", note="The report says 0, not 4.")
