// Keeps the page for offline use. The page itself is asked for anew whenever there is a
// network; its files carry a hash in their names, so a kept one is always the right one.

/* global ASSETS, VERSION */
const CACHE = `llamath ${VERSION}`;

addEventListener("install", (event) => {
  event.waitUntil(caches.open(CACHE).then((cache) => cache.addAll(ASSETS)));
});

addEventListener("activate", (event) => {
  event.waitUntil(
    caches.keys()
      .then((names) => Promise.all(names.filter((name) => name.startsWith("llamath ") && name !== CACHE).map((name) => caches.delete(name))))
      .then(() => clients.claim()),
  );
});

addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method !== "GET" || !request.url.startsWith(registration.scope)) return;
  event.respondWith(answer(request));
});

async function answer(request) {
  const cache = await caches.open(CACHE);
  const isPage = request.mode === "navigate";
  const kept = await cache.match(request, { ignoreSearch: isPage });
  if (kept === undefined || isPage) {
    try {
      const fetched = await fetch(request);
      if (fetched.ok && !isPage) await cache.put(request, fetched.clone());
      return fetched;
    } catch (offline) {
      if (kept === undefined) throw offline;
    }
  }
  return kept;
}
