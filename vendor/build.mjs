// Builds src/natalizumab/clinic/static/vendor from the locked packages: one script, one style sheet, their licences
// and the hashes that a test compares. The same lock file gives the same bytes.
import { createHash } from "node:crypto";
import { copyFile, mkdir, readFile, readdir, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const here = dirname(fileURLToPath(import.meta.url));
const target = join(here, "../src/natalizumab/clinic/static/vendor");

await rm(target, { recursive: true, force: true });
await mkdir(target, { recursive: true });

const result = await build({
  entryPoints: [join(here, "bundle.js")],
  bundle: true,
  minify: true,
  format: "iife",
  globalName: "natalizumabCharts",
  target: "es2020",
  platform: "browser",
  legalComments: "none",
  metafile: true,
  outfile: join(target, "vega-bundle.js"),
  logLevel: "warning",
});

await copyFile(join(here, "node_modules/@picocss/pico/css/pico.min.css"), join(target, "pico.min.css"));

// Only packages whose code is really inside get their licence listed, so the list can't be longer than the truth.
const inside = new Set(["@picocss/pico"]);
for (const path of Object.keys(result.metafile.inputs)) {
  const found = path.match(/.*node_modules\/((?:@[^/]+\/)?[^/]+)\//);
  if (found) inside.add(found[1]);
}
await writeFile(join(target, "LICENCES.txt"), await licences([...inside].sort()));
await writeFile(join(target, "SHA256SUMS"), await hashes());

async function licences(names) {
  const parts = ["The licences of the packages inside this folder's files.\n"];
  for (const name of names) {
    const folder = join(here, "node_modules", name);
    const about = JSON.parse(await readFile(join(folder, "package.json"), "utf8"));
    const file = (await readdir(folder)).find((entry) => /^licen[cs]e/i.test(entry));
    const text = file ? await readFile(join(folder, file), "utf8") : "(the package ships no licence text)";
    parts.push(`${"=".repeat(78)}\n${name} ${about.version}: ${about.license}\n\n${text.trim()}\n`);
  }
  return parts.join("\n");
}

async function hashes() {
  const lines = [];
  for (const name of (await readdir(target)).sort()) {
    if (name === "SHA256SUMS") continue;
    const digest = createHash("sha256").update(await readFile(join(target, name))).digest("hex");
    lines.push(`${digest}  ${name}\n`);
  }
  return lines.join("");
}
