// On a slow line somebody answers or unfolds before htmx is there to hear it: what was done by then is heard once it is.
"use strict";

(() => {
  const changed = (field) => {
    if (field.options) {
      const standard = [...field.options].find((option) => option.defaultSelected) || field.options[0];
      return field.selectedOptions[0] !== standard;
    }
    return field.checked !== field.defaultChecked || ("defaultValue" in field && field.value !== field.defaultValue);
  };

  document.addEventListener("htmx:load", (event) => {
    if (event.target !== document.body) return;
    for (const form of document.querySelectorAll("form[hx-trigger]")) {
      const early = [...form.elements].find(changed);
      if (early) early.dispatchEvent(new Event("change", { bubbles: true }));
    }
    for (const open of document.querySelectorAll("details[hx-trigger][open]")) open.dispatchEvent(new Event("toggle"));
  });
})();
