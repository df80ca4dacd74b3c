// A field whose message says that something is wrong is marked as wrong, for those who do not see the message.
"use strict";

document.addEventListener("htmx:oobAfterSwap", (event) => {
  const told = event.detail.target;
  const field = told && told.closest(".entry-field");
  if (!field) return;
  const wrong = Boolean(field.querySelector(".told .problem"));
  for (const input of field.querySelectorAll("input:not([type=radio]):not([type=checkbox]), textarea")) {
    if (wrong) input.setAttribute("aria-invalid", "true");
    else input.removeAttribute("aria-invalid");
  }
});
