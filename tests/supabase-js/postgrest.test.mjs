// The same requests, to a real PostgREST and to the local server, by postgrest-js and raw: the answers must agree in status,
// content type, ranges and body.
import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { after, before, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';

import { PostgrestClient } from '@supabase/postgrest-js';

import { missing, startReal, thingsSql } from './real_postgrest.mjs';
import { REQUESTS } from './postgrest_requests.mjs';
import { projectWith, startServer } from './server.mjs';

const SECRET = 'super-secret-jwt-token-with-at-least-32-characters-long';
const COMPARED = ['content-type', 'content-range', 'preference-applied', 'location', 'content-location', 'www-authenticate'];

const now = Math.floor(Date.now() / 1000);
const person = (id) => ({ sub: id, role: 'authenticated', aud: 'authenticated', exp: now + 3600 });
const PEOPLE = {
  ada: sign(person('11111111-1111-4111-8111-111111111111')),
  bob: sign(person('22222222-2222-4222-8222-222222222222')),
  anon: sign({ role: 'anon', exp: now + 3600 }),
  service: sign({ role: 'service_role', exp: now + 3600 }),
  expired: sign({ ...person('11111111-1111-4111-8111-111111111111'), exp: now - 3600 }),
  forged: sign(person('11111111-1111-4111-8111-111111111111'), 'another-secret-with-at-least-32-characters-in-it'),
  stranger: sign({ role: 'nobody_at_all', exp: now + 3600 }),
  garbage: 'garbage',
};

function sign(claims, secret = SECRET) {
  const encode = (value) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const signed = `${encode({ alg: 'HS256', typ: 'JWT' })}.${encode(claims)}`;
  return `${signed}.${createHmac('sha256', secret).update(signed).digest('base64url')}`;
}

const reason = await missing();
if (reason) console.log(`the comparison with a real PostgREST is skipped: ${reason}`);

describe('a real PostgREST and the local server agree', { skip: reason }, () => {
  let project;
  let local;
  let real;
  before(async () => {
    project = await projectWith('', { files: { 'migrations/20261121990000_things.sql': await thingsSql() } });
    local = await startServer(project);
    real = await startReal(SECRET, fileURLToPath(new URL('things.sql', import.meta.url)));
  });
  after(async () => {
    await real?.stop();
    await local?.stop();
    await project?.remove();
  });

  // What a server answers to a request of the list.
  async function answer(base, { as, ask, send }) {
    const headers = { apikey: local.anon_key, ...(as && { Authorization: `Bearer ${PEOPLE[as]}` }) };
    let heard;
    const listen = async (url, init) => {
      const response = await fetch(url, init);
      const text = await response.text();
      heard = view(response, text);
      // A response must be given back for postgrest-js to read; a status without a body takes none.
      return new Response([204, 304].includes(response.status) ? null : text, response);
    };
    if (ask) {
      await ask(new PostgrestClient(base, { headers, fetch: listen, retry: false }));
    } else {
      const [method, path, more = {}, body] = send;
      await listen(`${base}${path}`, { method, headers: { ...headers, ...more }, body });
    }
    return heard;
  }

  for (const { title, accepted, ...request } of REQUESTS) {
    test(title, async () => {
      const [expected, given] = [await answer(real.url, request), await answer(`${local.url}/rest/v1`, request)];
      if (accepted?.answer) return assert.notDeepEqual(given, expected, 'it agrees now: accept it no more');
      [expected, given].forEach((one) => leaveOut(one, accepted ?? {}));
      assert.deepEqual(given, expected);
    });
  }
});

// Takes out of an answer what may differ.
function leaveOut(one, { fields = [], parser, hint }) {
  fields.forEach((field) => delete one[field]);
  if (hint) delete one.body.hint;
  if (parser) one.body = { ...one.body, message: one.body.message.replace(/ \(line \d+, column \d+\)$/, ''), details: null };
}

// What is compared. Keys of an error may stand in any order, those of a row may not.
function view(response, text) {
  const headers = Object.fromEntries(COMPARED.map((name) => [name, response.headers.get(name)]));
  let body = text;
  if (response.ok) {
    try {
      body = JSON.stringify(JSON.parse(text));
    } catch {
      // Not JSON: compared as it is.
    }
  } else if (text) {
    body = JSON.parse(text);
  }
  return { status: response.status, ...headers, body };
}
