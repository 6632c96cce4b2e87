// `<form data-autosave="/address">`: what was changed is sent there a moment after the last change, as a draft on the server; nothing is kept in the browser.
// The answer may be JSON with a `version`, which the next draft carries, so that two windows do not overwrite each other.
import { saved, sent, signedOut } from "./forms.js";
import { tell, word } from "./words.js";

const PAUSE = 1500;
const states = new WeakMap();

const save = async (form, state) => {
  if (state.saving) {
    state.again = true;
    return;
  }
  state.saving = true;
  state.again = false;
  tell(form, word("saving"));
  try {
    const answer = await fetch(form.dataset.autosave, { method: "POST", body: sent(form), headers: { Accept: "application/json" } });
    if (signedOut(answer)) {
      tell(form, word("expired"));
    } else if (answer.ok) {
      const said = await answer.json().catch(() => ({}));
      if (said.version !== undefined && form.elements.version) form.elements.version.value = said.version;
      if (!state.again) saved(form);
      tell(form, `${word("saved")} ${new Date().toLocaleTimeString(document.documentElement.lang, { hour: "2-digit", minute: "2-digit" })}`);
      state.wait = PAUSE;
    } else {
      // It will be told at the field when the form itself is sent.
      const said = await answer.json().catch(() => ({}));
      tell(form, said.says || "");
    }
  } catch {
    tell(form, word("notSaved"));
    state.wait = Math.min(state.wait * 2, 30000);
    state.again = true;
  }
  state.saving = false;
  if (state.again && form.isConnected) later(form, state);
};
const later = (form, state) => {
  clearTimeout(state.timer);
  state.timer = setTimeout(() => save(form, state), state.wait);
};
const changed = (event) => {
  const form = event.target.form;
  if (!form?.dataset.autosave) return;
  if (!states.has(form)) states.set(form, { wait: PAUSE });
  later(form, states.get(form));
};
addEventListener("input", changed);
addEventListener("change", changed);
addEventListener("submit", (event) => clearTimeout(states.get(event.target)?.timer));
