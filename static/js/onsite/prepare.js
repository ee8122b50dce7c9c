// What makes an audit usable without a connection: its cards and what they are made of, kept by
// the browser per person, and the worker that answers from there.
import {cardsOf} from "./store.js";

const PREFIX = "vor-ort ";
const nameOf = ({person, audit}) => `${PREFIX}${person} ${audit}`;
const isPossible = () => "serviceWorker" in navigator && "caches" in window;

export const isPrepared = async (whose) => isPossible() && caches.has(nameOf(whose));

// Style sheets, scripts and fonts this page was made of; every card is made of the same.
const assets = () => {
  const folder = new URL("../../", import.meta.url).href;
  const loaded = performance.getEntriesByType("resource").map((each) => each.name);
  return [...new Set([...loaded.filter((each) => each.startsWith(folder)), import.meta.url])];
};

const put = async (cache, url) => {
  const response = await fetch(url, {redirect: "error"});
  if (!response.ok) throw new Error(`${response.status} ${url}`);
  await cache.put(url, response);
};

export const refresh = async (whose, codes) => {
  if (!await isPrepared(whose)) return;
  const cache = await caches.open(nameOf(whose));
  const stale = (await cardsOf(whose)).filter((card) => codes.includes(card.code));
  await Promise.all(stale.map((card) => put(cache, card.url)));
};

export const prepare = async (whose, begin, worker) => {
  const cards = await cardsOf(whose);
  const cache = await caches.open(nameOf(whose));
  try {
    await navigator.serviceWorker.register(worker, {scope: begin});
    for (const url of [...assets(), ...cards.map((card) => card.url)]) await put(cache, url);
    // Where the worker leads somebody who opens the audit without a connection.
    await cache.put(begin, new Response(cards[0].url));
    navigator.storage.persist?.();
  } catch (error) {
    await caches.delete(nameOf(whose));
    throw error;
  }
};

// A locked audit has no cards; what somebody else prepared here is nobody's business.
export const forget = async (whose, begin) => {
  await caches.delete(nameOf(whose));
  await (await navigator.serviceWorker.getRegistration(begin))?.unregister();
};
export const forgetOthers = async ({person}) => {
  if (!isPossible()) return;
  const names = (await caches.keys()).filter((name) => name.startsWith(PREFIX));
  const others = names.filter((name) => !name.startsWith(`${PREFIX}${person} `));
  await Promise.all(others.map((name) => caches.delete(name)));
};
