// The strip: each mail's way through the five steps, newest first.

import { $, bytes, el } from "./dom.js";

const STEPS = ["received", "kept", "read", "summarised", "delivered"];
const STATES = { moving: "on its way", waiting: "will be tried again", delivered: "delivered", dead: "dead letter", repeated: "seen before", refused: "refused" };
const rows = new Map();
const SHOWN = 8;

export function show(state) {
  rows.clear();
  $("strip").replaceChildren();
  state.strip.forEach(update);
}

export function update(row) {
  const item = draw(row);
  if (rows.has(row.id)) rows.get(row.id).replaceWith(item);
  else $("strip").prepend(item);
  rows.set(row.id, item);
  while ($("strip").childElementCount > SHOWN) $("strip").lastElementChild.remove();
  $("strip-hint").textContent = "What a total has beyond its steps went into records, synced to disk between the steps, and into waiting for a turn.";
}

function draw(row) {
  const what = [row.kind, row.size_bytes && bytes(row.size_bytes)].filter(Boolean).join(", ");
  const state = row.state === "delivered" ? `delivered in ${milliseconds(row.total_ms)}` : STATES[row.state];
  const item = el("li", { "data-state": row.state, "data-id": row.id },
    el("div", { className: "head" }, el("span", {}, el("b", {}, `Mail ${row.seq}`), what ? ` · ${what}` : ""), el("span", { className: "state" }, state)));
  if (row.state !== "refused" && row.state !== "repeated") item.append(steps(row));
  item.append(el("div", { className: "note" }, row.note));
  return item;
}

function steps(row) {
  const here = STEPS.find((step) => row.steps[step] === undefined && step !== "received");
  return el("ol", { className: "steps" }, ...STEPS.map((step) => {
    const time = row.steps[step];
    const isDone = time !== undefined || (step === "received" && row.steps.kept !== undefined);
    const name = isDone ? "done" : step === here ? "here" : "";
    return el("li", { className: name, "data-step": step }, step, el("em", {}, time === undefined ? " " : milliseconds(time)));
  }));
}

function milliseconds(value) {
  if (value === null || value === undefined) return "";
  if (value >= 10000) return `${(value / 1000).toFixed(1)} s`;
  return `${value < 10 ? value.toFixed(1) : Math.round(value)} ms`;
}
