"""A person with a keyboard and nothing else: Tab, Enter, Space, arrows and letters. There is no click in here."""

from __future__ import annotations

from playwright.sync_api import Locator, Page

FOCUSED = "one => one.isConnected ? one === document.activeElement : null"
"""Whether something has the focus; null where a script has put another in its place."""
MOST_TABS = 250


class Keys:
    """Works on a page by keyboard alone; AssertionError where no Tab leads to something."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def to(self, wanted: Locator) -> Locator:
        """On with Tab until it has the focus."""
        wanted.wait_for()
        one = wanted.element_handle()
        for _ in range(MOST_TABS):
            focused = one.evaluate(FOCUSED)
            if focused is None:
                one = wanted.element_handle()
                focused = one.evaluate(FOCUSED)
            if focused:
                return wanted
            self.page.keyboard.press("Tab")
        raise AssertionError(f"no Tab leads to {wanted}")

    def link(self, name: str, within: Locator | None = None) -> None:
        """Follow a link."""
        self._press("link", name, within)

    def button(self, name: str, within: Locator | None = None) -> None:
        """Press a button."""
        self._press("button", name, within)

    def unfold(self, wanted: Locator) -> None:
        """Open what is folded."""
        self.to(wanted)
        self.page.keyboard.press("Enter")

    def type(self, wanted: Locator, text: str) -> None:
        """Write into a field instead of what stands in it."""
        self.to(wanted)
        self.page.keyboard.press("Control+A")
        self.page.keyboard.type(text)

    def date(self, wanted: Locator, text: str) -> None:
        """A date as year-month-day, typed in the order in which this machine's browser shows its parts."""
        self.to(wanted)
        year, month, day = text.split("-")
        self.page.keyboard.type(f"{day}{month}{year}")
        if wanted.input_value() == text:
            return
        for _ in range(2):
            self.page.keyboard.press("ArrowLeft")
        self.page.keyboard.type(f"{month}{day}{year}")
        assert wanted.input_value() == text, f"{text} can't be typed into {wanted}"

    def time(self, wanted: Locator, text: str) -> None:
        """A time of the morning as hour and minute, typed as this machine's browser shows it: with "am", or without."""
        self.to(wanted)
        self.page.keyboard.type(text.replace(":", ""))
        if wanted.input_value() != text:
            self.page.keyboard.type("a")
        assert wanted.input_value() == text, f"{text} can't be typed into {wanted}"

    def tick(self, wanted: Locator) -> None:
        """Tick a box, or take its tick away."""
        self.to(wanted)
        self.page.keyboard.press("Space")

    def choose(self, wanted: Locator) -> None:
        """Choose one of several: Tab leads into the group, arrows lead on in it."""
        group = self.page.locator(f"input[type=radio][name='{wanted.get_attribute('name')}']")
        inside = "all => all.includes(document.activeElement)"
        for _ in range(MOST_TABS):
            if group.evaluate_all(inside):
                break
            self.page.keyboard.press("Tab")
        self.page.keyboard.press("Space")
        for _ in range(group.count()):
            if wanted.is_checked():
                return
            self.page.keyboard.press("ArrowDown")
        raise AssertionError(f"no arrow leads to {wanted}")

    def pick(self, wanted: Locator, option: str) -> None:
        """Pick from a list by the letters of what is wanted."""
        self.to(wanted)
        self.page.keyboard.type(option)

    def _press(self, role: str, name: str, within: Locator | None) -> None:
        place = within or self.page.locator("body")
        self.to(place.get_by_role(role, name=name).first)  # type: ignore[arg-type]
        self.page.keyboard.press("Enter")
