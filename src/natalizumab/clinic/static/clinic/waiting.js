// Beside the word Triage: how many reports wait, asked for now and every twenty seconds while the page is looked at.
const place = document.querySelector("[data-waiting]");
async function ask() {
  if (document.hidden) return;
  try {
    const answer = await fetch(place.dataset.waiting, { headers: { "X-Requested-With": "XMLHttpRequest" } });
    if (answer.ok && !answer.redirected) place.innerHTML = await answer.text();
  } catch {
    // The page is being left, or the network is away: the next time will do.
  }
}
if (place) {
  ask();
  setInterval(ask, 20000);
  document.addEventListener("visibilitychange", ask);
}
