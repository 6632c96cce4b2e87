// Sass to one small style sheet, modules to one small script, and whose work is inside them. Called by build.sh with the folder of the packages and the folder to write to.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join, resolve } from "node:path";
import { gzipSync } from "node:zlib";

const [packages, out] = process.argv.slice(2).map((path) => resolve(path));
const need = createRequire(join(packages, "package.json"));
const sass = need("sass");
const { transform } = need("lightningcss");
const esbuild = need("esbuild");

const MOST = { "cotreat.css": 20 * 1024, "cotreat.js": 15 * 1024 };
const NEVER = [/https?:\/\//, /GDS Transport/i, /crest/i, /@font-face/, /\beval\(/, /new Function/];

let css = sass.compile("ui/cotreat.scss", { loadPaths: [join(packages, "node_modules/govuk-frontend/dist")], charset: false }).css;
// The drawings bring their own colours.
const figures = "crates/figures/figures.css";
if (existsSync(figures)) css += readFileSync(figures, "utf8");
const version = (major, minor = 0) => (major << 16) | (minor << 8);
const targets = { chrome: version(105), edge: version(105), firefox: version(110), safari: version(15, 4), ios_saf: version(15, 4) };
const style = transform({ filename: "cotreat.css", code: Buffer.from(css), minify: true, targets }).code.toString() + "\n";

const bundle = esbuild.buildSync({ entryPoints: ["ui/cotreat.js"], bundle: true, minify: true, format: "iife", target: "es2021", write: false, charset: "utf8", legalComments: "none" });
const script = bundle.outputFiles[0].text;

const own = JSON.parse(readFileSync("ui/package.json", "utf8"));
const inside = Object.keys(own.dependencies).map((name) => {
  const folder = join(packages, "node_modules", name);
  const info = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  const licence = ["LICENSE", "LICENSE.txt", "LICENSE.md"].map((file) => join(folder, file)).find(existsSync);
  return `## ${name} ${info.version}\n\nLicence: ${info.license}\n\n\`\`\`text\n${licenceText(info, licence)}\n\`\`\`\n`;
});
function licenceText(info, file) {
  if (file) return readFileSync(file, "utf8").trim();
  // The package names its licence but does not carry the text; `ui/licences` holds it, taken from its repository.
  return readFileSync(join("ui/licences", `${info.name}.txt`), "utf8").trim();
}
const thirdParty = `# Inside the style sheet\n\nWhat others wrote that \`cotreat.css\` contains, with its licence. The script is our own.\n\n${inside.join("\n")}`;

const files = { "cotreat.css": style, "cotreat.js": script, "THIRD_PARTY.md": thirdParty };
mkdirSync(out, { recursive: true });
const wrong = [];
for (const [name, text] of Object.entries(files)) {
  writeFileSync(join(out, name), text);
  const most = MOST[name];
  if (!most) continue;
  const size = gzipSync(text, { level: 9 }).length;
  console.log(`${name}: ${text.length} bytes, ${size} compressed (at most ${most})`);
  if (size > most) wrong.push(`${name} is ${size} bytes compressed, and may be ${most}`);
  for (const never of NEVER) if (never.test(text)) wrong.push(`${name} contains ${never}`);
}
if (wrong.length) {
  console.error(wrong.join("\n"));
  process.exit(1);
}
