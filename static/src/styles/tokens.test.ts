// The colours can be read: every pair of ink and surface in use, in light and in dark.
import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";

const sheet = readFileSync("static/src/styles/tokens.css", "utf8");

type Tokens = Record<string, string>;

function block(opening: string): Tokens {
  const start = sheet.indexOf(opening);
  const body = sheet.slice(sheet.indexOf("{", start) + 1, sheet.indexOf("}", start));
  return Object.fromEntries([...body.matchAll(/--([a-z0-9-]+):\s*([^;]+);/g)].map((found) => [found[1], found[2]]));
}

const light = block(":root {");
const chosenDark = block(':root[data-theme="dark"] {');
const systemDark = block(':root:not([data-theme="light"]) {');
const dark = { ...light, ...chosenDark };

// OKLCH → linear sRGB (Ottosson's matrices), cut at the gamut as a screen does.
function linear(colour: string): [number, number, number] {
  const [lightness, chroma, hue] = (colour.match(/[\d.]+/g) ?? []).map(Number) as [number, number, number];
  const a = chroma * Math.cos((hue * Math.PI) / 180);
  const b = chroma * Math.sin((hue * Math.PI) / 180);
  const base = lightness / 100;
  const l = (base + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const m = (base - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const s = (base - 0.0894841775 * a - 1.291485548 * b) ** 3;
  const cut = (value: number) => Math.min(1, Math.max(0, value));
  return [
    cut(4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s),
    cut(-1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s),
    cut(-0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s),
  ];
}

function luminance(colour: string): number {
  const [red, green, blue] = linear(colour);
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(tokens: Tokens, front: string, back: string): number {
  const [low, high] = [luminance(tokens[front] ?? ""), luminance(tokens[back] ?? "")].sort((a, b) => a - b);
  return ((high ?? 0) + 0.05) / ((low ?? 0) + 0.05);
}

const surfaces = ["surface", "surface-raised", "surface-sunken", "surface-staff"];
const bubbles = ["talk-visitor", "talk-counselor", "talk-auto"];
const tints = ["accent-soft", "danger-soft", "amber-soft"];

const texts: [string, string][] = [
  ...[...surfaces, ...bubbles, ...tints].flatMap((back): [string, string][] => [
    ["ink", back],
    ["ink-soft", back],
  ]),
  ...["surface", "surface-raised", "surface-sunken"].flatMap((back): [string, string][] => [
    ["accent", back],
    ["accent-strong", back],
    ["danger", back],
    ["amber", back],
  ]),
  ["ink-staff", "surface-staff"],
  ["accent", "accent-soft"],
  ["danger", "danger-soft"],
  ["amber", "amber-soft"],
  ["accent-ink", "accent"],
  ["accent-ink", "accent-strong"],
  ["danger-ink", "danger"],
  ["amber-ink", "amber"],
];
const controls: [string, string][] = surfaces.flatMap((back): [string, string][] => [
  ["line-strong", back],
  ["focus", back],
]);

describe.each([
  ["light", light],
  ["dark", dark],
])("in %s", (_, tokens) => {
  test.each(texts)("%s on %s can be read (4.5)", (front, back) => {
    expect(contrast(tokens, front, back)).toBeGreaterThanOrEqual(4.5);
  });
  test.each(controls)("%s on %s can be seen (3)", (front, back) => {
    expect(contrast(tokens, front, back)).toBeGreaterThanOrEqual(3);
  });
});

test("the dark a person chose is the dark their machine asks for", () => {
  expect(chosenDark).toEqual(systemDark);
});

test("black on white is 21", () => {
  expect(contrast({ ink: "oklch(0% 0 0)", paper: "oklch(100% 0 0)" }, "ink", "paper")).toBeCloseTo(21, 1);
});
