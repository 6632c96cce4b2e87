// Forms that lose nothing: not sent twice, not left by mistake (`data-guard`), and sent again when the connection fails (`data-retry`).
// A form that is sent again carries a key of its request, by which the server knows it; that is the page's to put in.
import { tell, word } from "./words.js";

const DOORS = ["/sign-in", "/unlock", "/second-factor"];
const dirty = new Set();
const busy = new WeakSet();

export const sent = (form, submitter) => {
  const data = new URLSearchParams();
  for (const [name, value] of new FormData(form, submitter)) if (typeof value === "string") data.append(name, value);
  return data;
};
export const saved = (form) => dirty.delete(form);
// A session that ended meanwhile answers with the way in.
export const signedOut = (answer) => answer.redirected && DOORS.includes(new URL(answer.url).pathname);

addEventListener("input", (event) => {
  const form = event.target.form;
  if (form && ("guard" in form.dataset || "autosave" in form.dataset)) dirty.add(form);
});
addEventListener("beforeunload", (event) => {
  for (const form of dirty) if (form.isConnected) event.preventDefault();
});

// What the server answered instead of going on: its page takes the place of this one, as it would without the script.
const replace = async (answer) => {
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const main = page.querySelector("main");
  if (!main) return false;
  document.querySelector("main").replaceWith(document.importNode(main, true));
  document.title = page.title;
  for (const form of document.querySelectorAll("main form[data-guard], main form[data-autosave]")) dirty.add(form);
  const summary = document.querySelector(".govuk-error-summary");
  (summary || document.querySelector("main")).focus();
  scrollTo(0, 0);
  document.dispatchEvent(new Event("ct-replaced"));
  return true;
};

const send = async (form, submitter) => {
  const body = sent(form, submitter);
  const place = submitter?.getAttribute("formaction") || form.getAttribute("action") || location.href;
  for (let wait = 2; ; wait = Math.min(wait * 2, 30)) {
    let answer;
    try {
      answer = await fetch(place, { method: "POST", body });
    } catch {
      tell(form, word("notSaved"));
      await new Promise((again) => {
        setTimeout(again, wait * 1000);
        addEventListener("online", again, { once: true });
      });
      continue;
    }
    if (signedOut(answer)) {
      tell(form, word("expired"));
      return false;
    }
    saved(form);
    if (answer.redirected) location.assign(answer.url);
    else return replace(answer);
    return true;
  }
};

addEventListener("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented || form.getAttribute("method")?.toLowerCase() !== "post") return;
  if (busy.has(form)) {
    event.preventDefault();
    return;
  }
  busy.add(form);
  form.setAttribute("aria-busy", "true");
  if ("retry" in form.dataset) {
    event.preventDefault();
    send(form, event.submitter).finally(() => free(form));
  } else {
    saved(form);
    // A download or a slow answer leaves the page here: it can be sent again after a while.
    setTimeout(() => free(form), 8000);
  }
});
const free = (form) => {
  busy.delete(form);
  form.removeAttribute("aria-busy");
};
// Coming back by the browser's own button shows the page as it was left.
addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[aria-busy]")) free(form);
});
