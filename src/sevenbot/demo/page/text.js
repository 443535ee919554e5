// A message's text and entities as DOM nodes. Offsets count UTF-16 code units, as JavaScript strings do.

import { askToOpen, copy, el } from "./dom.js";

const PLAIN = { bold: "strong", italic: "em", underline: "u", strikethrough: "s" };

/** Return nodes for *text*; *send* is called with a command that was tapped. */
export function render(text, entities, send) {
  const sorted = [...(entities ?? [])].sort((a, b) => a.offset - b.offset || b.length - a.length);
  return range(text, 0, text.length, sorted, send);
}

function range(text, begin, end, entities, send) {
  const nodes = [];
  let at = begin;
  for (let index = 0; index < entities.length; index += 1) {
    const entity = entities[index];
    const stop = Math.min(entity.offset + entity.length, end);
    if (entity.offset < at || stop <= at) continue;
    if (entity.offset > at) nodes.push(document.createTextNode(text.slice(at, entity.offset)));
    const inner = entities.slice(index + 1).filter((one) => one.offset < stop);
    nodes.push(wrap(entity, text.slice(entity.offset, stop), range(text, entity.offset, stop, inner, send), send));
    at = stop;
  }
  if (at < end) nodes.push(document.createTextNode(text.slice(at, end)));
  return nodes;
}

function tap(tag, label, action, nodes) {
  const element = el(tag, { className: "tap", title: label, tabIndex: 0, role: "button" }, ...nodes);
  element.onclick = action;
  element.onkeydown = (event) => { if (event.key === "Enter" || event.key === " ") { event.preventDefault(); action(); } };
  return element;
}

function wrap(entity, text, nodes, send) {
  if (PLAIN[entity.type]) return el(PLAIN[entity.type], {}, ...nodes);
  switch (entity.type) {
    case "code": return tap("code", "Copy", () => copy(text), nodes);
    case "pre": return el("pre", {}, ...nodes);
    case "bot_command": return tap("span", `Send ${text}`, () => send(text), nodes);
    case "email": return tap("span", "Copy the address", () => copy(text, "Address copied"), nodes);
    case "url": return link(/^[a-z]+:\/\//i.test(text) ? text : `http://${text}`, nodes);
    case "text_link": return link(entity.url, nodes);
    case "spoiler": return spoiler(nodes);
    case "blockquote": return el("blockquote", {}, ...nodes);
    case "expandable_blockquote": return folded(nodes);
    default: return el("span", {}, ...nodes);
  }
}

function link(url, nodes) {
  const anchor = el("a", { title: url, href: "#", role: "link" }, ...nodes);
  anchor.onclick = (event) => { event.preventDefault(); askToOpen(url); };
  return anchor;
}

function spoiler(nodes) {
  const element = el("span", { className: "spoiler", role: "button", tabIndex: 0, "aria-label": "Hidden text, press to show" }, ...nodes);
  const open = () => { element.classList.add("open"); element.removeAttribute("aria-label"); };
  element.onclick = open;
  element.onkeydown = (event) => { if (event.key === "Enter") open(); };
  return element;
}

function folded(nodes) {
  const quote = el("blockquote", { className: "folded" }, ...nodes);
  const button = el("button", { type: "button", className: "fold", "aria-expanded": "false" }, "more");
  const turn = () => {
    const isOpen = !quote.classList.toggle("folded");
    button.textContent = isOpen ? "less" : "more";
    button.setAttribute("aria-expanded", String(isOpen));
  };
  button.onclick = (event) => { event.stopPropagation(); turn(); };
  quote.onclick = () => { if (quote.classList.contains("folded") && getSelection().isCollapsed) turn(); };
  quote.append(button);
  return quote;
}
