// Draws every element that names a chart's address, in the page's own colours, and again when light turns to dark.
"use strict";

(() => {
  const { embed, expressionInterpreter } = window.natalizumabCharts;
  const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

  // A specification names the page's colours; Vega knows only real ones.
  const painted = (part) => {
    if (typeof part === "string") return part.startsWith("--") ? colour(part) : part;
    if (Array.isArray(part)) return part.map(painted);
    if (part === null || typeof part !== "object") return part;
    return Object.fromEntries(Object.entries(part).map(([name, value]) => [name, painted(value)]));
  };

  const options = {
    ast: true,
    expr: expressionInterpreter,
    renderer: "svg",
    actions: false,
    defaultStyle: false,
    tooltip: false,
  };

  const draw = async (element) => {
    try {
      const answer = await fetch(element.dataset.chart, { headers: { Accept: "application/json" } });
      if (!answer.ok) throw new Error(`the server answered ${answer.status}`);
      await embed(element, painted(await answer.json()), options);
      element.dataset.drawn = "yes";
    } catch (problem) {
      element.dataset.failed = String(problem);
    }
  };

  const drawAll = () => document.querySelectorAll("[data-chart]").forEach(draw);
  drawAll();
  window.matchMedia("(prefers-color-scheme: dark)").addEventListener("change", drawAll);
  // A page that had to wait for the model gets its pictures later.
  document.addEventListener("htmx:afterSettle", () => document.querySelectorAll("[data-chart]:empty").forEach(draw));
})();
