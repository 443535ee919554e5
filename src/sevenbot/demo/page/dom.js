// Small tools. Foreign text only ever becomes text nodes: nothing here or elsewhere parses it as HTML.

export const $ = (id) => document.getElementById(id);

/** Make an element: el("b", {className: "x", onclick: f, "aria-label": "..."}, "text", child, ...). */
export function el(tag, properties = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (value === undefined || value === null) continue;
    if (name in element && !name.includes("-")) element[name] = value;
    else element.setAttribute(name, value);
  }
  element.append(...children.filter((child) => child !== null && child !== undefined));
  return element;
}

let fading;

/** Say no more. */
export function untoast() {
  clearTimeout(fading);
  $("toast").classList.remove("shown");
}

/** Say something for a moment, with one thing to do about it if there is any. */
export function toast(text, action) {
  const box = $("toast");
  box.replaceChildren(text);
  if (action) box.append(el("button", { type: "button", onclick: () => { untoast(); action.run(); } }, action.label));
  box.classList.add("shown");
  clearTimeout(fading);
  fading = setTimeout(untoast, action ? 6000 : 2600);
}

export async function copy(text, what = "Copied to clipboard") {
  try {
    await navigator.clipboard.writeText(text);
    toast(what);
  } catch {
    toast(`Your browser does not let me copy: ${text}`);
  }
}

/** Ask the simulator for something; returns its JSON, or says what went wrong and returns null. */
export async function control(path, given, method) {
  const options = given === undefined
    ? { method: method ?? "GET" }
    : { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(given) };
  try {
    const response = await fetch(`/_control/${path}`, options);
    const answer = await response.json();
    if (response.ok) return answer;
    toast(answer.error ?? `Error ${response.status}`);
  } catch {
    toast("The simulator does not answer. Is the demo still running?");
  }
  return null;
}

export function bytes(size) {
  if (size < 1024) return `${size} B`;
  const units = ["KB", "MB", "GB"];
  let value = size / 1024;
  while (value >= 1000 && units.length > 1) { value /= 1024; units.shift(); }
  return `${value.toFixed(value < 10 ? 1 : 0)} ${units[0]}`;
}

const LINK = new Set(["http:", "https:", "tg:"]);

/** Open a link only after showing where it leads. */
export function askToOpen(url) {
  let target;
  try { target = new URL(url); } catch { return toast("This link leads nowhere."); }
  if (!LINK.has(target.protocol)) return toast("This kind of link is not opened here.");
  $("link-host").textContent = target.host || target.protocol;
  $("link-url").textContent = url;
  $("link-open").href = target.href;
  $("link").showModal();
}

$("link-cancel").onclick = () => $("link").close();
$("link-open").onclick = () => $("link").close();
