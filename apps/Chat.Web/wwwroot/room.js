// The room as it is seen. Whatever others wrote becomes text, and never markup: textContent only.
import { item, move, day } from './items.js';

const byId = id => document.getElementById(id);
const own = new Map();
// Lines that are kept in sight: beyond it the oldest go, a bunch at a time.
const most = 2000;
const bunch = 100;
let lastDay = '';
let current = '';
let order = [];
let behind = 0;
let askedAgain;
// So many that it is looked at again.
let full = most + bunch;

// The server that serves is a colour: its place among all of them, by address.
const colour = server => `server-${Math.max(0, order.indexOf(server)) % 6}`;

export function begin(send, whenRefused) {
  askedAgain = whenRefused;
  const [line, form, scroll] = [byId('line'), byId('write'), byId('scroll')];
  form.addEventListener('submit', event => {
    event.preventDefault();
    if (!line.value.trim()) return;
    try {
      send(line.value.replaceAll('\r\n', '\n'));
      line.value = '';
      byId('write-problem').textContent = '';
      fit();
      toNewest();
    } catch (error) {
      byId('write-problem').textContent = error.message;
    }
    line.focus();
  });
  line.addEventListener('keydown', event => {
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    form.requestSubmit();
  });
  line.addEventListener('input', fit);
  scroll.addEventListener('scroll', () => atNewest() && seen());
  byId('newest').addEventListener('click', () => (toNewest(), line.focus()));
  byId('more').addEventListener('click', () => unfold(byId('more').getAttribute('aria-expanded') !== 'true'));
  addEventListener('keydown', event => event.key === 'Escape' && unfold(false));

  function fit() {
    line.style.height = 'auto';
    line.style.height = `${Math.min(line.scrollHeight, 180)}px`;
  }
}

export function clear(room) {
  own.clear();
  for (const list of ['messages', 'pending', 'servers', 'people']) byId(list).replaceChildren();
  [lastDay, current, full] = ['', '', most + bunch];
  byId('room-title').textContent = room;
  byId('people-count').textContent = '';
  byId('write-problem').textContent = '';
  byId('empty').hidden = false;
  document.title = room;
  interrupted('');
  unfold(false);
  seen();
}

export function message(id, sender, name, text, written, state) {
  const follow = atNewest();
  const time = new Date(written);
  const list = byId('messages');
  const today = day(time);
  if (today !== lastDay) list.append(item('li', 'day', today));
  lastDay = today;
  if (state) {
    const known = own.get(id);
    state = known?.state ?? state;
    known?.element?.remove();
  }
  const element = document.createElement('li');
  const before = list.lastElementChild;
  const goesOn = before?.dataset.sender === sender && time - Number(before.dataset.written) < 300_000;
  element.className = `message ${colour(current)}${state ? ' own' : ''}${goesOn ? ' goes-on' : ''}`;
  Object.assign(element.dataset, { sender, written, id });
  element.append(face(sender, name), body(name, text, time, state));
  list.append(element);
  if (state) own.set(id, { state, element });
  added(follow, !state);
}

export function state(id, text, word, problem) {
  const known = own.get(id);
  if (!known) {
    const element = document.createElement('li');
    element.className = `message own waiting ${colour(current)}`;
    element.append(face('', ''), body('', text, new Date(), word, problem));
    byId('pending').append(element);
    own.set(id, { state: word, element });
    added(true, false);
    return;
  }
  known.state = word;
  if (known.element) setState(known.element.querySelector('.state'), word, problem);
  else if (word === 'everywhere') own.delete(id);
  if (word === 'refused') say(`Not sent: ${problem}`);
}

export function served(server, moved, after) {
  const before = current;
  current = server;
  paintServers();
  chip('live', server);
  if (before && before !== server || moved && !before) {
    const how = before ? `Moved from ${before} to ${server}` : `Back, now at ${server}`;
    const follow = atNewest();
    byId('messages').append(move(how, before ? `after ${after < 10 ? after.toFixed(1) : Math.round(after)} ms` : '', colour(server)));
    added(follow, false);
    say(`${how}. Nothing is lost.`);
  } else if (!before) say(`Served by ${server}`);
}

export function interrupted(reason) {
  chip('looking', 'Looking for a server', reason);
}

export function refused(reason) {
  askedAgain(reason);
}

export function ended(reason) {
  chip('ended', 'Closed', reason);
  byId('write-problem').textContent = reason;
}

