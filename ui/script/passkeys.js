// Passkeys: the browser is asked to show or make one, and the answer is sent back.
import { word } from "./words.js";

const bytes = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (c) => c.charCodeAt(0));
const text = (buffer) => btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
const post = async (place, body, form, csrf) => {
  const headers = { "Content-Type": form ? "application/x-www-form-urlencoded" : "application/json" };
  if (csrf) headers["X-Csrf-Token"] = csrf;
  const answer = await fetch(place, { method: "POST", headers, body, redirect: "error" });
  const said = await answer.json().catch(() => ({}));
  if (!answer.ok) throw new Error(said.says || word("passkeyFailed"));
  return said;
};
const places = {
  "sign-in": ["/sign-in/passkey/begin", "/sign-in/passkey"],
  prove: ["/prove/passkey/begin", "/prove/passkey"],
  add: ["/account/passkey/begin", "/account/passkey"],
};
const show = async (options) => {
  const wanted = options.publicKey;
  wanted.challenge = bytes(wanted.challenge);
  for (const one of wanted.allowCredentials || []) one.id = bytes(one.id);
  const shown = await navigator.credentials.get({ publicKey: wanted });
  const r = shown.response;
  return {
    id: shown.id, rawId: text(shown.rawId), type: shown.type, extensions: {},
    response: {
      authenticatorData: text(r.authenticatorData), clientDataJSON: text(r.clientDataJSON), signature: text(r.signature),
      userHandle: r.userHandle ? text(r.userHandle) : null,
    },
  };
};
const make = async (options) => {
  const wanted = options.publicKey;
  wanted.challenge = bytes(wanted.challenge);
  wanted.user.id = bytes(wanted.user.id);
  for (const one of wanted.excludeCredentials || []) one.id = bytes(one.id);
  const made = await navigator.credentials.create({ publicKey: wanted });
  const r = made.response;
  return {
    id: made.id, rawId: text(made.rawId), type: made.type, extensions: {},
    response: { attestationObject: text(r.attestationObject), clientDataJSON: text(r.clientDataJSON), transports: r.getTransports ? r.getTransports() : null },
  };
};
for (const button of document.querySelectorAll("button[data-passkey]")) {
  if (!window.PublicKeyCredential) continue;
  button.hidden = false;
  const says = button.parentElement.parentElement.querySelector("[data-passkey-says]");
  button.addEventListener("click", async () => {
    const [begin, finish] = places[button.dataset.passkey];
    const csrf = button.dataset.csrf || "";
    says.textContent = "";
    try {
      const begun = await post(begin, new URLSearchParams({ csrf }), true);
      const answer = await (button.dataset.passkey === "add" ? make : show)(begun.options);
      const done = await post(finish, JSON.stringify({ ceremony: begun.ceremony, answer, name: navigator.platform || "" }), false, csrf);
      location.assign(done.next);
    } catch (error) {
      says.textContent = error.name === "NotAllowedError" ? word("passkeyNone") : error.message || word("passkeyFailed");
    }
  });
}
