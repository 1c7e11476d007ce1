// What people and their clients do in these tests: a client, a mailbox, a provider's page, an authenticator.
import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';

import { createClient } from '@supabase/supabase-js';

import { newestMail } from './server.mjs';

export const CALLBACK = 'app.foyer.desktop://auth/callback';
export const PASSWORD = 'Passw0rd!';

// The answer of a call that must have worked.
export const ok = ({ data, error }) => {
  assert.ifError(error);
  return data;
};

// A storage adapter of our own: an object with getItem, setItem and removeItem.
export function memory() {
  const items = new Map();
  return {
    items,
    getItem: async (key) => items.get(key) ?? null,
    setItem: async (key, value) => void items.set(key, value),
    removeItem: async (key) => void items.delete(key),
  };
}

export function client(server, { key = server.anon_key, storage = memory(), auth = {} } = {}) {
  return createClient(server.url, key, {
    auth: { flowType: 'pkce', storage, autoRefreshToken: false, persistSession: true, detectSessionInUrl: false, ...auth },
    // Nothing here listens for changes; without this, supabase-js looks for a WebSocket that Node 20 lacks.
    realtime: { transport: class {} },
  });
}

// Opens a link as a browser does; answers where it was sent.
export async function follow(url) {
  const response = await fetch(url, { redirect: 'manual' });
  assert.ok([302, 303].includes(response.status), `${new URL(url).pathname} answered ${response.status}`);
  return new URL(response.headers.get('location'));
}

// Opens the newest mail's link; answers the code that comes back.
export async function codeFromMail(server, email) {
  const arrived = await follow((await newestMail(server, email)).link);
  assert.equal(arrived.searchParams.get('error'), null);
  return arrived.searchParams.get('code');
}

// Somebody new, signed in.
export async function signedIn(server, email, options = {}) {
  const supabase = client(server, options);
  ok(await supabase.auth.signUp({ email, password: PASSWORD, options: { data: options.data } }));
  const { code } = await newestMail(server, email);
  ok(await supabase.auth.verifyOtp({ email, token: code, type: 'signup' }));
  return supabase;
}

// The events that a client tells, in their order. The first is always INITIAL_SESSION.
export function events(auth) {
  const seen = [];
  auth.onAuthStateChange((event) => void seen.push(event));
  return seen;
}

// What a person does at the provider: agrees on the consent page that `url` opens, or refuses.
export async function answerAtProvider(server, url, email, decision = 'authorize') {
  // Signing in leads there by a redirect, linking names the page itself.
  const page = await fetch(url);
  assert.equal(page.status, 200);
  const consent = new URL(page.url);
  const form = new URLSearchParams({
    redirect_uri: consent.searchParams.get('redirect_uri'),
    state: consent.searchParams.get('state'),
    decision,
    login: email,
    name: 'Octo Cat',
    email,
    verified: 'true',
  });
  const decided = await fetch(new URL('/login/oauth/authorize', server.url), { method: 'POST', body: form, redirect: 'manual' });
  return follow(decided.headers.get('location'));
}

export async function agreeAtProvider(server, url, email) {
  return (await answerAtProvider(server, url, email)).searchParams.get('code');
}

// RFC 6238, as an authenticator app does it.
export function totp(secret) {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
  const bits = [...secret].map((character) => alphabet.indexOf(character).toString(2).padStart(5, '0')).join('');
  const key = Buffer.from(bits.match(/.{8}/g).map((byte) => parseInt(byte, 2)));
  const step = Buffer.alloc(8);
  step.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30_000)));
  const digest = createHmac('sha1', key).update(step).digest();
  const number = digest.readUInt32BE(digest[19] & 0xf) & 0x7fffffff;
  return String(number % 1_000_000).padStart(6, '0');
}
