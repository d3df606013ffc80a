// The service worker: the page's own files, as the build named them. What the program says of a
// study is never here; the page keeps copies of that itself, sealed.

const CACHE = 'osteon-{{version}}';
const FILES = '{{files}}'.split(' ');

/** A name with a hash never changes; the others are asked for past the browser's own cache. */
const fresh = (path) => new Request(path, { cache: /-[0-9A-Za-z]{8,10}\./.test(path) ? 'default' : 'reload' });

addEventListener('install', (event) => {
  event.waitUntil(caches.open(CACHE).then((cache) => cache.addAll(FILES.map(fresh))));
});

addEventListener('activate', (event) => {
  const clear = async () => {
    for (const name of await caches.keys()) if (name !== CACHE) await caches.delete(name);
    await clients.claim();
  };
  event.waitUntil(clear());
});

// Only when the page says so: never under an open form.
addEventListener('message', (event) => {
  if (event.data === 'take') skipWaiting();
});

async function answer(request, path) {
  const cache = await caches.open(CACHE);
  return (await cache.match(path)) ?? fetch(request);
}

addEventListener('fetch', (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== 'GET' || origin !== location.origin) return;
  const path = pathname === '/index.html' ? '/' : pathname;
  if (FILES.includes(path)) event.respondWith(answer(request, path));
});
