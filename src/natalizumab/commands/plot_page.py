"""A chart as one HTML file: the drawing, its words and its numbers, in light and dark, without scripts or network."""

from __future__ import annotations

from html import escape
from string import Template

from natalizumab.commands.plotting import svg
from natalizumab.pharmacology.drawing import Chart
from natalizumab.pharmacology.look import COLOURS, Theme

PAGE = Template("""\
<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>$title</title>
<style>
:root { color-scheme: light dark; $light }
@media (prefers-color-scheme: dark) { :root { $dark } }
$colours
body { margin: 0 auto; max-width: 56rem; padding: 1.5rem 1rem; line-height: 1.5; font-family: system-ui, sans-serif;
  color: var(--chart-ink); background: var(--chart-paper); }
h1 { font-size: 1.35rem; margin: 0 0 0.3rem; }
p { margin: 0; }
figure { margin: 1rem 0; overflow-x: auto; }
svg { max-width: 100%; min-width: 36rem; height: auto; }
.wider { display: none; color: var(--chart-muted); }
@media (max-width: 38rem) { .wider { display: block; } figure { border-inline: 1px dashed var(--chart-muted); } }
@media print { .wider { display: none; } svg { min-width: 0; } }
summary { cursor: pointer; font-weight: 600; }
.numbers { overflow: auto; max-height: 40rem; margin: 0.5rem 0 1rem; }
table { border-collapse: collapse; font-size: 0.85rem; font-variant-numeric: tabular-nums; }
caption { text-align: left; padding-bottom: 0.3rem; }
th, td { padding: 0.15rem 0.7rem; border-bottom: 1px solid var(--chart-grid); text-align: left; white-space: nowrap; }
</style>
</head>
<body>
<main>
<h1>$title</h1>
$subtitle
<p class="wider">The drawing is wider than this screen: move it sideways.</p>
<figure tabindex="0">
$drawing
</figure>
$tables
</main>
</body>
</html>
""")


def page(chart: Chart) -> str:
    """The whole file. Raises ModelError where vl-convert is not installed."""
    spec = dict(chart.spec)
    heading = spec.pop("title", {"subtitle": []})
    return PAGE.substitute(
        title=escape(chart.title),
        light=variables("light"),
        dark=variables("dark"),
        colours=colour_rules(),
        subtitle="\n".join(f"<p>{escape(line)}</p>" for line in heading["subtitle"]),
        drawing=svg(spec, chart.description),
        tables="\n".join(
            f'<details><summary>The numbers: {escape(name)}</summary>\n<div class="numbers" tabindex="0">\n'
            f"{table.html()}\n</div></details>"
            for name, table in chart.tables.items()
        ),
    )


def colour_rules() -> str:
    """A drawing names its colours; style rules for each put the page's in their place."""
    return "\n".join(map(_rules, COLOURS["light"]))


def _rules(name: str) -> str:
    return " ".join(f'[{part}="{name}"] {{ {part}: var({name}) }}' for part in ("fill", "stroke"))


def variables(theme: Theme) -> str:
    """A theme's colours, as a style sheet declares them."""
    return " ".join(f"{name}: {colour};" for name, colour in COLOURS[theme].items())
