// Checks signatures with the browser's own ECDSA, for the program, which has none. A line for each envelope of a certificate that is
// signed by the key in it: the key's coordinates, what was signed, and the signature, as they stand in the document.
export async function genuine(text) {
  let whole;
  try {
    whole = JSON.parse(text);
  } catch {
    return '';
  }
  const lineage = Array.isArray(whole?.header?.lineage) ? whole.header.lineage.slice(0, 16) : [];
  const lines = await Promise.all([whole, ...lineage].map(line));
  return lines.filter(Boolean).join('\n');
}

async function line(envelope) {
  try {
    const { jwk } = JSON.parse(new TextDecoder().decode(bytes(envelope.protected)));
    const key = await crypto.subtle.importKey('jwk', { kty: 'EC', crv: 'P-256', x: jwk.x, y: jwk.y }, { name: 'ECDSA', namedCurve: 'P-256' }, false, ['verify']);
    const content = `${envelope.protected}.${envelope.payload}`;
    const good = await crypto.subtle.verify({ name: 'ECDSA', hash: 'SHA-256' }, key, bytes(envelope.signature), new TextEncoder().encode(content));
    return good ? `${jwk.x}.${jwk.y}.${content}.${envelope.signature}` : '';
  } catch {
    // No envelope, no key, or no cryptography here: nothing is genuine then.
    return '';
  }
}

function bytes(base64url) {
  const text = atob(base64url.replaceAll('-', '+').replaceAll('_', '/'));
  return Uint8Array.from(text, character => character.charCodeAt(0));
}
