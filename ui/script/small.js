// Small things: showing a password, counting characters, "none of these", printing, and the error summary that takes the focus.
const start = () => {
  document.querySelector(".govuk-error-summary")?.focus();
  for (const button of document.querySelectorAll("[data-shows], [data-print]")) button.hidden = false;
  for (const place of document.querySelectorAll("[data-counts]")) count(place);
};
const count = (place) => {
  const field = document.getElementById(place.dataset.counts);
  if (!field) return;
  const left = place.dataset.of - [...field.value].length;
  place.textContent = `${Math.abs(left)} ${left < 0 ? place.dataset.over : place.dataset.left}`;
  place.classList.toggle("govuk-error-message", left < 0);
};
addEventListener("input", (event) => {
  const place = event.target.id && document.querySelector(`[data-counts="${CSS.escape(event.target.id)}"]`);
  if (place) count(place);
});
addEventListener("click", (event) => {
  const button = event.target.closest?.("[data-shows]");
  if (button) {
    const field = document.getElementById(button.dataset.shows);
    const hidden = field.type === "password";
    field.type = hidden ? "text" : "password";
    button.textContent = hidden ? button.dataset.hide : button.dataset.show;
  }
  if (event.target.closest?.("[data-print]")) print();
});
// A password that was shown is hidden again before it is sent, so that the browser does not keep it as text.
addEventListener("submit", (event) => {
  for (const button of event.target.querySelectorAll("[data-shows]")) document.getElementById(button.dataset.shows).type = "password";
});
addEventListener("change", (event) => {
  const ticked = event.target;
  if (ticked.type !== "checkbox" || !ticked.checked || !ticked.form) return;
  const alone = "apart" in ticked.dataset;
  for (const other of ticked.form.elements) {
    if (other !== ticked && other.name === ticked.name && other.type === "checkbox" && (alone || "apart" in other.dataset)) other.checked = false;
  }
});
document.addEventListener("ct-replaced", start);
start();
