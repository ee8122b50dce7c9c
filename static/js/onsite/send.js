// Sending what waits, one entry after the other. The server knows the keys, so sending twice is safe.
import {remove, save, saveCards, waiting} from "./store.js";

const ask = async (url, options = {}) => {
  try {
    // An expired session answers with a redirect to the sign-in page.
    const response = await fetch(url, {redirect: "manual", cache: "no-store", ...options});
    if (response.type === "opaqueredirect") return {state: "signedOut"};
    if (response.status >= 500) return {state: "offline"};
    if ([403, 404].includes(response.status)) return {state: "gone"};
    return {state: response.ok ? "ok" : "refused", told: await response.json()};
  } catch {
    return {state: "offline"};
  }
};

const formOf = (entry) => {
  const data = new FormData();
  data.set("key", entry.key);
  data.set("person", entry.person);
  data.set("code", entry.code);
  data.set("entered_at", entry.entered);
  data.set("sent_at", new Date().toISOString());
  if (entry.kind === "photo") data.set("photo", entry.photo, "foto.jpg");
  else {
    data.set("result", entry.result);
    data.set("note", entry.note);
  }
  return data;
};

const sendAll = async (whose, url, again) => {
  const door = await ask(url);
  if (door.state !== "ok") return door.state;
  // Nobody sends what somebody else entered on this device.
  if (String(door.told.person) !== whose.person) return "other";
  await saveCards(whose, door.told.cards);
  const headers = {"X-CSRFToken": door.told.token};
  for (const entry of await waiting(whose)) {
    if (entry.refused && !again) continue;
    const answer = await ask(url, {method: "POST", headers, body: formOf(entry)});
    if (answer.state === "ok") await remove([entry]);
    else if (answer.state === "refused") await save({...entry, refused: answer.told.message});
    else return answer.state;
  }
  return door.told.cards.length ? "ok" : "locked";
};

// One window at a time; the others read the result from the store.
export const send = (whose, url, again) => navigator.locks.request(
  "winback-vor-ort", () => sendAll(whose, url, again),
);
