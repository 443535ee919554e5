// The mail panel: sample mails, a form, raw text; all of it goes out over real SMTP.

import { $, bytes, control, copy, el, toast } from "./dom.js";
import { send } from "./chat.js";

let door = null;
let address = null;
let isRawTouched = false;
let previewing = 0;
let isShownNew = false; // the mail in the preview was not sent yet
let descriptions = new Map(); // sample -> what is special about it

const mode = () => document.querySelector("input[name=mode]:checked").value;
const sample = () => document.querySelector("input[name=sample]:checked")?.value;

export function show(state) {
  door = state.mail_door;
  setAddress(state.address);
  showFaults(state.faults, state.is_blocked);
}

export function setAddress(given) {
  if (given !== address) {
    if (!$("to").value || $("to").value === address) $("to").value = given ?? "";
    address = given;
    preview();
  }
  $("no-address").hidden = Boolean(address);
  $("to-field").hidden = !address && !$("to").value;
  $("send-mail").disabled = !$("to").value.trim();
  writeHints();
}

function writeHints() {
  const [host, port] = (door ?? "127.0.0.1:2525").split(":");
  const to = $("to").value.trim() || "ADDRESS";
  $("door").textContent = `${host}:${port}`;
  $("line-python").textContent = `python3 -c 'import smtplib; smtplib.SMTP("${host}", ${port}).sendmail("me@example.net", "${to}", "Subject: Hello\\r\\n\\r\\nAre you there?")'`;
  $("line-swaks").textContent = `swaks --server ${host}:${port} --to ${to} --header 'Subject: Hello' --body 'Are you there?'`;
  if (!isRawTouched) $("raw").value = $("raw").value.replace(/^To: .*$/m, `To: ${to}`);
}

// ---- choosing ----

async function loadSamples() {
  const samples = await control("samples");
  if (!samples) return;
  $("samples").replaceChildren(...samples.map((one, index) => el("label", { className: "sample" },
    el("input", { type: "radio", name: "sample", value: one.name, checked: index === 0, onchange: preview, "aria-label": `${one.title}: ${one.description}` }),
    el("span", { title: one.description }, el("i", { "aria-hidden": "true" }, one.icon), el("bdi", {}, one.title)))));
  descriptions = new Map(samples.map((one) => [one.name, one.description]));
  preview();
}

async function preview() {
  if (!sample()) return;
  const turn = ++previewing;
  const mail = await control(`samples/${encodeURIComponent(sample())}?to=${encodeURIComponent($("to").value.trim())}`);
  if (!mail || turn !== previewing) return;
  isShownNew = true;
  $("preview").hidden = false;
  $("preview-what").textContent = descriptions.get(sample()) ?? "";
  $("preview-subject").textContent = mail.subject || "(no subject)";
  $("preview-from").textContent = mail.from;
  $("preview-text").textContent = mail.text.trim();
  $("preview-files").replaceChildren(...mail.attachments.map((name) => el("li", { dir: "auto" }, name)));
  $("preview-source").textContent = mail.source + (mail.size_bytes > mail.source.length ? "\n…" : "");
}

for (const input of document.querySelectorAll("input[name=mode]")) {
  input.onchange = () => {
    for (const section of document.querySelectorAll("[data-mode]")) section.hidden = section.dataset.mode !== mode();
    $("answer").replaceChildren();
  };
}

$("to").oninput = () => { $("send-mail").disabled = !$("to").value.trim(); writeHints(); };
$("to").onchange = preview;
$("raw").oninput = () => { isRawTouched = true; };
$("register").onclick = async () => { if (await send("/register")) toast("Sent /register for you"); };

// ---- sending ----

function letter() {
  const to = $("to").value.trim();
  if (mode() === "sample") return { to, sample: sample() };
  if (mode() === "raw") return { to, from: $("raw-from").value.trim(), raw: $("raw").value };
  return { to, from: $("from").value.trim(), subject: $("subject").value, body: $("body").value };
}

async function deliver(what) {
  $("send-mail").disabled = true;
  $("answer").className = "answer";
  $("answer").textContent = "Sending…";
  const answer = await control("send-mail", what);
  $("send-mail").disabled = false;
  if (!answer) return $("answer").replaceChildren();
  const isTaken = answer.code >= 200 && answer.code < 400;
  $("answer").classList.add(isTaken ? "good" : "bad");
  $("answer").replaceChildren(
    el("code", {}, answer.code ? `${answer.code} ${answer.text}` : answer.text),
    ` · to ${answer.step}, ${bytes(answer.size_bytes)}, ${answer.milliseconds} ms`);
  $("send-again").hidden = false;
  isShownNew = false;
}

$("mail-form").onsubmit = async (event) => {
  event.preventDefault();
  if (mode() === "sample" && !isShownNew) await preview(); // what is shown is what goes out, each time a new mail
  deliver(letter());
};
$("send-again").onclick = () => deliver({ again: true });

for (const button of document.querySelectorAll("[data-copy]")) {
  button.onclick = () => copy($(button.dataset.copy).textContent);
}

// ---- trouble ----

const FAULTS = {
  "fault-down": { kind: "500", method: "*" },
  "fault-busy": { kind: "429", times: 3, retry_after: 5, method: "sendMessage" },
  "fault-lost": { kind: "reset_after", times: 1, method: "sendMessage" },
};
const inForce = new Map(); // switch -> fault id

export function showFaults(faults, isBlocked) {
  inForce.clear();
  for (const [name, wanted] of Object.entries(FAULTS)) {
    const found = faults.find((fault) => fault.kind === wanted.kind && fault.method === wanted.method);
    if (found) inForce.set(name, found.id);
    $(name).checked = Boolean(found);
  }
  if (isBlocked !== undefined) $("fault-blocked").checked = isBlocked;
  $("trouble-badge").hidden = !inForce.size && !$("fault-blocked").checked;
}

export function setBlocked(isBlocked) {
  $("fault-blocked").checked = isBlocked;
  $("trouble-badge").hidden = !inForce.size && !isBlocked;
}

for (const name of Object.keys(FAULTS)) {
  $(name).onchange = async (event) => {
    const faults = event.target.checked
      ? await control("faults", FAULTS[name])
      : await control(`faults?id=${inForce.get(name) ?? 0}`, undefined, "DELETE");
    if (!faults) event.target.checked = !event.target.checked;
  };
}
$("fault-blocked").onchange = async (event) => {
  if (!(await control("block", { is_blocked: event.target.checked }))) event.target.checked = !event.target.checked;
};

loadSamples();
