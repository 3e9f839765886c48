// Pieces of the list of messages, made of text only.
export function item(tag, kind, text = '') {
  const element = document.createElement(tag);
  if (kind) element.className = kind;
  element.textContent = text;
  return element;
}

export function day(time) {
  return time.toLocaleDateString([], { weekday: 'long', day: 'numeric', month: 'long' });
}

export function move(how, after, colour) {
  const row = item('li', `move ${colour}`);
  row.append(item('span', 'knot'), item('span', '', how));
  if (after) row.append(item('span', 'after', after));
  row.append(item('time', '', new Date().toLocaleTimeString()));
  return row;
}
