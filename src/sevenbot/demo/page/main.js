// Listens to the simulator and hands each event to its part of the page.

import { $, toast, untoast } from "./dom.js";
import * as chat from "./chat.js";
import * as mail from "./mail.js";
import * as strip from "./strip.js";

let unread = 0;
const view = () => document.body.dataset.view;
const isNarrow = () => matchMedia("(max-width: 899px)").matches;

function showView(name) {
  document.body.dataset.view = name;
  $("show-chat").setAttribute("aria-pressed", String(name === "chat"));
  $("show-mail").setAttribute("aria-pressed", String(name === "mail"));
  if (name === "chat" && unread) untoast(); // it told of what is seen now
  if (name === "chat") { unread = 0; chat.toBottom(); }
  $("unread").hidden = !unread;
}

$("show-chat").onclick = () => showView("chat");
$("show-mail").onclick = () => showView("mail");

function count(message) {
  if (!isNarrow() || view() !== "mail" || !message.from.is_bot) return;
  unread += 1;
  $("unread").textContent = String(unread);
  $("unread").hidden = false;
  toast("New message in the chat", { label: "Show", run: () => showView("chat") });
}

const LISTENERS = {
  state: (state) => { chat.show(state); mail.show(state); strip.show(state); },
  message: (message) => { chat.add(message); count(message); },
  edited: (message) => chat.edit(message),
  deleted: (gone) => chat.remove(gone.message_id),
  answer: (answer) => chat.answered(answer),
  action: (action) => chat.acts(action.action),
  commands: (given) => chat.setCommands(given.commands),
  address: (given) => mail.setAddress(given.address),
  faults: (given) => mail.showFaults(given.faults),
  blocked: (given) => { chat.setBlocked(given.is_blocked); mail.setBlocked(given.is_blocked); },
  strip: (row) => strip.update(row),
};

const events = new EventSource("/_events");
for (const [name, listener] of Object.entries(LISTENERS)) {
  events.addEventListener(name, (event) => listener(JSON.parse(event.data)));
}
events.onerror = () => chat.online(false); // the browser comes back by itself, then "state" comes again
