"""Every rule in one table, in the order of the evidence's list: id, function, effect, sources, where it applies."""

from __future__ import annotations

from natalizumab.care.activity import act_01, act_02, act_03, act_04
from natalizumab.care.baseline import bas_01, bas_02, bas_03, bas_04, bas_05
from natalizumab.care.baseline_infection import bas_06, bas_07
from natalizumab.care.blood import fbc_01, fbc_02
from natalizumab.care.bookkeeping import rec_01, rec_02, rec_03, rec_04, rec_05, rec_06, rec_08, rec_09
from natalizumab.care.cancer import can_01, can_02
from natalizumab.care.checklist import chk_01, chk_02, chk_03
from natalizumab.care.dosing import dos_01, dos_02, dos_03, dos_05, dos_11
from natalizumab.care.drug_antibodies import nab_01, nab_02, nab_03
from natalizumab.care.eligibility import con_01, con_02, con_03, con_04, con_05, con_06, eli_01
from natalizumab.care.extended import dos_04, dos_10, rsk_03
from natalizumab.care.findings import Effect
from natalizumab.care.herpes import arn_01, hsv_01
from natalizumab.care.imaging import mri_01, mri_02, mri_03, mri_04, mri_05, mri_07
from natalizumab.care.laboratory import lft_01
from natalizumab.care.live_vaccines import con_09
from natalizumab.care.liver import lft_02, lft_03
from natalizumab.care.not_judged import rec_07
from natalizumab.care.observation import obs_01, obs_02, obs_03
from natalizumab.care.opportunistic import inf_01, oi_01, oi_02
from natalizumab.care.pml import gcn_01, mri_06, pml_01, pml_02, pml_03, pml_04
from natalizumab.care.pregnancy import con_07, con_08, ppr_01
from natalizumab.care.prompts import edu_01
from natalizumab.care.reactions import hyp_01
from natalizumab.care.restart import dos_06, dos_07, dos_08, dos_09
from natalizumab.care.review import rev_01, rev_02, rev_03
from natalizumab.care.risk import rsk_01, rsk_02, rsk_04
from natalizumab.care.rule import Cited, Rule
from natalizumab.care.self_monitoring import edu_02
from natalizumab.care.serology import (
    jcv_01,
    jcv_02,
    jcv_03,
    jcv_04,
    jcv_05,
    jcv_06,
    jcv_07,
    jcv_08,
    jcv_09,
    jcv_10,
)
from natalizumab.care.stopping import stp_01, stp_02, stp_03, stp_04
from natalizumab.care.told_reaction import hyp_02
from natalizumab.care.unlikely import rec_10, rec_11
from natalizumab.care.washout import (
    swi_01,
    swi_02,
    swi_03,
    swi_04,
    swi_05,
    swi_06,
    swi_07,
    swi_08,
    swi_09,
    swi_10,
    swi_11,
    swi_12,
)

STOP, HOLD, CONFIRM, DUE, INFO = Effect.STOP, Effect.HOLD, Effect.CONFIRM, Effect.DUE, Effect.INFO
EU, UK, US = ("eu",), ("uk",), ("us",)
EU_UK = ("eu", "uk")

