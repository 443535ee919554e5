// The chat: bubbles, buttons, the typing field with its command menu.

import { $, askToOpen, bytes, control, copy, el, toast } from "./dom.js";
import { render } from "./text.js";

const list = $("messages");
const history = $("history");
const field = $("text");
const waiting = new Map(); // callback query id -> the button that was pressed
const SHOWN = 300; // a flood must not make the page slow
let messages = new Map();
let commands = [];
let isBlocked = false;
let typing;
let wantsToWrite = false;

export const send = (text) => control("updates", { text });

// ---- what the simulator says ----

export function show(state) {
  $("bot-name").textContent = state.bot.first_name;
  document.title = `${state.bot.first_name} demo`;
  $("language").value = state.person.language_code;
  commands = state.commands;
  isBlocked = state.is_blocked;
  messages = new Map(state.messages.map((message) => [message.message_id, message]));
  redraw();
  online(true);
  toBottom();
}

export function online(isOnline) {
  const status = $("bot-status");
  status.textContent = isOnline ? "bot" : "reconnecting…";
  status.classList.toggle("busy", !isOnline);
}

export function add(message) {
  const wasAtBottom = isAtBottom();
  messages.set(message.message_id, message);
  draw(message, true);
  while (list.childElementCount > SHOWN) list.firstElementChild.remove();
  settle();
  if (wasAtBottom || !message.from.is_bot) toBottom();
  else $("to-bottom").hidden = false;
  if (message.from.is_bot) stopTyping();
}

export function edit(message) {
  messages.set(message.message_id, message);
  const old = list.querySelector(`[data-id="${Number(message.message_id)}"]`);
  if (old) old.replaceWith(bubble(message));
  group();
}

export function remove(messageId) {
  messages.delete(messageId);
  list.querySelector(`[data-id="${Number(messageId)}"]`)?.remove();
  group();
  settle();
}

export function answered(answer) {
  waiting.get(answer.query_id)?.classList.remove("waiting");
  waiting.delete(answer.query_id);
  if (!answer.text) return;
  if (answer.show_alert) {
    $("alert-text").textContent = answer.text;
    $("alert").showModal();
  } else toast(answer.text);
}

export function acts(action) {
  const words = { typing: "typing…", upload_document: "sending a file…" };
  $("bot-status").textContent = words[action] ?? "busy…";
  $("bot-status").classList.add("busy");
  clearTimeout(typing);
  typing = setTimeout(stopTyping, 5000); // sendChatAction: the status is set for 5 seconds or less
}

function stopTyping() {
  clearTimeout(typing);
  online(true);
}

export function setCommands(given) { commands = given; }

export function setBlocked(value) { isBlocked = value; settle(); }

// ---- bubbles ----

function redraw() {
  list.replaceChildren();
  for (const message of messages.values()) draw(message, false);
  settle();
}

/** Show the welcome card or the chat, and what belongs below it. */
function settle() {
  const isNew = messages.size === 0;
  $("welcome").hidden = !isNew;
  $("start").hidden = !isNew || isBlocked;
  $("restart").hidden = !isBlocked;
  $("write").hidden = isNew || isBlocked;
  if (wantsToWrite && !$("write").hidden) { wantsToWrite = false; field.focus(); }
}

function draw(message, isFresh) {
  const day = dayOf(message.date);
  if (list.dataset.day !== day || !list.childElementCount) {
    list.append(el("div", { className: "day" }, day));
    list.dataset.day = day;
  }
  const item = bubble(message);
  if (isFresh) item.classList.add("fresh");
  list.append(item);
  group();
}

/** Mark the first and the last of each row of messages by the same person. */
function group() {
  const items = [...list.children];
  items.forEach((item, index) => {
    const same = (other) => other && other.classList.contains("message") && other.classList.contains("mine") === item.classList.contains("mine");
    item.classList.toggle("first", !same(items[index - 1]));
    item.classList.toggle("last", !same(items[index + 1]));
  });
}

function bubble(message) {
  const isMine = !message.from.is_bot;
  const body = el("div", { className: "bubble", dir: "auto" });
  if (message.reply_to_message) body.append(quoted(message.reply_to_message));
  if (message.document) body.append(file(message.document));
  const text = message.text ?? message.caption;
  const time = new Date(message.date * 1000);
  const meta = el("time", { className: "meta", dateTime: time.toISOString() }, `${message.edit_date ? "edited " : ""}${clock(time)}`);
  if (text) body.append(el("div", { className: "text", dir: "auto" }, ...render(text, message.entities ?? message.caption_entities, send), meta));
  else body.append(meta);
  const item = el("div", { className: isMine ? "message mine" : "message", "data-id": message.message_id });
  item.append(el("span", { className: "hidden" }, isMine ? "You: " : "Bot: "), body);
  const rows = message.reply_markup?.inline_keyboard;
  if (rows) {
    item.classList.add("has-keys");
    item.append(el("div", { className: "keys" }, ...rows.map((row) => el("div", {}, ...row.map((button) => key(message, button))))));
  }
  return item;
}

function quoted(message) {
  return el("div", { className: "reply" }, el("b", {}, message.from.first_name), (message.text ?? message.caption ?? "File").slice(0, 120));
}

