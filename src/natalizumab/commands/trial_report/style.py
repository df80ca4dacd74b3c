"""How a report looks: on a screen in light and dark, printed from a browser, and as a PDF."""

from __future__ import annotations

from string import Template

STYLE = Template("""\
:root { color-scheme: light dark; $light }
@media screen and (prefers-color-scheme: dark) { :root { $dark } }
$colours
* { box-sizing: border-box; }
body { margin: 0; font: 1rem/1.55 system-ui, "Liberation Sans", "DejaVu Sans", sans-serif; color: var(--chart-ink);
  background: var(--chart-paper); overflow-wrap: break-word; }
main { margin: 0 auto; max-width: 54rem; padding: 2.2rem 1rem 4rem; }
h1 { font-size: 2rem; line-height: 1.2; margin: 0 0 0.4rem; letter-spacing: -0.01em; }
h2 { font-size: 1.3rem; line-height: 1.3; margin: 3rem 0 0.8rem; padding-top: 0.7rem;
  border-top: 2px solid var(--chart-line); }
h3 { font-size: 1.05rem; margin: 2rem 0 0.4rem; }
p { margin: 0 0 0.8rem; max-width: 46rem; }
a { color: var(--chart-line); }
.kind { margin: 0 0 1.2rem; color: var(--chart-muted); }
.label { border: 1px solid var(--chart-mark); border-left-width: 6px; border-radius: 4px; padding: 0.6rem 0.9rem;
  margin: 0 0 1.6rem; max-width: none; font-weight: 600; }
.lead p { font-size: 1.15rem; line-height: 1.6; }
.aside { color: var(--chart-muted); }
.sources { font-size: 0.9rem; }
nav ul { list-style: none; display: flex; flex-wrap: wrap; gap: 0.3rem 1.2rem; margin: 0 0 1.8rem; padding: 0; }
ul { padding-left: 1.2rem; max-width: 46rem; }
li { margin-bottom: 0.35rem; }
dl { margin: 0 0 1rem; }
dl div { display: grid; grid-template-columns: 12rem 1fr; gap: 0 1rem; padding: 0.4rem 0;
  border-bottom: 1px solid var(--chart-grid); }
dt { font-weight: 600; }
dd { margin: 0; }
figure { margin: 1rem 0 1.4rem; }
figcaption { font-size: 0.9rem; color: var(--chart-muted); margin-bottom: 0.6rem; }
.drawing { overflow-x: auto; }
.drawing svg { width: 100%; min-width: 36rem; height: auto; display: block; }
.drawing img { width: 100%; }
.wider { display: none; }
.wide { overflow-x: auto; margin: 0 0 1.4rem; }
table { border-collapse: collapse; width: 100%; font-size: 0.9rem; font-variant-numeric: tabular-nums; }
caption { text-align: left; font-weight: 600; padding-bottom: 0.4rem; }
th, td { padding: 0.28rem 0.8rem 0.28rem 0; text-align: right; vertical-align: top;
  border-bottom: 1px solid var(--chart-grid); }
th { font-weight: 400; }
th:first-child, .words td, .words th { text-align: left; }
td { white-space: nowrap; }
.words td { white-space: normal; }
td:last-child, th:last-child { padding-right: 0; }
thead th { font-size: 0.82rem; color: var(--chart-muted); vertical-align: bottom;
  border-bottom-color: var(--chart-muted); }
th[scope=rowgroup] { font-weight: 600; padding-top: 0.8rem; text-align: left; }
tbody th[scope=row] { min-width: 8rem; }
pre { margin: 0 0 1.2rem; padding: 0.8rem 1rem; background: var(--chart-grid); border-radius: 4px; font-size: 0.85rem;
  line-height: 1.5; white-space: pre-wrap; overflow-wrap: anywhere; }
:focus-visible { outline: 2px solid var(--chart-mark); outline-offset: 2px; }
@media (max-width: 40rem) {
  main { padding-top: 1.4rem; }
  h1 { font-size: 1.6rem; }
  table { font-size: 0.82rem; }
  table.words { min-width: 38rem; }
  th, td { padding-right: 0.5rem; }
  tbody th[scope=row] { min-width: 4rem; }
  dl div { grid-template-columns: 1fr; }
  .wider { display: block; font-size: 0.85rem; color: var(--chart-muted); }
}
@media print {
  :root { font-size: 9.5pt; }
  body { line-height: 1.45; }
  main { max-width: none; padding: 0; }
  h1 { font-size: 21pt; }
  h2 { margin-top: 1.8em; }
  h2, h3, caption, thead, figcaption { break-after: avoid; }
  figure, tr, .group, dl div, li { break-inside: avoid; }
  .drawing svg { min-width: 0; }
  .wide, .drawing { overflow: visible; }
  nav, .wider { display: none; }
}
@page {
  size: A4;
  margin: 24mm 18mm 18mm;
  @top-left { content: "$label"; width: 100%; font: 7.5pt system-ui, "Liberation Sans", "DejaVu Sans", sans-serif;
    color: #66777d; border-bottom: 0.5pt solid #66777d; padding-bottom: 2mm; vertical-align: bottom;
    margin-bottom: 5mm; }
  @bottom-left { content: "$version"; font: 7.5pt system-ui, "Liberation Sans", "DejaVu Sans", sans-serif;
    color: #66777d; }
  @bottom-right { content: "Page " counter(page) " of " counter(pages);
    font: 7.5pt system-ui, "Liberation Sans", "DejaVu Sans", sans-serif; color: #66777d; }
}
""")