export function people(count, names) {
  byId('people-count').textContent = count;
  const rows = names.map(name => item('li', '', name));
  if (count > names.length) rows.push(item('li', 'others', `and ${count - names.length} more`));
  byId('people').replaceChildren(...rows);
}

let known = [];
export function servers(addresses, states) {
  const next = addresses.map((address, i) => ({ address, state: states[i] })).sort((a, b) => a.address < b.address ? -1 : 1);
  if (JSON.stringify(next) === JSON.stringify(known) && byId('servers').children.length) return;
  known = next;
  order = known.map(one => one.address);
  byId('more').className = `chip ${colour(current)}`;
  paintServers();
}

export function note(text) {
  console.info(text);
}

function paintServers() {
  byId('servers').replaceChildren(...known.map(({ address, state }) => {
    const serves = address === current && byId('more').dataset.state === 'live';
    const row = item('li', `${colour(address)}${serves ? ' serves' : ''}${serves || state === 'ready' ? '' : ' away'}`);
    row.append(item('span', 'dot'), item('span', 'address', address), item('span', 'what', serves ? 'serves you' : state));
    return row;
  }));
}

function chip(state, text, title = '') {
  const more = byId('more');
  more.dataset.state = state;
  more.className = `chip ${colour(current)}`;
  more.title = title;
  byId('served').textContent = text;
  paintServers();
}

function face(sender, name) {
  const disc = item('span', 'face', [...name][0]?.toUpperCase() ?? '');
  disc.setAttribute('aria-hidden', 'true');
  let hash = 7;
  for (const letter of sender) hash = (hash * 31 + letter.charCodeAt(0)) % 360;
  disc.style.setProperty('--hue', hash);
  return disc;
}

function body(name, text, time, state, problem = '') {
  const all = item('div', 'body');
  const head = item('p', 'head');
  head.append(item('span', 'who', state ? 'You' : name), clock(time));
  const foot = item('p', 'state');
  setState(foot, state, problem);
  all.append(head, item('p', 'text', text), foot);
  return all;
}

function clock(time) {
  const shown = item('time', '', time.toLocaleTimeString([], { hour: '2-digit', minute: '2-digit' }));
  shown.dateTime = time.toISOString();
  return shown;
}

const words = { sending: 'sending', sent: 'sent', everywhere: 'on every server', refused: 'not sent' };
function setState(element, word, problem = '') {
  element.dataset.state = word;
  element.textContent = word ? words[word] + (problem ? `: ${problem}` : '') : '';
}

function added(follow, news) {
  byId('empty').hidden = true;
  trim();
  if (follow) toNewest();
  else if (news) {
    behind++;
    byId('newest').hidden = false;
  }
  if (news && document.hidden) document.title = `(${++behind}) ${byId('room-title').textContent}`;
}

// What is being read stays where it is, and stays at all unless it is twice too much.
function trim() {
  const [scroll, lines] = [byId('scroll'), byId('messages').children];
  if (lines.length < full) return;
  let count = lines.length - most;
  const edge = lines.length > 2 * most ? Infinity : scroll.getBoundingClientRect().top;
  while (count > 0 && lines[count - 1].getBoundingClientRect().bottom > edge) count--;
  const place = () => lines[lines.length - 1].getBoundingClientRect().top + scroll.scrollTop;
  const [top, before] = [scroll.scrollTop, place()];
  for (const line of [...lines].slice(0, count)) {
    const known = own.get(line.dataset.id);
    if (known?.state === 'everywhere') own.delete(line.dataset.id);
    else if (known) known.element = null;
    line.remove();
  }
  // Whose they are is told again.
  lines[0].classList.remove('goes-on');
  scroll.scrollTop = top - (before - place());
  full = lines.length + bunch;
}

function seen() {
  behind = 0;
  byId('newest').hidden = true;
  document.title = byId('room-title').textContent || 'Chat';
}

function atNewest() {
  const scroll = byId('scroll');
  return scroll.scrollHeight - scroll.scrollTop - scroll.clientHeight < 80;
}

function toNewest() {
  byId('scroll').scrollTop = byId('scroll').scrollHeight;
  seen();
}

function unfold(open) {
  byId('more').setAttribute('aria-expanded', open);
  byId('side').classList.toggle('open', open);
}

function say(text) {
  byId('status').textContent = text;
}
