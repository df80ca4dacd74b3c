"""How a virtual trial is made, what each part was fitted to, what it can't know, and where its numbers are from."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from natalizumab.cohort import Found, Trial
from natalizumab.cohort.harms import scenario
from natalizumab.commands.evidence import MEANING
from natalizumab.commands.trial_report.lead import ensemble_words
from natalizumab.commands.trial_report.words import listed, many
from natalizumab.evidence import STATUSES, Value, source, value, values
from natalizumab.pharmacology import provenance
from natalizumab.pharmacology.regimen import Regimen

LABEL = "Exploratory model, calibrated to C1–C15 only; no decision rule uses it; all people are invented."

SAME_PEOPLE = (
    "Every arm has the same virtual people. Each random number is a function of the seed, the person, what it is for "
    "and its count alone (counter-based: Philox, then SplitMix64). So a person has the same body, the same antibodies "
    "and the same late and missed doses in every arm, and the same events wait for that person: an arm decides which "
    "of them come about. Two arms that give the same differ by nought, and a difference has a far smaller Monte Carlo "
    "error than either arm alone."
)

MORE = "docs/calibration.md shows every line of C1 to C15, hit or missed; docs/disease-model.md has the equations."

BY_HAND = {
    "Concentration": "Two compartments, linear and saturable elimination, one set of parameters for each person.",
    "Antibodies against the drug": "Some people get them, for a time or for good; they raise the clearance.",
    "Saturation of the integrin": "Follows the concentration without delay.",
    "Lesions, relapses, progression, brain volume": "From saturation to lymphocytes that reach the brain, and on from "
    "there; fitted to lines C1 to C15 of published trial figures and to nothing else.",
    "PML": "The expected number: each person's monthly chance by the published table, chained over the months treated.",
    "PML found by scans": "A scan while it can be seen already finds it before its symptoms; as many die as did then.",
    "EDSS": "Steps of confirmed progressions, and what relapses add and mostly take away again, as in one trial.",
    "Fatigue": "Follows the inflammation that is left; a study without controls says how much, nobody why.",
    "Reactions": "As many at each infusion as in a published trial, by its number in the course.",
    "Guided intervals": "Two measured troughs with the assay's error; each person's posterior by importance sampling.",
}
"""The links of the chain, in its order."""

PML_ROWS = ("low", "middle", "high", "negative", "prior_immunosuppressant")
FOUND = ("mri_visible_before", "alive_without_symptoms", "alive_with_symptoms")
REACTIONS = (
    "aesi.hypersensitivity.events",
    "aesi.hypersensitivity.by_second_infusion",
    "aesi.hypersensitivity.infusions_3_to_7",
    "trials.affirm_natalizumab_people",
    "trials.affirm_doses",
)
"""What ``cohort.harms`` reads."""

LIMITS = (
    "Nothing here is a finding about people with multiple sclerosis. It says what follows if the model is right.",
    "Nobody has published a model from natalizumab's saturation to lesions or relapses. This structure is our own.",
    "No trial of C1 to C15 held people between no saturation and half of it. Structure, not data, speaks there.",
    "So does it of long intervals and of stopping. Nor is it known whether saturation governs what reaches the brain.",
    "Rebound is not in it: after the drug, activity never rises above that of the untreated.",
    "Whoever stops gets no other drug here, which no clinic would do.",
    "PML is an expected number, not drawn case by case. That fewer die where a scan finds it early was only observed.",
    "Fatigue was only ever followed without people to compare with; here any share of the change may be the drug's.",
    "Groups are described, never one person. No rule that holds, stops or allows a dose uses any of it.",
    "The Monte Carlo error does not say whether the model is right. Nor does the range: it keeps the same structure.",
)


def uncertainty(found: Found) -> str:
    """What both kinds of uncertainty are."""
    part, some = (many(int(one["people"][0]), "person") for one in (found.best, found.others[0]))
    return (
        f"There are two uncertainties. The Monte Carlo error (one standard deviation) is how far a mean over {part} "
        "would move if other people were drawn; more people make it smaller. The range of the model is what the "
        f"published figures leave open: {ensemble_words(found)}, each with another guess at what nobody knows (the "
        "hazard ratio of a PML scenario within its interval; the share of less fatigue that is the drug's). It is how "
        f"far each set moves the mean of the same {some}, the first who take part, and always holds the number itself."
    )


def chain(trial: Trial) -> Iterator[tuple[str, str, str, str]]:
    """Each link of the model: its name, what it does, how good its numbers are, and their sources."""
    for name, what in BY_HAND.items():
        if name != "Guided intervals" or any(arm.guided for arm in trial.arms):
            behind = _behind(name, trial)
            yield name, what, _statuses(behind), ", ".join(_keys(behind))


def _behind(name: str, trial: Trial) -> list[Value]:
    regimens = [Regimen("iv", 4, 1), *(Regimen(arm.route, 4, 1) for arm in trial.arms)]
    body = dict.fromkeys(
        key for one in regimens for key in provenance.keys_behind(one, population=True, drawn_weights=True)
    )
    bodies = [value(key) for key in body]
    return {
        "Concentration": [one for one in bodies if one.key.startswith("pk.")],
        "Antibodies against the drug": [value(key) for key in provenance.ANTIBODIES],
        "Saturation of the integrin": [value(key) for key in provenance.SATURATION],
        "Lesions, relapses, progression, brain volume": list(values("calibration")),
        "PML": [one for row in PML_ROWS for one in values(f"pml.eu.{row}")],
        "PML found by scans": [value(f"pml_course.{name}") for name in FOUND],
        "EDSS": list(values("courses.edss")),
        "Fatigue": [value("disease.fatigue.ener_g_vas"), *values("courses.fatigue")],
        "Reactions": [value(key) for key in REACTIONS],
        "Guided intervals": [value("pk.residual")],
    }[name]


def _keys(behind: Iterable[Value]) -> list[str]:
    return list(dict.fromkeys(key for one in behind for key in one.sources))


def _statuses(behind: Iterable[Value]) -> str:
    return ", ".join(f"{count} {status}" for status, count in _counted(behind))


def _counted(behind: Iterable[Value]) -> list[tuple[str, int]]:
    counted = Counter(one.status for one in behind)
    return [(status, counted[status]) for status in STATUSES if counted[status]]


def pml_words(trial: Trial) -> Iterator[str]:
    """How PML is counted, and what a scenario assumes."""
    table = _behind("PML", trial)
    known = listed([f"{count} are {status}" for status, count in _counted(table)])
    yield (
        f"The table of PML is the European one ({listed(_keys(table))}), by year of treatment, antibodies, their index "
        f"and prior immunosuppressants. Of its {len(table)} numbers {known}."
    )
    if trial.pml_scenario == "none":
        yield "No scenario was asked for: an interval changes nothing in it."
    else:
        yield from _scenario_words(trial)


def _scenario_words(trial: Trial) -> Iterator[str]:
    ratio, (low, high) = (found := scenario(trial.pml_scenario)).ratio, found.interval
    known = value(f"eid.hazard_ratio.{trial.pml_scenario}")
    yield (
        f"The scenario “{trial.pml_scenario}” is an assumption of this trial: from the day on which planned intervals "
        f"are {many(trial.extended_weeks, 'week')} or longer, the hazard of PML is {ratio:g} times that of the table "
        f"(95 % interval {low:g} to {high:g}). {known.about} {known.note} Source: {listed(_keys([known]))} "
        f"({known.status})."
    )
    yield (
        "That ratio is observational: clinicians chose who had longer intervals, and people may have differed in ways "
        "that nobody recorded. It is part of no label. The ranges of this report hold its interval, nothing beyond: "
        f"with the ratio at its lower end there would be {low / ratio:.2g} times as much PML at extended intervals, at "
        f"its upper end {high / ratio:.2g} times, and without any effect {1 / ratio:.2g} times."
    )


def statuses() -> list[tuple[str, str]]:
    """What each status means."""
    return [(status, f"{MEANING[status]}.") for status in STATUSES]


def sources(trial: Trial, population: str) -> list[tuple[str, str]]:
    """Every source that the report names, with its citation."""
    used = [*values(f"population.{population}")]
    used += [one for name in BY_HAND for one in _behind(name, trial)]
    if trial.pml_scenario != "none":
        used.append(value(f"eid.hazard_ratio.{trial.pml_scenario}"))
    cited = (source(key) for key in sorted(_keys(used)))
    return [(one.key, f"{one.citation}{f'; {one.where}' if one.where else ''}.") for one in cited]
