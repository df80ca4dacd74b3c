"""The forms for what was measured: blood, spinal fluid, scans, weight."""

from __future__ import annotations

from natalizumab.clinic.entering.field import Field, Kind

FOUND = {"positive": "Positive", "negative": "Negative", "indeterminate": "Indeterminate"}
SCANS = {"full": "Full", "abbreviated": "Abbreviated (safety)"}
TESTS = {
    "ALT": "ALT",
    "AST": "AST",
    "bilirubin": "Bilirubin",
    "lymphocytes": "Lymphocytes",
    "leukocytes": "Leukocytes",
    "haemoglobin": "Haemoglobin",
    "platelets": "Platelets",
}
UNITS = ("U/L", "umol/L", "10*9/L", "g/L")
DETECTED = {"detected": "Detected", "not_detected": "Not detected"}

RESULTS = (
    Kind(
        "jcv",
        (
            Field("result", "Result", choices=FOUND),
            Field("index", "Index", help="A figure of the assay named below, without a unit."),
            Field("assay", "Assay", words="assays", usual=True),
        ),
        "The day on which the blood was taken.",
    ),
    Kind(
        "mri",
        (
            Field("protocol", "Protocol", choices=SCANS),
            Field("new_t2", "New or enlarged T2 lesions", help="Empty: not reported."),
            Field("gd", "Enhancing lesions", help="Empty: not reported."),
            Field("suspicious_for_pml", "Suspicious for PML"),
            Field("brain_volume_change_percent", "Change of brain volume", "%", "Since the scan compared with."),
            Field("compared_with", "Compared with the scan of", help="Empty: the one before."),
        ),
        planned=True,
    ),
    Kind(
        "concentration",
        (
            Field("mg_per_l", "Natalizumab in serum", "mg/L"),
            Field("below", "Below the limit", help="Yes: the figure is the laboratory’s limit of quantification."),
            Field("assay", "Assay", words="level_assays", usual=True),
        ),
        "A level of a dose’s own day is taken to be from before the dose, unless you give the time.",
        timed=True,
    ),
    Kind("antibody", (Field("result", "Result", choices=FOUND),), "Antibodies against natalizumab."),
    Kind(
        "lab",
        (
            Field("test", "Test", choices=TESTS),
            Field("value", "Value"),
            Field("unit", "Unit", help="As the laboratory writes it.", proposals=UNITS),
            Field("upper_limit", "Upper limit of normal", help="Of that laboratory, in the same unit."),
        ),
        "A blood test that is not in the list is entered as an unmatched result.",
        timed=True,
    ),
    Kind(
        "serology",
        (
            Field("test", "Test", words="serology_tests"),
            Field("result", "Result", help="As the laboratory wrote it.", proposals=("positive", "negative")),
        ),
    ),
    Kind(
        "csf",
        (
            Field("jcv_pcr", "PCR for JC virus", choices=DETECTED),
            Field("copies_per_ml", "Copies", "per mL"),
        ),
        "Spinal fluid. Not detected does not exclude PML.",
    ),
    Kind("weight", (Field("kg", "Weight", "kg"),)),
    Kind(
        "unmapped",
        (
            Field("source", "Laboratory or system"),
            Field("label", "Test with its value"),
            Field("received", "As it was received"),
        ),
        "A result that has no place of its own. The plan asks a clinician to decide.",
    ),
)
