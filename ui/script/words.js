// What the script says stands in the page, in the reader's language.
export const word = (name) => document.body.dataset[name] || "";

// Where a form tells how it stands: its own place, or one that is made for it, which screen readers read out.
export const tell = (form, says) => {
  let place = form.querySelector("[data-says]");
  if (!place) {
    place = document.createElement("p");
    place.className = "ct-says";
    place.setAttribute("role", "status");
    place.dataset.says = "";
    form.append(place);
  }
  if (place.textContent !== says) place.textContent = says;
};
