// A browser, as far as cookies go: what it keeps between requests, and a client or a form of one request.
import assert from 'node:assert/strict';

import { createServerClient } from '@supabase/ssr';

export const SESSION = 'sb-127-auth-token';
const PREFIX = 'base64-';

// What a browser keeps.
export class Jar {
  cookies = new Map();
  options = new Map();

  // The client of one request with these cookies, as a server that uses @supabase/ssr makes it.
  request(server) {
    const cookies = {
      getAll: () => [...this.cookies].map(([name, value]) => ({ name, value })),
      setAll: (all) => all.forEach(({ name, value, options }) => this.set(name, value, options)),
    };
    return createServerClient(server.url, server.anon_key, { cookies, realtime: { transport: class {} } });
  }

  set(name, value, options) {
    if (options.maxAge === 0) return void this.cookies.delete(name);
    this.cookies.set(name, value);
    this.options.set(name, options);
  }

  names() {
    const number = (name) => Number(name.split('.')[1] ?? -1);
    const ours = [...this.cookies.keys()].filter((name) => /^sb-127-auth-token(\.\d+)?$/.test(name));
    return ours.sort((one, other) => number(one) - number(other));
  }

  session() {
    const text = this.names().map((name) => this.cookies.get(name)).join('');
    assert.ok(text.startsWith(PREFIX));
    return JSON.parse(Buffer.from(text.slice(PREFIX.length), 'base64url'));
  }

  // Replaces the session as if time had passed since it was written.
  age() {
    const aged = { ...this.session(), expires_at: Math.floor(Date.now() / 1000) - 5 };
    const text = PREFIX + Buffer.from(JSON.stringify(aged)).toString('base64url');
    this.names().forEach((name, at, names) => {
      const end = at === names.length - 1 ? undefined : (at + 1) * 3180;
      this.cookies.set(name, text.slice(at * 3180, end));
    });
  }
}

// A browser at a site: follows no redirect by itself, so that a test sees each.
export class Browser extends Jar {
  constructor(site) {
    super();
    this.site = site;
  }

  get(path) {
    return this.#send(path, {});
  }

  // Sends a form from a page of `origin`.
  post(path, fields, origin = this.site) {
    const body = new URLSearchParams(fields);
    return this.#send(path, { method: 'POST', body, headers: { origin } });
  }

  async #send(path, init) {
    const cookie = [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const headers = { ...init.headers, ...(cookie && { cookie }) };
    const response = await fetch(new URL(path, this.site), { ...init, headers, redirect: 'manual' });
    response.headers.getSetCookie().forEach((line) => this.#keep(line));
    return { status: response.status, to: response.headers.get('location'), headers: response.headers, html: await response.text() };
  }

  #keep(line) {
    const [pair, ...attributes] = line.split('; ');
    const [name, value] = pair.split('=');
    const options = Object.fromEntries(attributes.map((attribute) => attribute.split('=')));
    this.set(name, value, { ...options, maxAge: Number(options['Max-Age']) });
  }
}
