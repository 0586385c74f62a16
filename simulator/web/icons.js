// Our own small drawings, so that nothing depends on a machine's emoji font.

const SVG = "http://www.w3.org/2000/svg";

function drawing(viewBox, attributes, shapes) {
  const svg = document.createElementNS(SVG, "svg");
  const all = { viewBox, "aria-hidden": "true", ...attributes };
  for (const [name, value] of Object.entries(all)) svg.setAttribute(name, value);
  for (const [tag, shape] of shapes) {
    const element = document.createElementNS(SVG, tag);
    for (const [name, value] of Object.entries(shape)) element.setAttribute(name, value);
    svg.append(element);
  }
  return svg;
}

const LINES = {
  photo: "M4 6h16v12H4zM4 15l4-4 4 4 3-3 5 4M15.5 9.5h.01",
  choose: "M12 16V5M8 9l4-4 4 4M5 19h14",
  sticker: "M5 5h14v9l-5 5H5zM14 19v-5h5M9 10h.01M15 10h.01M9.5 13c1.5 1.3 3.5 1.3 5 0",
  place: "M12 21c4-5 6-8 6-11a6 6 0 0 0-12 0c0 3 2 6 6 11zM12 12a2 2 0 1 0 0-4 2 2 0 0 0 0 4z",
  sound: "M12 3a3 3 0 0 1 3 3v5a3 3 0 0 1-6 0V6a3 3 0 0 1 3-3zM6 11a6 6 0 0 0 12 0M12 17v4",
  film: "M4 6h11v12H4zM15 11l5-3v8l-5-3z",
  file: "M7 3h7l4 4v14H7zM14 3v4h4M10 12h5M10 16h5",
  group: "M9 11a3 3 0 1 0 0-6 3 3 0 0 0 0 6zM3 19c0-3.5 2.5-5 6-5s6 1.5 6 5M16 11a2.5 2.5 0 1 0 0-5M17 14c2.5.4 4 1.9 4 5",
  card: "M4 5h16v14H4zM4 10h16M8 14h8",
  add: "M12 5v14M5 12h14",
  send: "M4 12h14M12 6l6 6-6 6",
};

/** A line drawing of 24 units in the colour of the text. */
export function icon(name) {
  const line = { fill: "none", stroke: "currentColor", "stroke-width": "1.7", "stroke-linecap": "round", "stroke-linejoin": "round" };
  return drawing("0 0 24 24", { class: "icon", ...line }, [["path", { d: LINES[name] }]]);
}

const FACES = {
  thanks: { eyes: "M20 29q3-4 6 0M38 29q3-4 6 0", mouth: "M25 40q7 7 14 0", ground: "#ffe3a3" },
  sad: { eyes: "M20 28h6M38 28h6", mouth: "M25 44q7-6 14 0", ground: "#bcd7f0", more: "M43 33q3 5 0 8q-3-3 0-8" },
  worried: { eyes: "M23 29v1M41 29v1", mouth: "M26 43q3-3 6 0t6 0", ground: "#d9d3ee", more: "M19 23l6-2M45 23l-6-2" },
  glad: { eyes: "M23 28v2M41 28v2", mouth: "M23 38q9 12 18 0z", ground: "#ffd7b8" },
  sorry: { eyes: "M20 30q3 3 6 0M38 30q3 3 6 0", mouth: "M28 42h8", ground: "#e3e8c4" },
  agreed: { eyes: "M23 28v2M38 29h6", mouth: "M25 39q8 6 14-1", ground: "#c5e8cf" },
  night: { eyes: "M20 30q3 3 6 0M38 30q3 3 6 0", mouth: "M29 41q3 3 6 0", ground: "#b9c4e6", more: "M47 12h7l-7 8h7" },
  help: { eyes: "M22 28a2 2 0 1 0 .1 0M41 28a2 2 0 1 0 .1 0", mouth: "M28 43a4 4 0 1 1 .1 0", ground: "#f5c6c0" },
};

/** A face of 64 units: one of our stickers. */
export function face(name) {
  const { eyes, mouth, ground, more } = FACES[name] ?? FACES.glad;
  const pen = { fill: "none", stroke: "#3b3a36", "stroke-width": "2.6", "stroke-linecap": "round", "stroke-linejoin": "round" };
  const strokes = [eyes, mouth, more].filter(Boolean).map((d) => ["path", { d, ...pen }]);
  return drawing("0 0 64 64", { class: "face-drawing" }, [["circle", { cx: 32, cy: 34, r: 25, fill: ground }], ...strokes]);
}
