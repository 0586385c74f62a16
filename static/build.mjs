// Builds static/dist: the programs, the styles, the typeface and the icons. `--watch` builds again on every change.
import { existsSync } from "node:fs";
import { copyFile, mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { dirname, extname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import * as esbuild from "esbuild";
import { icons } from "lucide";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const source = join(root, "static/src");
const dist = join(root, "static/dist");

// Compressed bytes a program may weigh (docs: performance, T10). A frightened child's telephone pays for every one.
const LIMITS = { console: 60_000, visitor: 25_000, roster: 40_000, wall: 35_000 };

// What staff open is built once for each language, with its words alone: `console.ja.js`, `console.en.js`.
const LANGUAGES = ["ja", "en"];
const staffPrograms = {
  console: join(source, "console/main.tsx"),
  roster: join(source, "roster/main.tsx"),
  wall: join(source, "wall/main.tsx"),
};
const programs = {
  visitor: join(source, "visitor/main.tsx"),
  pages: join(source, "pages/main.ts"),
};

const options = {
  bundle: true,
  format: "esm",
  minify: true,
  target: "es2020",
  jsx: "automatic",
  jsxImportSource: "preact",
  define: { "process.env.NODE_ENV": '"production"' },
  legalComments: "external",
  sourcemap: "linked",
  outdir: dist,
  logLevel: "warning",
};

// One build for what has one form, and one for each language of the staff's programs.
async function builds() {
  const styles = (await readdir(join(source, "styles"))).filter((name) => extname(name) === ".css");
  const sheets = styles.map((name) => [name.slice(0, -".css".length), join(source, "styles", name)]);
  const points = (entries) => entries.map(([out, path]) => ({ in: path, out }));
  const spoken = LANGUAGES.map((language) => ({
    ...options,
    define: { ...options.define, BUILT_FOR: JSON.stringify(language) },
    entryPoints: points(Object.entries(staffPrograms).map(([name, path]) => [`${name}.${language}`, path])),
  }));
  return [{ ...options, entryPoints: points([...Object.entries(programs), ...sheets]) }, ...spoken];
}

// BIZ UDPGothic in slices by unicode range: a browser fetches only those a page needs.
async function writeTypeface() {
  const family = join(root, "node_modules/@fontsource/biz-udpgothic");
  await mkdir(join(dist, "fonts"), { recursive: true });
  const sheets = await Promise.all(["400.css", "700.css"].map((name) => readFile(join(family, name), "utf8")));
  const faces = sheets.map((sheet) => sheet.split(/(?=\/\* biz-udpgothic)/));
  // Both weights of a slice side by side: their long ranges are alike, so the sheet compresses to half.
  const paired = faces[0].flatMap((face, index) => [face, faces[1][index] ?? ""]).join("");
  const woff2 = paired.replace(/,\s*url\([^)]*\.woff\) format\('woff'\)/g, "");
  await writeFile(join(dist, "fonts.css"), woff2.replaceAll("url(./files/", "url(./fonts/"));
  const slices = [...woff2.matchAll(/url\(\.\/files\/([^)]+)\)/g)].map((match) => match[1]);
  await Promise.all(slices.map((name) => copyFile(join(family, "files", name), join(dist, "fonts", name))));
  await copyFile(join(family, "LICENSE"), join(dist, "fonts/LICENSE"));
}

// The same typeface whole, for documents on paper: Typst reads no slices.
async function writeDocumentTypeface() {
  const family = join(root, "node_modules/@expo-google-fonts/biz-udpgothic");
  await mkdir(join(dist, "paper"), { recursive: true });
  const weights = [
    ["400Regular", "BIZUDPGothic_400Regular.ttf"],
    ["700Bold", "BIZUDPGothic_700Bold.ttf"],
  ];
  await Promise.all(weights.map(([folder, file]) => copyFile(join(family, folder, file), join(dist, "paper", file))));
  await copyFile(join(family, "LICENSE_FONT"), join(dist, "paper/LICENSE"));
}

async function filesBelow(folder, extensions) {
  if (!existsSync(folder)) return [];
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile() && extensions.includes(extname(entry.name)))
    .map((entry) => join(entry.parentPath, entry.name));
}

// `phone-off` → `PhoneOff`, as the package names it.
const symbolName = (name) => name.replace(/(^|-)([a-z0-9])/g, (_, __, letter) => letter.toUpperCase());

function symbol(name) {
  const shapes = icons[symbolName(name)];
  if (!shapes) throw new Error(`there is no icon "${name}" in Lucide`);
  const drawn = shapes.map(([tag, attributes]) => {
    const written = Object.entries(attributes).map(([key, value]) => ` ${key}="${value}"`);
    return `<${tag}${written.join("")}/>`;
  });
  return `<symbol id="${name}" viewBox="0 0 24 24">${drawn.join("")}</symbol>`;
}

// One sprite with the icons that templates and programs name as `icons.svg#name`, in `{% icon "name" %}`, or that pages
// written in Python name as `icon="name"`.
async function writeIcons() {
  const files = [
    ...(await filesBelow(join(root, "templates"), [".html"])),
    ...(await filesBelow(source, [".ts", ".tsx"])),
  ];
  const pages = await filesBelow(join(root, "counseling/pages"), [".py"]);
  const all = async (paths, pattern) => {
    const texts = await Promise.all(paths.map((path) => readFile(path, "utf8")));
    return texts.flatMap((text) => [...text.matchAll(pattern)]);
  };
  const named = [
    ...(await all(files, /(?:icons\.svg#|\{% icon ["'])([a-z0-9-]+)/g)),
    ...(await all(pages, /\bicon="([a-z0-9-]+)"/g)),
  ];
  const names = [...new Set(named.map((match) => match[1]))].sort();
  const sprite = `<svg xmlns="http://www.w3.org/2000/svg">${names.map(symbol).join("")}</svg>`;
  await writeFile(join(dist, "icons.svg"), sprite);
}

async function weigh() {
  let heavy = false;
  for (const name of (await readdir(dist)).filter((file) => /\.(js|css)$/.test(file)).sort()) {
    const bytes = gzipSync(await readFile(join(dist, name)), { level: 9 }).length;
    const limit = name.endsWith(".js") ? LIMITS[name.split(".")[0]] : undefined;
    const over = limit !== undefined && bytes > limit;
    heavy ||= over;
    const bound = limit ? ` of ${limit / 1000} allowed${over ? "  ← TOO HEAVY" : ""}` : "";
    console.log(`  ${name.padEnd(14)} ${(bytes / 1000).toFixed(1).padStart(6)} kB compressed${bound}`);
  }
  if (heavy) process.exitCode = 1;
}

await rm(dist, { recursive: true, force: true });
await mkdir(dist, { recursive: true });
await Promise.all([writeTypeface(), writeDocumentTypeface(), writeIcons()]);

if (process.argv.includes("--watch")) {
  for (const build of await builds()) await (await esbuild.context({ ...build, logLevel: "info" })).watch();
} else {
  await Promise.all((await builds()).map((build) => esbuild.build(build)));
  await weigh();
}
