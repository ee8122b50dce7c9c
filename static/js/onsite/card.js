// The card of one question without a connection: what htmx cannot save waits on this device.
import {flush, part, whose} from "./device.js";
import {picture} from "./photo.js";
import {isPrepared, prepare} from "./prepare.js";
import {refreshCard, showKept, showProgress} from "./shown.js";
import {cardsOf, keep} from "./store.js";

const form = document.querySelector("#question");
const {code, back, next} = form.dataset;
const words = document.querySelector("#device").dataset;
// The panel says more than the banner of the other pages.
document.querySelector("[data-offline]")?.remove();

let down = false; // the last try did not arrive
let flying = 0; // requests of htmx on their way
let prepared = false;
const isOff = () => down || !navigator.onLine;
const input = () => ({result: form.elements.result.value, note: form.elements.note.value});
const problem = (text) => {
  document.querySelector("#problem").textContent = text;
};

const later = async () => {
  const state = await flush();
  down = state === "offline" || state === "signedOut";
};
const keepAnswer = async () => {
  const given = input();
  problem(given.result || !given.note ? "" : words.answerFirst);
  if (!given.result) return !given.note;
  const label = form.querySelector("input[name=result]:checked").parentElement.querySelector("span");
  await keep(whose, {kind: "answer", code, label: label.textContent, ...given});
  return true;
};
const keepPhoto = async (field) => {
  const [file] = field.files;
  if (!file) return;
  if (!input().result) return problem(words.answerFirst);
  await keep(whose, {kind: "photo", code, photo: await picture(file)});
  field.value = "";
};
const keepWhat = (element) => element.name === "photo" ? keepPhoto(element) : keepAnswer();

// htmx: while the line is dead nothing is tried; what was tried in vain is kept.
const ours = (event) => event.target === form || event.target.name === "photo" ? event.target : null;
const instead = async (element) => {
  down = true;
  await keepWhat(element);
  await later();
};
document.addEventListener("htmx:beforeRequest", (event) => {
  const element = ours(event);
  if (!element) return;
  if (!isOff()) {
    flying += 1;
    return;
  }
  event.preventDefault();
  instead(element);
});
document.addEventListener("htmx:afterRequest", (event) => {
  if (ours(event)) flying = Math.max(flying - 1, 0);
});
["htmx:sendError", "htmx:timeout", "htmx:responseError"].forEach((name) => {
  document.addEventListener(name, (event) => ours(event) && instead(ours(event)));
});
// An expired session would lead away to the sign-in page before anything is kept.
document.addEventListener("htmx:beforeOnLoad", (event) => {
  if (!ours(event) || !event.detail.xhr.getResponseHeader("HX-Redirect")) return;
  event.preventDefault();
  instead(ours(event));
});

// "Back" and "On" send the form; without a line they keep the answer and leaf.
form.addEventListener("submit", async (event) => {
  if (!isOff() && !(prepared && flying)) return;
  event.preventDefault();
  if (!await keepAnswer()) return;
  const target = event.submitter?.name === "back" ? back : next;
  const isCard = target.startsWith(words.begin);
  if (isCard && prepared) window.location.assign(target);
  else {
    await later();
    problem(isCard ? words.notPrepared : words.checkLater);
  }
});

document.addEventListener("device:shown", async ({detail}) => {
  if (detail.state === "ok") down = false;
  const cards = await cardsOf(whose);
  showKept(detail.entries.filter((entry) => entry.code === code));
  if (cards.length && detail.entries.length) showProgress(cards, detail.entries);
});
document.addEventListener("device:sent", ({detail}) => {
  const sent = detail.filter((entry) => entry.code === code);
  if (sent.length) refreshCard(sent);
});

// "Prepare for on site": offered where the browser can do it.
const offer = part("prepare");
const showPrepared = async () => {
  prepared = await isPrepared(whose);
  offer.hidden = !("serviceWorker" in navigator);
  part("prepareNow").hidden = prepared;
  part("prepared").textContent = prepared ? words.prepared : "";
};
part("prepareNow").addEventListener("click", async ({target}) => {
  target.setAttribute("aria-busy", "true");
  const state = await flush();
  try {
    if (!["ok", "locked"].includes(state)) throw new Error(state);
    await prepare(whose, words.begin, words.worker);
    await showPrepared();
  } catch {
    part("prepared").textContent = words.unprepared;
  }
  target.removeAttribute("aria-busy");
});
showPrepared();
