// The script of every page. All pages work without it; it makes them kinder: passkeys, keys, text that is not lost. No eval, no HTML from data.
import "./script/passkeys.js";
import "./script/forms.js";
import "./script/autosave.js";
import "./script/keys.js";
import "./script/body.js";
import "./script/small.js";
