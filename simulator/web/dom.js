// Makes elements without ever parsing text as HTML.

/** An element: attributes, `on…` listeners and `style` objects; children are nodes or text. */
export function h(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (name === "style") Object.assign(element.style, value);
    else if (typeof value === "boolean") element.toggleAttribute(name, value);
    else if (value !== null && value !== undefined) element.setAttribute(name, value);
  }
  element.append(...children.flat().filter((child) => child !== null && child !== undefined));
  return element;
}

/** Replace all children. */
export function fill(element, ...children) {
  element.replaceChildren(...children.flat().filter((child) => child !== null && child !== undefined));
}

const clock = new Intl.DateTimeFormat("ja-JP", { hour: "2-digit", minute: "2-digit", timeZone: "Asia/Tokyo" });
const exact = new Intl.DateTimeFormat("ja-JP", { hour: "2-digit", minute: "2-digit", second: "2-digit", timeZone: "Asia/Tokyo" });
const date = new Intl.DateTimeFormat("ja-JP", { month: "long", day: "numeric", weekday: "short", timeZone: "Asia/Tokyo" });

export const timeOf = (milliseconds) => clock.format(milliseconds);
export const exactTimeOf = (milliseconds) => exact.format(milliseconds);
export const dayOf = (milliseconds) => date.format(milliseconds);

/** A select of `[value, words]` pairs. */
export function choice(options, chosen, attributes = {}) {
  return h("select", attributes, options.map(([value, words]) => h("option", { value, selected: value === chosen }, words)));
}

/** A check that says whether a value differs from the last one it was given: what did not change is not drawn anew. */
export function watcher() {
  let known;
  return (value) => {
    const text = JSON.stringify(value);
    const differs = text !== known;
    known = text;
    return differs;
  };
}