SUMMARY = Cited("ms-selfie-summary-2025", "primary")
EMA = Cited("ema-pml-2016", "primary")
PRAC = Cited("prac-2016", "primary")
LEAFLET = Cited("eu-leaflet-2022", "primary")
SMPC = Cited("tysabri-smpc-summary", "primary")
SC_SMPC = Cited("tysabri-sc-smpc-2024", "primary")
US_DOSING = Cited("us-hcp-dosing", "primary")
US_LABEL = Cited("us-label", "primary")
KKNMS = Cited("kknms-handbook", "primary")
HEREFORD = Cited("hereford-ms-hub", "primary")
NICE = Cited("nice-ta127", "primary")
RCR = Cited("rcr-mri", "primary")
SPS = Cited("sps-educational", "primary")
MCGUIGAN = Cited("mcguigan-2016", "secondary")
CMSC = Cited("cmsc-mri", "primary")
AAN = Cited("aan-2018", "secondary")
UK_CONSENSUS = Cited("uk-immunowell-consensus-2025", "primary")
VARLEY = Cited("varley-2025", "primary")
FRENCH = Cited("french-immunowell-2025", "primary")
SCHWAB = Cited("schwab-2016", "primary")
GIOVANNONI = Cited("giovannoni-switching", "primary")
ZHOVTIS = Cited("zhovtis-ryerson-2019", "primary")
TOUCH_UPDATES = Cited("touch-updates", "primary")
NOVA = Cited("nova-2022", "primary")
ROTE_HAND = Cited("rote-hand-2016", "primary")
NURSE_PRO = Cited("ms-nurse-pro-switching", "primary")
MONTALBAN = Cited("montalban-lecture", "secondary")
TOFINGO = Cited("tofingo-2015", "primary")
LEURS = Cited("leurs-2018", "primary")
NAEGELIN = Cited("naegelin-2018", "primary")
RESTORE = Cited("restore-2014", "primary")
BARTS_SWITCH = Cited("giovannoni-fingolimod-2014", "primary")
MAGNIMS = Cited("magnims-trust-2016", "primary")
FINGOLIMOD_LEAFLETS = Cited("eu-fingolimod-leaflets", "primary")
SORENSEN = Cited("sorensen-2012", "primary")
EXPERTS = Cited("expert-switching", "recalled")
PHYSICIAN_GUIDE = Cited("eu-physician-guide", "recalled")
HO = Cited("ho-2017", "recalled")
AFFIRM_REACTIONS = Cited("affirm-hypersensitivity-2006", "primary")
LYMPHOCYTES = Cited("lymphocytes-2018", "primary")
CALABRESI = Cited("calabresi-2007", "primary")
STRATA = Cited("strata-2014", "primary")
OCS = Cited("biogen-ocs", "primary")
TOUCH_CHECKLIST = Cited("touch-checklist", "primary")
TOUCH_DUTIES = Cited("sabol-2017-touch", "primary")
INFUSION_PAGE = Cited("tysabri-infusion-page", "primary")
PREGNANCY_REVIEW = Cited("pregnancy-review-2021", "primary")
PREGNANCY_SURVEY = Cited("uk-pregnancy-survey-2021", "primary")
LACTATION = Cited("sps-lactation-2022", "primary")
CIPLEA = Cited("ciplea-2020", "primary")
LANDI = Cited("landi-2017", "primary")
WIJBURG_PCR = Cited("wijburg-2018-pcr", "primary")
WIJBURG_GCN = Cited("wijburg-2016-gcn", "primary")
SCHIPPLING = Cited("schippling-gcn", "primary")
HERSH = Cited("hersh-2014", "primary")
BRISTOL = Cited("bristol-hse-2013", "primary")
VALENZUELA = Cited("valenzuela-2014", "primary")
VAN_KEMPEN = Cited("van-kempen-2021-vzv", "primary")
MEDLINK = Cited("medlink-natalizumab", "primary")
SABOL = Cited("sabol-2017-touch", "primary")
LIVER_LETTER = Cited("dear-hcp-2008", "secondary")
BEZABEH = Cited("bezabeh-2010", "primary")
LIVERTOX = Cited("livertox-natalizumab", "primary")
CTCAE = Cited("ctcae-v5", "recalled")
AFFIRM = Cited("affirm-2006", "primary")
OPFER = Cited("opfer-2018", "primary")
ATROPHY = Cited("natalizumab-atrophy-2021", "primary")
DE_STEFANO = Cited("de-stefano-2016", "primary")
SASTRE_GARRIGA = Cited("sastre-garriga-2015", "primary")
ENER_G = Cited("ener-g", "recalled")
TYNERGY = Cited("tynergy", "recalled")
NEXT_MS = Cited("nextms-2024", "primary")
DESIGN = Cited("design", "assumed")