function file(document_) {
  return el("a", { className: "document", href: `/_control/files/${encodeURIComponent(document_.file_id)}`, download: document_.file_name },
    el("span", { className: "disc", "aria-hidden": "true" }),
    el("span", {}, el("b", { dir: "auto" }, document_.file_name), el("span", {}, `${bytes(document_.file_size)} · Download`)));
}

function key(message, button) {
  const kind = button.url ? "url" : button.copy_text ? "copy" : "callback";
  const element = el("button", { type: "button", className: "key", "data-kind": kind, dir: "auto" }, button.text);
  if (kind === "url") {
    element.title = hostOf(button.url);
    element.append(el("span", { className: "hidden" }, ` (opens ${hostOf(button.url)})`));
    element.onclick = () => askToOpen(button.url);
  } else if (kind === "copy") {
    element.title = "Copy";
    element.onclick = () => copy(button.copy_text.text, `Copied: ${button.copy_text.text}`);
  } else element.onclick = () => press(message, button, element);
  return element;
}

async function press(message, button, element) {
  if (element.classList.contains("waiting")) return;
  element.classList.add("waiting");
  const answer = await control("updates", { press: { message_id: message.message_id, data: button.callback_data } });
  if (!answer) return element.classList.remove("waiting");
  waiting.set(answer.query_id, element);
  setTimeout(() => element.classList.remove("waiting"), 15000); // Telegram's apps give up as well
}

function hostOf(url) {
  try { return new URL(url).host; } catch { return url; }
}

const clock = (time) => time.toLocaleTimeString([], { hour: "2-digit", minute: "2-digit", hour12: false });

function dayOf(seconds) {
  const day = new Date(seconds * 1000);
  return day.toDateString() === new Date().toDateString() ? "Today" : day.toLocaleDateString("en", { day: "numeric", month: "long" });
}

// ---- scrolling ----

const isAtBottom = () => history.scrollHeight - history.scrollTop - history.clientHeight < 80;

export function toBottom() {
  requestAnimationFrame(() => { history.scrollTop = history.scrollHeight; $("to-bottom").hidden = true; });
}

history.addEventListener("scroll", () => { $("to-bottom").hidden = isAtBottom(); }, { passive: true });
$("to-bottom").onclick = toBottom;
new ResizeObserver(() => { if ($("to-bottom").hidden) toBottom(); }).observe(history);

// ---- writing ----

$("start").onclick = async () => {
  const word = new URLSearchParams(location.search).get("start"); // t.me/bot?start=word
  wantsToWrite = matchMedia("(hover: hover)").matches; // on a phone the keyboard would cover the answer
  await send(word ? `/start ${word}` : "/start");
};
$("restart").onclick = () => send("/start");
$("language").onchange = (event) => control("person", { language_code: event.target.value });

function fit() {
  field.style.height = "auto";
  field.style.height = `${field.scrollHeight}px`;
}

async function submit() {
  const text = field.value.trim();
  if (!text) return field.focus();
  field.value = "";
  fit();
  closeMenu();
  if (!(await send(text))) field.value = text;
}

$("write").onsubmit = (event) => { event.preventDefault(); submit(); };
field.oninput = () => {
  fit();
  if (/^\/\w*$/.test(field.value)) openMenu(field.value);
  else closeMenu();
};
field.onkeydown = (event) => {
  const isOpen = !menu.hidden;
  if (isOpen && (event.key === "ArrowDown" || event.key === "ArrowUp")) {
    event.preventDefault();
    choose(chosen + (event.key === "ArrowDown" ? 1 : -1));
  } else if (isOpen && event.key === "Escape") closeMenu();
  else if (isOpen && event.key === "Tab" && menu.children[chosen]) { event.preventDefault(); field.value = menu.children[chosen].dataset.command; closeMenu(); }
  else if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
    event.preventDefault();
    if (isOpen && menu.children[chosen]) field.value = menu.children[chosen].dataset.command;
    submit();
  }
};

// ---- the command menu ----

const menu = $("commands");
let chosen = 0;

function openMenu(prefix) {
  const matching = commands.filter((one) => `/${one.command}`.startsWith(prefix));
  menu.replaceChildren(...matching.map((one, index) => el("li",
    { id: `command-${index}`, role: "option", "data-command": `/${one.command}`, onclick: () => pick(`/${one.command}`) },
    el("b", {}, `/${one.command}`), el("span", { dir: "auto" }, one.description))));
  menu.hidden = !matching.length;
  $("menu").setAttribute("aria-expanded", String(!menu.hidden));
  choose(0);
}

function closeMenu() {
  menu.hidden = true;
  field.removeAttribute("aria-activedescendant");
  $("menu").setAttribute("aria-expanded", "false");
}

function choose(index) {
  const items = [...menu.children];
  chosen = items.length ? (index + items.length) % items.length : 0;
  items.forEach((item, at) => item.setAttribute("aria-selected", String(at === chosen)));
  if (items[chosen]) {
    field.setAttribute("aria-activedescendant", items[chosen].id);
    items[chosen].scrollIntoView({ block: "nearest" });
  }
}

function pick(command) {
  closeMenu();
  field.value = "";
  send(command);
  field.focus();
}

$("menu").onclick = () => {
  if (menu.hidden) { openMenu("/"); field.focus(); if (!commands.length) toast("The bot has set no commands yet."); } else closeMenu();
};
document.addEventListener("click", (event) => { if (!event.target.closest(".composer")) closeMenu(); });
