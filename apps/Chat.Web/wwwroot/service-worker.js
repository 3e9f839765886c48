// Keeps the page itself, so that it opens again when the server that it came from is gone. The page's files are those of the manifest,
// which the build writes; everything else, the servers' answers above all, goes by.
self.importScripts('./service-worker-assets.js');

const name = 'page-' + self.assetsManifest.version;
const wanted = self.assetsManifest.assets.filter(asset => !/\.(br|gz)$|(^|\/)service-worker/.test(asset.url));
const known = new Set(wanted.map(asset => new URL(asset.url, self.location).href));
const front = new URL('./', self.location).href;

self.addEventListener('install', event => event.waitUntil(install()));
self.addEventListener('activate', event => event.waitUntil(activate()));
self.addEventListener('fetch', event => {
  const file = asked(event.request);
  if (file) event.respondWith(answer(file, event.request));
});

async function install() {
  const cache = await caches.open(name);
  await cache.addAll(wanted.map(asset => new Request(asset.url, { integrity: asset.hash, cache: 'no-cache' })));
  await self.skipWaiting();
}

async function activate() {
  for (const other of await caches.keys()) {
    if (other.startsWith('page-') && other !== name) await caches.delete(other);
  }
  await self.clients.claim();
}

function asked(request) {
  if (request.method !== 'GET') return null;
  const url = request.url.split(/[?#]/)[0];
  if (url === front) return new URL('index.html', front).href;
  return known.has(url) ? url : null;
}

async function answer(file, request) {
  const cache = await caches.open(name);
  return await cache.match(file) ?? fetch(request);
}
