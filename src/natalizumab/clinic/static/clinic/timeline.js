// A link may lead to an entry that lies in a folded year: open the year. Earlier years come from the server when opened.
"use strict";

(() => {
  const unfold = () => {
    const wanted = decodeURIComponent(location.hash.slice(1));
    const target = wanted && document.getElementById(wanted);
    if (!target) {
      const earlier = wanted.startsWith("entry-") && document.querySelector("details.earlier:not([open])");
      if (earlier) earlier.open = true;
      return;
    }
    const folded = target.closest("details:not([open])");
    if (!folded) return;
    for (let around = folded; around; around = around.parentElement.closest("details")) around.open = true;
    target.scrollIntoView();
  };
  window.addEventListener("hashchange", unfold);
  document.addEventListener("htmx:afterSettle", (event) => {
    if (event.target.closest("details.earlier")) {
      unfold();
      const found = location.hash.startsWith("#entry-") && document.getElementById(location.hash.slice(1));
      if (found && event.target.contains(found)) found.scrollIntoView();
    }
  });
  unfold();
})();
