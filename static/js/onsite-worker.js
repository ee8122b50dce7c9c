// The worker of one prepared audit: its scope is the entry pages below its own address. The
// network answers first; without one the cards and their parts come from what was prepared.
const BEGIN = new URL(self.registration.scope).pathname;
const AUDIT = BEGIN.split("/").at(-3);
const PATIENCE = 4000;

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

const prepared = async () => {
  const name = (await caches.keys()).find((each) => each.startsWith("vor-ort ") && each.endsWith(` ${AUDIT}`));
  return name ? caches.open(name) : null;
};

const fromDevice = async (cache, request) => {
  const path = new URL(request.url).pathname;
  const found = await cache.match(request.url, {ignoreSearch: true, ignoreVary: true});
  if (found && path === BEGIN) return Response.redirect(await found.text());
  return found;
};

const late = (found) => new Promise((resolve) => {
  if (found) setTimeout(() => resolve(found), PATIENCE);
});

const answer = async (event) => {
  const {request} = event;
  const cache = await prepared();
  const found = cache && await fromDevice(cache, request);
  const network = fetch(request).then(async (response) => {
    if (found && response.ok && !response.redirected) await cache.put(request.url, response.clone());
    return found && response.status >= 502 ? found : response;
  });
  event.waitUntil(network.catch(() => null));
  return Promise.race([network.catch((error) => {
    if (found) return found;
    throw error;
  }), late(found)]);
};

self.addEventListener("fetch", (event) => {
  const {request} = event;
  const own = new URL(request.url).origin === self.location.origin;
  const asset = ["style", "script", "font", "image"].includes(request.destination);
  if (own && request.method === "GET" && (request.mode === "navigate" || asset)) {
    event.respondWith(answer(event));
  }
});
