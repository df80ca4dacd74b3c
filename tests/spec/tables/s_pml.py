"""PML confirmed and not cleared, granule cell neuronopathy, scans read and overdue. All people are invented."""

from __future__ import annotations

from tests.spec.spec import Row, Spec, answered, diagnosis, dose, doses, event, jcv, mri

SCAN = mri("2026-05-04", suspicious_for_pml=True, id="scan")
WEAK = event("symptom", "2026-05-04", name="weakness", worsening=True, id="weak")
EXCLUDED = diagnosis("2026-06-01", "PML", "excluded")
NEGATIVE = event("csf", "2026-05-06", jcv_pcr="not_detected", id="fluid")
ATAXIA = event("symptom", "2026-05-04", name="ataxia", id="ataxia")
LONG = [event("earlier_treatment", "2025-01-01", first_dose="2023-01-10", doses=25), *doses("2025-12-08", 8)]
HIGH = jcv("2025-12-01", "positive", 2.4)
LAST_SCAN = mri("2025-12-01")

SPECS = [
    Spec(
        "PML-02",
        "doses until 2026-04-20",
        [dose("2026-04-20")],
        [
            Row("the day before PML is confirmed", "2026-05-03", "-", [diagnosis("2026-05-04", "PML", "confirmed")]),
            Row("the day: stop, and two notes", "2026-05-04", "stop, note, note", [diagnosis("2026-05-04", "PML")]),
            Row("six months after: still watched", "2026-11-04", "stop, note, note", [diagnosis("2026-05-04", "PML")]),
            Row("the day after: the stop alone", "2026-11-05", "stop", [diagnosis("2026-05-04", "PML")]),
            Row("in the United Kingdom", "2026-05-04", "stop, note, note", [diagnosis("2026-05-04", "PML")], "uk"),
            Row("in the United States", "2026-05-04", "stop, note, note", [diagnosis("2026-05-04", "PML")], "us"),
            Row("suspected only", "2026-05-04", "-", [diagnosis("2026-05-04", "PML", "suspected")]),
            Row("in the past (CON-02 stops)", "2026-05-04", "-", [diagnosis("2026-05-04", "PML", "history")]),
            Row(
                "excluded later: a confirmed one ends by correction only",
                "2026-06-02",
                "stop, note, note",
                [diagnosis("2026-05-04", "PML"), EXCLUDED],
            ),
            Row("PML with IRIS", "2026-05-04", "stop, note, note", [diagnosis("2026-05-04", "PML-IRIS")]),
        ],
    ),
    Spec(
        "PML-01",
        "one dose on 2026-04-20",
        [dose("2026-04-20")],
        [
            Row(
                "IRIS without PML on record: it follows PML",
                "2026-05-04",
                "hold, due 2026-05-04, due 2026-05-04",
                [diagnosis("2026-05-04", "IRIS", "suspected")],
            ),
            Row(
                "PML-IRIS suspected: said once",
                "2026-05-04",
                "hold, due 2026-05-04, due 2026-05-04",
                [diagnosis("2026-05-04", "PML-IRIS", "suspected")],
            ),
            Row("IRIS, then PML excluded", "2026-06-01", "-", [diagnosis("2026-05-04", "IRIS"), EXCLUDED]),
        ],
    ),
    Spec(
        "PML-03",
        "one dose on 2026-04-20; a scan suspicious for PML on 2026-05-04",
        [dose("2026-04-20"), SCAN],
        [
            Row("before the spinal fluid", "2026-05-05", "-", [NEGATIVE]),
            Row("no virus found: still held, repeat in 14 days", "2026-05-06", "hold, due 2026-05-20", [NEGATIVE]),
            Row("the last day for the repeat", "2026-05-20", "hold, due 2026-05-20", [NEGATIVE]),
            Row("the day after", "2026-05-21", "hold, overdue 2026-05-20 +1", [NEGATIVE]),
            Row(
                "no virus found twice: still held",
                "2026-05-18",
                "hold",
                [NEGATIVE, event("csf", "2026-05-18", jcv_pcr="not_detected")],
            ),
            Row(
                "found at the repeat: PML-01 speaks",
                "2026-05-18",
                "-",
                [NEGATIVE, event("csf", "2026-05-18", jcv_pcr="detected")],
            ),
            Row(
                "found, then not found: that clears nothing",
                "2026-05-18",
                "hold, due 2026-06-01",
                [event("csf", "2026-05-06", jcv_pcr="detected"), event("csf", "2026-05-18", jcv_pcr="not_detected")],
            ),
            Row("a year later", "2027-05-06", "hold, overdue 2026-05-20 +351", [NEGATIVE]),
            Row("excluded", "2026-06-01", "-", [NEGATIVE, EXCLUDED]),
            Row("confirmed after all", "2026-06-01", "-", [NEGATIVE, diagnosis("2026-06-01", "PML")]),
            Row(
                "fluid from before the suspicion",
                "2026-05-06",
                "-",
                [event("csf", "2026-05-03", jcv_pcr="not_detected")],
            ),
            Row("in the United States", "2026-05-06", "hold, due 2026-05-20", [NEGATIVE], "us"),
        ],
    ),
    Spec(
        "PML-03",
        "one dose on 2026-04-20; spinal fluid without virus on 2026-05-06",
        [dose("2026-04-20"), NEGATIVE],
        [
            Row("nothing suspected", "2026-05-06", "-"),
            Row("a symptom suspected", "2026-05-06", "hold, due 2026-05-20", [WEAK]),
            Row(
                "a symptom that is over does not hold",
                "2026-05-08",
                "-",
                [event("symptom", "2026-05-04", name="weakness", ended="2026-05-08")],
            ),
            Row(
                "released by a prescriber",
                "2026-05-08",
                "due 2026-05-20, note",
                [WEAK, answered("2026-05-08", "PML-03", "released", "weak", "fluid")],
            ),
        ],
    ),
    Spec(
        "MRI-06",
        "one dose on 2026-04-20",
        [dose("2026-04-20")],
        [
            Row("the day before the scan", "2026-05-03", "-", [SCAN]),
            Row("the day", "2026-05-04", "due 2026-05-04", [SCAN]),
            Row("the day after, not read again", "2026-05-05", "confirm, overdue 2026-05-04 +1", [SCAN]),
            Row("a scan that is not suspicious", "2026-05-04", "-", [mri("2026-05-04", suspicious_for_pml=False)]),
            Row("a further scan was done", "2026-05-06", "-", [SCAN, mri("2026-05-06")]),
            Row("PML excluded", "2026-06-01", "-", [SCAN, EXCLUDED]),
            Row("PML confirmed", "2026-06-01", "-", [SCAN, diagnosis("2026-06-01", "PML")]),
            Row("a symptom alone", "2026-05-04", "-", [WEAK]),
            Row("in the United Kingdom", "2026-05-04", "due 2026-05-04", [SCAN], "uk"),
        ],
    ),
    Spec(
        "GCN-01",
        "one dose on 2026-04-20",
        [dose("2026-04-20")],
        [
            Row("the day before ataxia is noted", "2026-05-03", "-", [ATAXIA]),
            Row("the day: held, the spinal fluid is asked for by PML-01", "2026-05-04", "hold", [ATAXIA]),
            Row("a year later", "2027-05-04", "hold", [ATAXIA]),
            Row(
                "PML excluded: granule cells are another matter",
                "2026-06-01",
                "hold, overdue 2026-05-04 +28",
                [ATAXIA, EXCLUDED],
            ),
            Row(
                "PML excluded, spinal fluid examined",
                "2026-06-01",
                "hold",
                [ATAXIA, EXCLUDED, event("csf", "2026-05-10", jcv_pcr="not_detected")],
            ),
            Row("excluded too", "2026-06-01", "-", [ATAXIA, EXCLUDED, diagnosis("2026-06-01", "GCN", "excluded")]),
            Row(
                "ataxia from before the treatment, not worsening",
                "2026-05-04",
                "confirm",
                [event("symptom", "2026-05-04", name="ataxia", days=400, worsening=False)],
            ),
            Row("noted before the first dose", "2026-05-04", "-", [event("symptom", "2026-04-01", name="ataxia")]),
            Row("a balance problem", "2026-05-04", "confirm", [event("symptom", "2026-05-04", name="unsteady")]),
            Row(
                "a balance problem that gets worse",
                "2026-05-04",
                "hold",
                [event("symptom", "2026-05-04", name="unsteady", worsening=True)],
            ),
            Row(
                "a balance problem and slurred speech",
                "2026-05-04",
                "hold",
                [
                    event("symptom", "2026-05-04", name="unsteady"),
                    event("symptom", "2026-05-04", name="slurred speech"),
                ],
            ),
            Row(
                "suspected as a diagnosis",
                "2026-05-04",
                "hold, due 2026-05-04",
                [diagnosis("2026-05-04", "GCN", "suspected")],
            ),
            Row("confirmed", "2026-05-04", "hold", [diagnosis("2026-05-04", "GCN")]),
            Row("in the United States", "2026-05-04", "hold", [ATAXIA], "us"),
            Row("ataxia, PML confirmed", "2026-05-06", "hold", [ATAXIA, diagnosis("2026-05-05", "PML"), NEGATIVE]),
        ],
    ),
    Spec(
        "MRI-07",
        "three years on treatment, index 2.4; last scan 2025-12-01: the next is due on 2026-06-01",
        [*LONG, HIGH, LAST_SCAN],
        [
            Row("14 days overdue", "2026-06-15", "-"),
            Row("15 days", "2026-06-16", "confirm"),
            Row("60 days", "2026-07-31", "confirm"),
            Row("61 days, at high risk", "2026-08-01", "hold"),
            Row("scanned", "2026-08-02", "-", [mri("2026-08-02", "abbreviated")]),
            Row("stopped: nothing to hold", "2026-08-01", "confirm", [event("stop", "2026-07-20")]),
            Row("United Kingdom, due on 2026-04-01: 14 days overdue", "2026-04-15", "-", protocol="uk"),
            Row("United Kingdom: 15 days", "2026-04-16", "confirm", protocol="uk"),
            Row("United Kingdom: 60 days", "2026-05-31", "confirm", protocol="uk"),
            Row("United Kingdom: 61 days", "2026-06-01", "hold", protocol="uk"),
            Row("United States: 61 days", "2026-08-01", "hold", protocol="us"),
        ],
    ),
    Spec(
        "MRI-07",
        "three years on treatment, negative; last scan 2025-06-01: the next is due on 2026-06-01",
        [*LONG, jcv("2026-01-02", "negative"), mri("2025-06-01")],
        [
            Row("15 days overdue", "2026-06-16", "confirm"),
            Row("61 days overdue, not at high risk", "2026-08-01", "confirm"),
            Row("PML confirmed: no surveillance", "2026-08-01", "-", [diagnosis("2026-07-01", "PML")]),
        ],
    ),
]
