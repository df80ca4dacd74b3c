"""What a page must be for everybody: what axe-core, a ruler and the keyboard's focus find wrong with it."""

from __future__ import annotations

import json
from collections.abc import Sequence

from axe_playwright_python.base import AXE_SCRIPT  # type: ignore[import-untyped]
from playwright.sync_api import Page
from tests.browser.conftest import SIZES, Visit, unfold

LOOKS = (("wide", "light"), ("wide", "dark"), ("narrow", "dark"), ("narrow", "light"))
"""Sizes and schemes in which a page is looked at."""

ALIKE = LOOKS[::2]
"""Each size and each scheme once: for a page like one that is looked at in every way."""

RULES = {"target-size": {"enabled": True}}
"""What axe-core looks for beside what it looks for by itself: the size of what a finger presses."""

FOCUS = """() => {
  const wanted = 'a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex]';
  const looks = (one) => {
    const beside = [one, one.nextElementSibling, one.closest('label'), one.parentElement].filter(Boolean);
    return beside.map((each) => { const style = getComputedStyle(each); return [style.outlineStyle, style.outlineWidth,
      style.outlineColor, style.boxShadow, style.borderColor, style.backgroundColor].join() }).join('|');
  };
  const found = [];
  for (const one of document.querySelectorAll(wanted)) {
    if (one.disabled || one.tabIndex < 0 || !one.checkVisibility({visibilityProperty: true})) continue;
    if (one.tabIndex > 0) found.push('out of order: ' + one.outerHTML.slice(0, 120));
    const before = looks(one);
    one.focus({focusVisible: true, preventScroll: true});
    const seen = document.activeElement !== one || looks(one) !== before;
    if (!seen) found.push('no focus seen: ' + one.outerHTML.slice(0, 120));
    one.blur();
  }
  return found;
}"""
"""What can be reached with the keyboard and does not show that it is."""


def violations(page: Page) -> list[str]:
    """What axe-core finds, each with the first element it is about."""
    if not page.evaluate("typeof axe === 'object'"):
        page.evaluate(AXE_SCRIPT)
    # Of what is right axe-core would tell each element: more to send than the page itself.
    options = {"resultTypes": ["violations"], "rules": RULES}
    found = page.evaluate(f"axe.run({json.dumps(options)}).then((results) => results.violations)")
    return [f"{rule['id']}: {rule['help']} ({rule['nodes'][0]['html'][:200]})" for rule in found]


def amiss(page: Page) -> list[str]:
    """What is wrong with a page as it is shown now."""
    width = page.evaluate("[document.documentElement.scrollWidth, window.innerWidth]")
    found = [f"wider than the window: {width}"] if width[0] > width[1] else []
    return found + violations(page)


def everywhere(page: Page, looks: Sequence[tuple[str, str]] = LOOKS) -> list[str]:
    """What is wrong with a page in each of its looks, all that is folded unfolded."""
    unfold(page)
    found = []
    for size, scheme in looks:
        page.set_viewport_size(SIZES[size])  # type: ignore[arg-type]
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")  # type: ignore[arg-type]
        found += [f"{size}, {scheme}: {what}" for what in amiss(page)]
    return found


def looked_at(visit: Visit, place: str, looks: Sequence[tuple[str, str]] = LOOKS) -> list[str]:
    """The same, with what can be seen of the focus and what Chromium complains of."""
    page = visit.go(place)
    found = [*everywhere(page, looks), *page.evaluate(FOCUS), *visit.complaints]
    visit.complaints.clear()
    return [f"{place}, {what}" for what in found]
