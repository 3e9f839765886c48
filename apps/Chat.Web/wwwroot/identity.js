// Each page of a browser in a room is a sender of its own, for two that were the same would number their messages alike. Which one a page
// is, a lock of the browser's says; one that is loaded again takes the same as before.
const most = 32;
let release = () => {};

export async function take(room) {
  give();
  const before = Number(sessionStorage.getItem('slot:' + room) ?? -1);
  const slot = await first(room, before);
  sessionStorage.setItem('slot:' + room, slot);
  return slot;
}

export function give() {
  release();
  release = () => {};
}

async function first(room, before) {
  // Without locks, chance tells pages apart well enough.
  if (!navigator.locks) return before >= 0 ? before : Math.floor(Math.random() * 1e9);
  // The page that went before this one in the same tab may have its lock for a moment yet.
  if (before >= 0 && await lock(room, before, { signal: AbortSignal.timeout(1000) })) return before;
  for (let slot = 0; slot < most; slot++) {
    if (await lock(room, slot, { ifAvailable: true })) return slot;
  }
  throw new Error(`This browser is in that room ${most} times already: close one of its pages.`);
}

function lock(room, slot, how) {
  return new Promise(resolve => {
    navigator.locks.request(`chat:${room}:${slot}`, how, held => {
      resolve(held !== null);
      return held && new Promise(done => release = done);
    }).catch(() => resolve(false));
  });
}
