// Keys for those who work here all day: `/` to the search, `j` and `k` from row to row, `?` for help. They can be switched off, as WCAG 2.1.4 asks, and do nothing while something is typed.
const OFF = "ct-keys-off";
const off = () => {
  try {
    return localStorage.getItem(OFF) === "1";
  } catch {
    return false;
  }
};
const help = document.getElementById("ct-help");

for (const button of document.querySelectorAll("[data-opens]")) {
  const dialog = document.getElementById(button.dataset.opens);
  if (!dialog?.showModal) continue;
  button.hidden = false;
  button.addEventListener("click", () => dialog.showModal());
}
const tick = document.querySelector("[data-keys-off]");
if (tick) {
  tick.checked = off();
  tick.addEventListener("change", () => {
    try {
      localStorage.setItem(OFF, tick.checked ? "1" : "0");
    } catch {
      tick.checked = false;
    }
  });
}

const step = (by) => {
  const rows = [...document.querySelectorAll("[data-row]")];
  const here = rows.findIndex((row) => row.contains(document.activeElement));
  const row = rows[here < 0 ? (by > 0 ? 0 : rows.length - 1) : here + by];
  const goal = row?.querySelector("a, button, input, select") || row;
  if (!goal) return;
  if (goal === row) row.tabIndex = -1;
  goal.focus();
};
addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
  if (event.target.closest?.("input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable], dialog") || off()) return;
  if (event.key === "/") {
    const search = document.querySelector("[data-search], input[type=search]");
    if (!search) return;
    search.focus();
    search.select();
  } else if (event.key === "?" && help?.showModal) help.showModal();
  else if (event.key === "j") step(1);
  else if (event.key === "k") step(-1);
  else return;
  event.preventDefault();
});
