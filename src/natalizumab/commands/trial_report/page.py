"""The report as one page of HTML: no script, no network, in light and dark, to read, to print and to hear."""

from __future__ import annotations

import base64
from collections.abc import Callable
from string import Template

from natalizumab import __version__
from natalizumab.cohort import Found
from natalizumab.commands.plot_page import colour_rules, variables
from natalizumab.commands.plotting import svg
from natalizumab.commands.trial_report import html, methods
from natalizumab.commands.trial_report.asked import Asked
from natalizumab.commands.trial_report.lead import lead
from natalizumab.commands.trial_report.lines import Line, lines
from natalizumab.commands.trial_report.pictures import BENEFITS, HARM, pictures
from natalizumab.commands.trial_report.style import STYLE
from natalizumab.commands.trial_report.tables import arms_table, differences_table, population_table, trade_off_table
from natalizumab.commands.trial_report.words import alike_words, arm_words, design, named
from natalizumab.pharmacology.drawing import Chart

PAGE = Template("""\
<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data:">
<meta name="description" content="$label">
<title>$title: a virtual trial</title>
<style>
$style
</style>
</head>
<body>
<main>
<h1>$title</h1>
<p class="kind">A virtual trial of natalizumab</p>
<p class="label">$label</p>
<nav aria-label="Parts of this report"><ul>
$contents
</ul></nav>
$parts
</main>
</body>
</html>
""")

Draw = Callable[[Chart], str]
Part = tuple[str, str, str]
"""The name that links lead to, the heading, and what stands under it."""


def page(found: Found, asked: Asked, draw: Draw | None = None) -> str:
    """The whole file; ``draw`` makes HTML of a picture. Raises ModelError where what draws is not installed."""
    every, title = lines(found), html.text(named(found.trial.name))
    parts = _parts(found, asked, every, draw or drawn)
    return PAGE.substitute(
        title=title,
        label=html.text(methods.LABEL),
        style=_style(found),
        contents="\n".join(f'<li><a href="#{name}">{heading}</a></li>' for name, heading, _ in parts),
        parts="\n".join(
            f'<section aria-labelledby="{name}">\n<h2 id="{name}">{heading}</h2>\n{content}\n</section>'
            for name, heading, content in parts
        ),
    )


def drawn(chart: Chart) -> str:
    """A picture whose colours are the page's."""
    spec = dict(chart.spec)
    spec.pop("title", None)
    return svg(spec, chart.description)


def painted(chart: Chart) -> str:
    """A picture in light colours, as an image of its own, for paper."""
    spec = chart.painted()
    spec.pop("title", None)
    content = base64.b64encode(svg(spec, chart.description).encode()).decode()
    return f'<img alt="{html.text(chart.description)}" src="data:image/svg+xml;base64,{content}">'


def _style(found: Found) -> str:
    return STYLE.substitute(
        light=variables("light"),
        dark=variables("dark"),
        colours=colour_rules(),
        label=methods.LABEL,
        version=f"natalizumab {__version__}, seed {found.trial.seed}",
    )


def _parts(found: Found, asked: Asked, every: tuple[Line, ...], draw: Draw) -> list[Part]:
    said = list(alike_words(found))
    return [
        ("short", "In short", _short(found, every)),
        ("asked", "What was asked", _asked(found, asked)),
        *_compared(found, every, draw),
        *([("alike", "Would a trial of usual size see it?", html.paragraphs(said))] if said else []),
        ("arms", "Every arm", arms_table(every)),
        ("methods", "Methods", _methods(found, asked)),
        ("limits", "What it can't know", html.points(methods.LIMITS)),
        ("again", "To run it again", _again(found, asked)),
    ]


def _short(found: Found, every: tuple[Line, ...]) -> str:
    kinds = zip(("lead", "aside"), lead(found, every), strict=True)
    return "\n".join(f'<div class="{kind}">{html.paragraphs(told)}</div>' for kind, told in kinds)


def _asked(found: Found, asked: Asked) -> str:
    trial, part = found.trial, int(found.best["people"][0])
    arms = [(named(arm.name), arm_words(arm)) for arm in trial.arms]
    return "\n".join(
        [
            "<h3>The arms</h3>",
            html.terms(arms),
            "<h3>For all of them</h3>",
            html.terms(design(trial, part)),
            "<h3>The people</h3>",
            html.paragraphs(["All of them are invented. They are drawn by these numbers:"]),
            population_table(trial, asked),
        ]
    )


def _compared(found: Found, every: tuple[Line, ...], draw: Draw) -> list[Part]:
    """Pictures with their numbers; nothing where nothing can be compared."""
    reference = found.trial.arms[0].name
    charts = pictures(every, reference)
    if charts is None:
        return []
    differences, trade_off = charts
    return [
        (
            "differences",
            "Differences",
            "".join(_figure(chart, draw) for chart in differences) + differences_table(every, reference),
        ),
        (
            "trade-off",
            "Benefit against harm",
            _figure(trade_off, draw) + trade_off_table(every, (*BENEFITS, HARM), reference),
        ),
    ]


def _figure(chart: Chart, draw: Draw) -> str:
    said = " ".join(chart.spec["title"]["subtitle"])
    return (
        f"<figure>\n<figcaption>{html.text(chart.title)}. {html.text(said)} The numbers stand in the table below.\n"
        '<span class="wider">The drawing is wider than this screen: move it sideways.</span></figcaption>\n'
        f'<div class="drawing" tabindex="0" role="region" aria-label="Picture: {html.text(chart.title)}">\n'
        f"{draw(chart)}\n</div>\n</figure>\n"
    )


def _methods(found: Found, asked: Asked) -> str:
    trial = found.trial
    head = ("Part", "What it does", "Its numbers", "Sources")
    chain = html.table("The chain of models", head, [("", methods.chain(trial))], words=True)
    return "\n".join(
        [
            html.paragraphs([methods.SAME_PEOPLE, methods.uncertainty(found)]),
            chain,
            html.paragraphs([methods.MORE]),
            "<h3>PML</h3>",
            html.paragraphs(methods.pml_words(trial)),
            "<h3>How well a number is known</h3>",
            html.terms(methods.statuses()),
            "<h3>Sources</h3>",
            f'<div class="sources">{html.terms(methods.sources(trial, asked.population[0]))}</div>',
        ]
    )


def _again(found: Found, asked: Asked) -> str:
    trial = found.trial
    told = [
        ("Version", f"natalizumab {__version__}"),
        ("Seed", str(trial.seed)),
        ("People asked for", f"{trial.people:,}"),
        ("People taking part", f"{int(found.best['people'][0]):,}"),
    ]
    return "\n".join(
        [
            html.terms(told),
            f"<h3>The command</h3>\n{html.code(asked.command(trial))}",
            f"<h3>The trial's file, {html.text(asked.file)}</h3>\n{html.code(asked.text)}",
        ]
    )
