// The body chart: a tap on a region ticks its box, a ticked box colours its region. The boxes are what is sent, and work alone.
const box = (region) => document.getElementById(`region-${region}`);

const draw = (chart) => {
  const chosen = new Set();
  const names = [];
  for (const input of chart.querySelectorAll("input[id^='region-']")) {
    if (!input.checked) continue;
    chosen.add(input.id.slice("region-".length));
    names.push(input.labels[0]?.textContent.trim() || "");
  }
  for (const path of chart.querySelectorAll("[data-region]")) path.classList.toggle("is-chosen", chosen.has(path.dataset.region));
  const says = chart.querySelector("[data-chosen]");
  if (says) says.textContent = names.length ? `${says.dataset.chosen} ${names.join(", ")}` : says.dataset.none;
};
const drawAll = () => {
  for (const chart of document.querySelectorAll("[data-body-chart]")) {
    chart.classList.add("is-live");
    draw(chart);
  }
};
addEventListener("click", (event) => {
  const path = event.target.closest?.("[data-body-chart] [data-region]");
  // A label or a link around the region does what it does by itself.
  const input = path && !event.target.closest("label, a") && box(path.dataset.region);
  if (!input) return;
  input.checked = !input.checked;
  input.dispatchEvent(new Event("input", { bubbles: true }));
  input.dispatchEvent(new Event("change", { bubbles: true }));
});
addEventListener("change", (event) => {
  const chart = event.target.closest?.("[data-body-chart]");
  if (chart) draw(chart);
});
document.addEventListener("ct-replaced", drawAll);
drawAll();
