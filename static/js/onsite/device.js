// The panel on the pages of one audit: how much waits on this device, what is in the way, send now.
import {forget, forgetOthers, isPrepared, refresh} from "./prepare.js";
import {send} from "./send.js";
import {remove, waiting} from "./store.js";

export const panel = document.querySelector("#device");
export const whose = {person: panel.dataset.person, audit: panel.dataset.audit};
export const part = (name) => document.querySelector(`[data-part=${name}]`);
const words = panel.dataset;
const said = (state = "") => words[`say${state.charAt(0).toUpperCase()}${state.slice(1)}`];

const time = (entry) => new Date(entry.entered).toLocaleString(document.documentElement.lang, {
  day: "2-digit", month: "2-digit", hour: "2-digit", minute: "2-digit",
});
const line = (entry) => {
  const item = document.createElement("li");
  const what = entry.kind === "photo" ? words.photo : [entry.label, entry.note].filter(Boolean).join(": ");
  item.textContent = `${entry.code} ${what} (${time(entry)})${entry.refused ? ` – ${entry.refused}` : ""}`;
  return item;
};

// What waits, and why; `state` as send() answers.
const show = async (state) => {
  const entries = await waiting(whose);
  const refused = entries.find((entry) => entry.refused);
  const why = said(state) || (refused ? `${words.refused} ${refused.refused}` : "");
  const silent = !entries.length && state !== "offline";
  part("waiting").hidden = silent;
  part("count").hidden = !entries.length;
  part("count").textContent = words.count.replace("{count}", entries.length);
  part("why").textContent = why;
  part("list").replaceChildren(...entries.map(line));
  part("entries").hidden = !entries.length;
  part("send").hidden = !entries.length || !navigator.onLine;
  part("signIn").hidden = state !== "signedOut";
  part("discard").hidden = !refused;
  document.dispatchEvent(new CustomEvent("device:shown", {detail: {entries, state}}));
  return entries;
};

let sent = false;
export const flush = async (again) => {
  const before = await waiting(whose);
  const state = navigator.onLine ? await send(whose, words.url, again) : "offline";
  const left = await show(state);
  const gone = before.filter((entry) => !left.some((each) => each.key === entry.key));
  sent ||= gone.length > 0;
  part("done").hidden = !(sent && !left.length);
  if (state === "locked" && await isPrepared(whose)) await forget(whose, words.begin);
  if (state === "ok" && gone.length) {
    await refresh(whose, gone.map((entry) => entry.code)).catch(() => null);
    document.dispatchEvent(new CustomEvent("device:sent", {detail: gone}));
  }
  return state;
};

part("send").addEventListener("click", () => flush(true));
part("discard").addEventListener("click", async () => {
  if (!window.confirm(words.confirm)) return;
  await remove((await waiting(whose)).filter((entry) => entry.refused));
  await show("ok");
});
window.addEventListener("online", () => flush());
window.addEventListener("offline", () => show("offline"));

// Not awaited by those who import this: the card listens at once, whatever the line does.
export const start = async () => {
  await forgetOthers(whose);
  if ((await waiting(whose)).length || await isPrepared(whose)) await flush();
};
start();
