/* Moves the bars of observations on while the page is open. The times are the server's: only the difference to this
   machine's clock is used. Without this file the page still says until when. */
"use strict";
(() => {
  const second = 1000, minute = 60;
  const loaded = Date.now();

  const phase = (watch, now) => {
    if (now >= Date.parse(watch.dataset.until)) return "over";
    return now < Date.parse(watch.dataset.doseEnds) ? "dose" : "after";
  };

  const show = (watch) => {
    const bar = watch.querySelector("progress");
    if (!bar) return;
    const now = Date.parse(watch.dataset.now) + (Date.now() - loaded);
    const gone = Math.min(bar.max, Math.max(0, (now - Date.parse(watch.dataset.began)) / second));
    const name = phase(watch, now);
    const words = watch.dataset;
    const word = { dose: words.wordDose, after: words.wordAfter, over: words.wordOver }[name];
    const left = Math.ceil((bar.max - gone) / minute);
    bar.value = gone;
    watch.querySelector("[data-left]").textContent = name === "over" ? "" : left === 1 ? words.minute : words.minutes.replace("#", left);
    if (watch.classList.contains(name)) return;
    watch.classList.remove("dose", "after", "over");
    watch.classList.add(name);
    watch.querySelector("[data-word]").textContent = word;
    watch.querySelector("[data-said]").textContent = `${bar.getAttribute("aria-label")}: ${word}`;
  };

  const all = () => document.querySelectorAll("[data-watch]").forEach(show);
  all();
  setInterval(all, second);
  document.addEventListener("visibilitychange", all);
})();
