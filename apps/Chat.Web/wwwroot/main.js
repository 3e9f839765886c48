import * as crypto from './crypto.js';
import * as identity from './identity.js';
import * as room from './room.js';
import * as storage from './storage.js';

const asked = new URLSearchParams(location.search);
const byId = id => document.getElementById(id);
let program;

const starting = start();
// Told where it is waited for: by whoever enters.
starting.catch(() => {});
if ('serviceWorker' in navigator) navigator.serviceWorker.register('./service-worker.js').catch(error => room.note(error.message));
open();

// The largest part of the page comes last: who has to say a name can do so meanwhile.
async function start() {
  const { dotnet } = await import('./_framework/dotnet.js');
  const { setModuleImports, getAssemblyExports, getConfig, runMain } = await dotnet.create();
  setModuleImports('page', room);
  setModuleImports('storage', storage);
  setModuleImports('crypto', crypto);
  await runMain();
  const exported = await getAssemblyExports(getConfig().mainAssemblyName);
  program = exported.SmartClients.Chat.Web.Browser.PageCalls;
  return program;
}

// Where the servers are learnt: what the address says, else what stands beside the page, else a members document there. What stood there
// the last time is enough to begin with.
async function settings() {
  const fresh = fetch('page.json', { cache: 'no-store', signal: AbortSignal.timeout(3000) })
    .then(answer => answer.ok ? answer.json() : answer.status === 404 ? {} : Promise.reject(new Error(`page.json: ${answer.status}`)))
    .then(found => (storage.write('page', JSON.stringify(found)), found));
  const kept = storage.read('page');
  const beside = kept ? (fresh.catch(() => {}), JSON.parse(kept)) : await fresh.catch(() => ({}));
  // Where certificates cannot be checked, the servers beside the page do: they are whom the page itself was believed from.
  const service = asked.get('service') ?? (isSecureContext ? beside.service : null);
  return {
    service: service ? (service.includes(':') ? service : `service://${service}`) : new URL('members.json', document.baseURI).href,
    directories: asked.get('directory') ?? beside.directories ?? null,
    scheme: location.protocol === 'https:' ? 'https' : 'http',
  };
}

function open() {
  const name = asked.get('name') ?? storage.read('name') ?? '';
  byId('name').value = name;
  byId('room-name').value = asked.get('room') ?? storage.read('room') ?? 'lobby';
  byId('join').addEventListener('submit', event => {
    event.preventDefault();
    enter();
  });
  byId('leave').addEventListener('click', leave);
  room.begin(text => program.Send(text), refused);
  takeToken();
  addEventListener('pagehide', () => program?.Save());
  if (asked.has('room') && name) enter();
  else show('door', name ? 'room-name' : 'name');
}

async function enter() {
  const [name, place] = [byId('name').value.trim(), byId('room-name').value.trim().toLowerCase()];
  const button = byId('join').querySelector('button');
  button.disabled = true;
  try {
    problem('');
    const [found] = await Promise.all([settings(), starting]);
    for (const [kind, text, field] of [['name', name, 'name'], ['room', place, 'room-name']]) {
      const wrong = program.Problem(kind, text);
      if (!wrong) continue;
      show('door', field);
      return problem(wrong);
    }
    if (found.service.startsWith('service:') && !isSecureContext)
      throw new Error('Certificates are checked over https only, or on this computer itself: open the page at an https address.');
    room.clear(place);
    show('place', 'line');
    const slot = await identity.take(place);
    await program.JoinAsync(JSON.stringify({ ...found, room: place, name, slot, token: token(place) }));
    storage.write('name', name);
    storage.write('room', place);
    asked.set('room', place);
    history.replaceState(null, '', '?' + asked);
  } catch (error) {
    show('door', 'name');
    problem(error.message);
  } finally {
    button.disabled = false;
  }
}

// A token in the address is for this page alone: not for the history, nor for whoever is shown the address.
function takeToken() {
  const found = new URLSearchParams(location.hash.slice(1)).get('token') ?? asked.get('token');
  if (!found) return;
  asked.delete('token');
  history.replaceState(null, '', location.pathname + (asked.size ? '?' + asked : ''));
  byId('token').value = found;
}

// What was typed, or came with the address; else what opened the room before.
function token(place) {
  const [field, key] = [byId('token'), 'token:' + place];
  const given = field.value.trim();
  if (given) storage.write(key, given);
  field.value = '';
  byId('token-part').hidden = true;
  return given || storage.read(key);
}

// Whoever is let in with a token only is asked for it.
async function refused(reason) {
  await program.LeaveAsync();
  identity.give();
  byId('token-part').hidden = false;
  show('door', 'token');
  problem(reason);
}

async function leave() {
  await program.LeaveAsync();
  identity.give();
  show('door', 'room-name');
}

function show(which, focus) {
  byId('door').hidden = which !== 'door';
  byId('place').hidden = which !== 'place';
  byId(focus).focus();
}

function problem(text) {
  byId('join-problem').textContent = text;
}