RULES = [
    # Eligibility
    Rule("CON-01", con_01, HOLD, (LEAFLET,), "Under 18", uses=("minimum_age_years",)),
    Rule("CON-02", con_02, STOP, (LEAFLET, KKNMS), "PML, current or past"),
    Rule("CON-03", con_03, STOP, (US_DOSING, US_LABEL), "Hypersensitivity to natalizumab"),
    Rule("CON-04", con_04, HOLD, (LEAFLET,), "Weakened immune system"),
    Rule("CON-05", con_05, HOLD, (LEAFLET,), "A second disease-modifying or immunosuppressive drug"),
    Rule("CON-06", con_06, HOLD, (LEAFLET,), "Active cancer except basal cell carcinoma", EU_UK),
    Rule(
        "CON-07",
        con_07,
        CONFIRM,
        (LEAFLET, PREGNANCY_REVIEW, PREGNANCY_SURVEY, Cited("abn-pregnancy", "recalled")),
        "Pregnancy: label and practice differ",
        uses=("pregnancy_until_week",),
    ),
    Rule("CON-08", con_08, CONFIRM, (LEAFLET, LACTATION, CIPLEA), "Breast-feeding: label and practice differ"),
    Rule("CON-09", con_09, HOLD, (SUMMARY, HEREFORD), "Live vaccine", uses=("live_vaccine_months",)),
    Rule("ELI-01", eli_01, CONFIRM, (SC_SMPC, NICE), "Indication on record before the first dose", EU_UK),
    # Baseline
    Rule("BAS-01", bas_01, HOLD, (RCR,), "MRI before the first dose", EU_UK, uses=("baseline_mri_months",)),
    Rule("BAS-02", bas_02, CONFIRM, (SMPC,), "JC virus antibody result"),
    Rule("BAS-03", bas_03, CONFIRM, (SMPC,), "Full blood count before the first dose", EU_UK),
    Rule("BAS-04", bas_04, CONFIRM, (PHYSICIAN_GUIDE,), "Liver tests before the first dose"),
    Rule("BAS-05", bas_05, CONFIRM, (SC_SMPC, SPS), "Alert card and initiation form", EU_UK),
    Rule("BAS-06", bas_06, DUE, (PHYSICIAN_GUIDE,), "Immunity to varicella before the first dose"),
    Rule("BAS-07", bas_07, DUE, (LIVERTOX, TOUCH_CHECKLIST), "Hepatitis, HIV and tuberculosis before the first dose"),
    # Serology
    Rule(
        "JCV-01",
        jcv_01,
        DUE,
        (
            Cited("tysabri-smpc-summary", "primary", EU_UK),
            Cited("hereford-ms-hub", "primary", UK),
            Cited("us-prescribing-information", "recalled", US),
        ),
        "Repeat a negative antibody test",
    ),
    Rule("JCV-02", jcv_02, DUE, (EMA, SMPC), "Repeat a low index after two years", EU, uses=("index_low_max",)),
    Rule("JCV-03", jcv_03, DUE, (MCGUIGAN,), "Repeat an index up to 1.5", UK),
    Rule("JCV-04", jcv_04, INFO, (MCGUIGAN,), "High index: no routine repeat", UK),
    Rule("JCV-05", jcv_05, CONFIRM, (UK_CONSENSUS, VARLEY, FRENCH), "Result of another assay"),
    Rule("JCV-06", jcv_06, CONFIRM, (SCHWAB,), "Antibody status or index band changed"),
    Rule("JCV-07", jcv_07, HOLD, (SMPC,), "Sample too soon after plasma exchange or immunoglobulins"),
    Rule("JCV-08", jcv_08, CONFIRM, (GIOVANNONI,), "Index unreliable after alemtuzumab or transplantation"),
    Rule("JCV-09", jcv_09, CONFIRM, (PHYSICIAN_GUIDE,), "Negative after a valid positive"),
    Rule("JCV-10", jcv_10, CONFIRM, (DESIGN,), "Indeterminate result"),
    # Imaging
    Rule("MRI-01", mri_01, DUE, (SUMMARY, AAN, CMSC), "Rebaseline MRI"),
    Rule("MRI-02", mri_02, DUE, (EMA,), "Annual full MRI"),
    Rule("MRI-03", mri_03, DUE, (EMA,), "Surveillance MRI in the high-risk group", EU),
    Rule("MRI-04", mri_04, DUE, (MCGUIGAN,), "Surveillance MRI by index", UK),
    Rule("MRI-05", mri_05, DUE, (CMSC,), "Surveillance MRI from 18 months", US),
    Rule("MRI-06", mri_06, DUE, (EMA, PRAC), "A lesion like PML: second reading"),
    Rule(
        "MRI-07",
        mri_07,
        HOLD,
        (DESIGN,),
        "Scan long overdue",
        uses=("scan_overdue_escalate_days", "scan_overdue_hold_days"),
    ),
    # Laboratory
    Rule("LFT-01", lft_01, DUE, (PHYSICIAN_GUIDE,), "Liver tests"),
    Rule(
        "LFT-02",
        lft_02,
        STOP,
        (LIVER_LETTER, BEZABEH, LIVERTOX, DESIGN),
        "Jaundice or significant liver injury",
        uses=("liver_injury_times", "liver_injury_times_with_bilirubin", "liver_injury_bilirubin_times"),
    ),
    Rule("LFT-03", lft_03, HOLD, (CTCAE,), "Raised liver tests, by grade", uses=("liver_hold_times",)),
    Rule("FBC-01", fbc_01, CONFIRM, (LEAFLET, DESIGN), "Bleeding signs, low platelets"),
    Rule("FBC-02", fbc_02, CONFIRM, (LEAFLET, LYMPHOCYTES, DESIGN), "Blood counts"),
    Rule(
        "NAB-01",
        nab_01,
        DUE,
        (AFFIRM_REACTIONS, LYMPHOCYTES),
        "Signs of antibodies against natalizumab",
        uses=("antibody_trough_mg_per_l", "lymphocytes_flat_percent", "antibody_probability_percent"),
    ),
    Rule(
        "NAB-02",
        nab_02,
        DUE,
        (Cited("calabresi-2007", "primary", EU_UK), Cited("us-prescribing-information", "recalled")),
        "Repeat a first positive antibody test",
        uses=("antibody_persistent_days",),
        prescriber=True,
    ),
    Rule(
        "NAB-03",
        nab_03,
        HOLD,
        (CALABRESI, AFFIRM_REACTIONS),
        "Lasting antibodies against natalizumab",
        uses=("antibody_persistent_days",),
        prescriber=True,
    ),
    # Dosing
    Rule("DOS-01", dos_01, HOLD, (SUMMARY, SC_SMPC), "Dose of 300 mg"),
    Rule("DOS-02", dos_02, CONFIRM, (Cited("tysabri-sc-smpc-2024", "recalled"),), "Second injection in time", EU_UK),
    Rule("DOS-03", dos_03, HOLD, (TOUCH_UPDATES, DESIGN), "Too soon after the last dose"),
    Rule("DOS-04", dos_04, CONFIRM, (NOVA,), "Longer interval asked for"),
    Rule("DOS-05", dos_05, INFO, (LEAFLET,), "Late dose", invites=True),
    Rule("DOS-06", dos_06, CONFIRM, (LEAFLET, STRATA), "Few doses, then a gap", EU_UK, uses=("few_doses_gap_months",)),
    Rule("DOS-07", dos_07, CONFIRM, (GIOVANNONI, PHYSICIAN_GUIDE), "Half a year without a dose"),
    Rule("DOS-09", dos_09, CONFIRM, (TOUCH_UPDATES, GIOVANNONI, DESIGN), "Restart"),
    Rule("DOS-10", dos_10, INFO, (ZHOVTIS, NOVA), "Six-weekly dosing can be discussed", invites=True),
    Rule("DOS-08", dos_08, HOLD, (GIOVANNONI,), "Antibodies: no restart"),
    Rule(
        "DOS-11",
        dos_11,
        CONFIRM,
        (LEAFLET, TOUCH_UPDATES, DESIGN),
        "An interval that no guidance knows",
        uses=("interval_weeks", "latest_weeks"),
        prescriber=True,
    ),
    # Observation, checklist, review
    Rule("OBS-01", obs_01, DUE, (US_DOSING, LEAFLET, SUMMARY), "Observation after a dose"),
    Rule("OBS-02", obs_02, HOLD, (OCS,), "Outside the clinic too soon", uses=("outside_clinic_doses",)),
    Rule("OBS-03", obs_03, DUE, (OCS,), "Checklist outside the clinic"),
    Rule("CHK-01", chk_01, HOLD, (TOUCH_CHECKLIST, INFUSION_PAGE), "A yes on the checklist"),
    Rule("CHK-02", chk_02, HOLD, (TOUCH_CHECKLIST,), "Not authorised"),
    Rule("CHK-03", chk_03, DUE, (TOUCH_CHECKLIST,), "The checklist is asked and submitted", US),
    Rule("REV-01", rev_01, DUE, (TOUCH_DUTIES,), "Review and authorise again", US),
    Rule("REV-02", rev_02, DUE, (SC_SMPC, SPS), "Explain the risk again", EU_UK),
    Rule("REV-03", rev_03, DUE, (PHYSICIAN_GUIDE,), "Is there a benefit?", EU_UK, uses=("no_benefit_months",)),
    # Events of special interest
    Rule("PML-01", pml_01, HOLD, (PRAC, SMPC), "Suspected PML"),
    Rule("PML-02", pml_02, STOP, (SMPC, LANDI), "Confirmed PML"),
    Rule("PML-03", pml_03, HOLD, (WIJBURG_PCR,), "A negative PCR does not clear PML", uses=("csf_repeat_days",)),
    Rule("PML-04", pml_04, CONFIRM, (DESIGN,), "A relapse: think of PML"),
    Rule("GCN-01", gcn_01, HOLD, (SMPC, SCHIPPLING, WIJBURG_GCN), "Granule cell neuronopathy"),
    Rule("HSV-01", hsv_01, STOP, (SMPC, HERSH, BRISTOL, VALENZUELA), "Encephalitis or meningitis"),
    Rule("ARN-01", arn_01, STOP, (SMPC, LEAFLET, VAN_KEMPEN), "Acute retinal necrosis"),
    Rule("OI-01", oi_01, STOP, (SMPC,), "Opportunistic infection, confirmed", EU_UK),
    Rule(
        "OI-02",
        oi_02,
        HOLD,
        (SMPC, LEAFLET, DESIGN),
        "Opportunistic infection, suspected",
        uses=("diarrhoea_lasting_days",),
    ),
    Rule("INF-01", inf_01, CONFIRM, (INFUSION_PAGE, LIVERTOX), "Other infections"),
    Rule("HYP-01", hyp_01, STOP, (US_DOSING, US_LABEL), "Hypersensitivity"),
    Rule("HYP-02", hyp_02, HOLD, (US_DOSING, US_LABEL, DESIGN), "A symptom like hypersensitivity"),
    Rule("CAN-01", can_01, CONFIRM, (SABOL,), "Signs of cancer"),
    Rule("CAN-02", can_02, STOP, (MEDLINK, SUMMARY), "Lymphoma of the brain"),
    # Stopping and switching
    Rule(
        "STP-01", stp_01, DUE, (LEAFLET,), "Stopped: a scan, and six months of watch", EU_UK, uses=("stop_mri_weeks",)
    ),
    Rule("STP-02", stp_02, CONFIRM, (TOFINGO, LEURS, RESTORE, DESIGN), "No next drug after the last dose"),
    Rule("STP-03", stp_03, CONFIRM, (BARTS_SWITCH,), "Antibody-positive: a scan before the next drug"),
    Rule("STP-04", stp_04, DUE, (MAGNIMS,), "Scans in the year after a switch"),
    Rule("SWI-01", swi_01, INFO, (NURSE_PRO, GIOVANNONI), "From interferon beta or glatiramer"),
    Rule("SWI-02", swi_02, CONFIRM, (MONTALBAN, NURSE_PRO), "From fingolimod", uses=("washout_fingolimod",)),
    Rule("SWI-03", swi_03, CONFIRM, (MONTALBAN,), "From teriflunomide", uses=("washout_teriflunomide",)),
    Rule(
        "SWI-04",
        swi_04,
        CONFIRM,
        (FINGOLIMOD_LEAFLETS, TOFINGO, NAEGELIN, LEURS, AAN),
        "To fingolimod: guidance differs",
    ),
    Rule("SWI-05", swi_05, INFO, (SORENSEN,), "Prior immunosuppressant"),
    Rule("SWI-06", swi_06, CONFIRM, (MONTALBAN, SMPC), "From a fumarate", uses=("lymphocytes_normal",)),
    Rule("SWI-07", swi_07, CONFIRM, (Cited("s1p-labels", "recalled"),), "From siponimod, ozanimod or ponesimod"),
    Rule("SWI-08", swi_08, CONFIRM, (NURSE_PRO,), "From an immunosuppressant", uses=("washout_immunosuppressant",)),
    Rule(
        "SWI-09",
        swi_09,
        CONFIRM,
        (GIOVANNONI, Cited("tysabri-sc-smpc-2024", "recalled")),
        "After alemtuzumab or transplantation: guidance differs",
    ),
    Rule("SWI-10", swi_10, CONFIRM, (EXPERTS,), "From cladribine", uses=("washout_cladribine",)),
    Rule("SWI-11", swi_11, CONFIRM, (EXPERTS,), "From an anti-CD20 antibody", uses=("washout_anti_cd20",)),
    Rule("SWI-12", swi_12, CONFIRM, (DESIGN,), "From another drug for MS", uses=("washout_unknown_drug",)),
    # Risk
    Rule("RSK-01", rsk_01, INFO, (PHYSICIAN_GUIDE, HO), "PML risk"),
    Rule("RSK-02", rsk_02, CONFIRM, (DESIGN,), "Beyond the published estimates"),
    Rule("RSK-03", rsk_03, INFO, (ZHOVTIS,), "Longer intervals and PML"),
    Rule("RSK-04", rsk_04, CONFIRM, (PRAC, ROTE_HAND), "High PML risk: benefit confirmed", EU_UK, prescriber=True),
    # The newborn, self-checks
    Rule("PPR-01", ppr_01, DUE, (Cited("haghikia-2014", "primary"), Cited("triplett-2020", "primary")), "Newborn"),
    Rule("EDU-01", edu_01, DUE, (SUMMARY,), "Monthly breast check"),
    Rule(
        "EDU-02",
        edu_02,
        DUE,
        (LEAFLET, SUMMARY),
        "Warning signs, asked for and told",
        uses=("watch_after_stop_months",),
    ),
    # Disease activity
    Rule("ACT-01", act_01, INFO, (AFFIRM, DESIGN), "No evident activity (NEIDA, NEDA-3)"),
    Rule("ACT-02", act_02, INFO, (OPFER, DE_STEFANO, SASTRE_GARRIGA, ATROPHY, DESIGN), "Brain volume"),
    Rule(
        "ACT-03",
        act_03,
        INFO,
        (CALABRESI, NEXT_MS, DESIGN),
        "Activity with antibodies or too little drug",
        uses=("latest_weeks",),
    ),
    Rule("ACT-04", act_04, INFO, (DESIGN, ENER_G, TYNERGY), "Fatigue"),
    # The record itself: ours
    Rule("REC-01", rec_01, STOP, (DESIGN,), "Follow-up ended"),
    Rule("REC-02", rec_02, CONFIRM, (DESIGN,), "Name not recognised"),
    Rule("REC-03", rec_03, INFO, (DESIGN,), "Entries left out"),
    Rule("REC-04", rec_04, CONFIRM, (DESIGN,), "Unmatched result"),
    Rule("REC-05", rec_05, CONFIRM, (DESIGN,), "Start of treatment unknown"),
    Rule("REC-06", rec_06, INFO, (DESIGN,), "Interval assumed"),
    Rule("REC-07", rec_07, CONFIRM, (DESIGN,), "Not judged by this version", leads=True),
    Rule("REC-08", rec_08, INFO, (DESIGN,), "Level without time or assay"),
    Rule("REC-09", rec_09, INFO, (DESIGN,), "Decision that answers nothing"),
    Rule("REC-10", rec_10, CONFIRM, (DESIGN,), "Scans of one day that differ"),
    Rule("REC-11", rec_11, CONFIRM, (DESIGN,), "Hardly possible"),
]
