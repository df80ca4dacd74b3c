// Passkeys need a script: what offers them is hidden until there is one, and says so when a passkey did not work.
document.querySelectorAll(".needs-script").forEach((part) => {
  part.hidden = !window.PublicKeyCredential;
});
document.addEventListener("allauth.error", (event) => {
  event.preventDefault();
  const said = document.getElementById("passkey-said");
  if (said) said.textContent = said.dataset.refused;
});
