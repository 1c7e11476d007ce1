// supabase-js itself on `createFetch`: every kind of call that it makes arrives, and what it sends of its own key is
// no token of anybody.
import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import { createClient } from '@supabase/supabase-js';
import { answer, backend, read } from './backend.mjs';
import { createFetch } from '../dist/index.js';

// Realtime wants one; Node 20 has none.
globalThis.WebSocket ??= class {};

const supabase = createClient('https://abcd.supabase.co', 'sb_publishable_x', {
  accessToken: async () => null,
  global: { fetch: createFetch() },
});
const sent = () => backend.called('fetch').map(read);
const json = (status, value, headers = []) =>
  answer(status, [['content-type', 'application/json'], ...headers], JSON.stringify(value));

beforeEach(() => backend.reset({ cancel_fetch: null }));

test('rows: select, count, upsert, and the words of a refusal', async () => {
  backend.answers.fetch = () => json(206, [{ id: 1 }], [['content-range', '0-0/7']]);
  const selected = await supabase.from('profiles').select('*', { count: 'exact' }).eq('username', 'a&b').limit(1);
  assert.deepEqual([selected.data, selected.count, selected.error], [[{ id: 1 }], 7, null]);

  backend.answers.fetch = () => answer(200, [['content-range', '*/3']]);
  const counted = await supabase.from('profiles').select('*', { count: 'exact', head: true });
  assert.deepEqual([counted.count, counted.error], [3, null]);

  backend.answers.fetch = () => answer(201);
  assert.equal((await supabase.from('profiles').upsert({ id: 1 })).status, 201);

  backend.answers.fetch = () => json(403, { code: '42501', message: 'no', details: null, hint: null });
  assert.equal((await supabase.from('profiles').delete().eq('id', 1)).error.code, '42501');

  const requests = sent();
  assert.deepEqual(requests.map(({ method }) => method), ['GET', 'HEAD', 'POST', 'DELETE']);
  assert.equal(requests[0].url, 'https://abcd.supabase.co/rest/v1/profiles?select=*&username=eq.a%26b&limit=1');
  assert.equal(requests[2].body.toString(), '{"id":1}');
  assert.match(new Map(requests[2].headers).get('prefer'), /resolution=merge-duplicates/);
});

test('objects: upload of a file and of bytes, download, remove', async () => {
  const bucket = supabase.storage.from('avatars');
  backend.answers.fetch = () => json(200, { Key: 'avatars/a b.png', Id: '1' });
  const file = new Blob([Uint8Array.from([1, 2, 3])], { type: 'image/png' });
  assert.equal((await bucket.upload('me/a b.png', file, { upsert: true })).error, null);
  assert.equal((await bucket.upload('me/c.png', new ArrayBuffer(4), { contentType: 'image/png' })).error, null);

  backend.answers.fetch = () => answer(200, [['content-type', 'image/png']], Uint8Array.from([0, 255]));
  const { data } = await bucket.download('me/a b.png');
  assert.deepEqual([data.type, [...new Uint8Array(await data.arrayBuffer())]], ['image/png', [0, 255]]);

  backend.answers.fetch = () => json(200, [{ name: 'me/c.png' }]);
  assert.equal((await bucket.remove(['me/c.png'])).error, null);

  const [upload, bytes, download, remove] = sent();
  assert.equal(upload.url, 'https://abcd.supabase.co/storage/v1/object/avatars/me/a%20b.png');
  assert.match(new Map(upload.headers).get('content-type'), /^multipart\/form-data; boundary=/);
  assert.equal(new Map(upload.headers).get('x-upsert'), 'true');
  assert.deepEqual([bytes.body.length, new Map(bytes.headers).get('content-type')], [4, 'image/png']);
  assert.equal(download.method, 'GET');
  assert.deepEqual([remove.method, remove.body.toString()], ['DELETE', '{"prefixes":["me/c.png"]}']);
});

test('functions and procedures', async () => {
  backend.answers.fetch = () => json(200, { hello: 'Ada' });
  assert.deepEqual((await supabase.functions.invoke('hello', { body: { name: 'Ada' } })).data, { hello: 'Ada' });
  assert.deepEqual((await supabase.rpc('greet', { name: 'Ada' })).data, { hello: 'Ada' });

  backend.answers.fetch = () => answer(500, [['x-relay-error', 'true']], 'no');
  assert.equal((await supabase.functions.invoke('hello')).error.name, 'FunctionsRelayError');

  const [invoked, called] = sent();
  assert.equal(invoked.url, 'https://abcd.supabase.co/functions/v1/hello');
  assert.deepEqual([called.url, called.body.toString()], ['https://abcd.supabase.co/rest/v1/rpc/greet', '{"name":"Ada"}']);
});

test('abortSignal ends a request', async () => {
  const controller = new AbortController();
  backend.answers.fetch = () => {
    controller.abort();
    return new Promise(() => {});
  };

  const { error } = await supabase.from('profiles').select().abortSignal(controller.signal);

  assert.match(error.message, /AbortError/);
  assert.equal(backend.called('cancel_fetch').length, 1);
});

test('nothing but the project\'s key is sent as a credential, and supabase.auth is not there to hold tokens', async () => {
  backend.answers.fetch = () => json(200, []);
  await supabase.from('profiles').select();

  const { authorization, apikey } = Object.fromEntries(sent()[0].headers);
  assert.deepEqual([authorization, apikey], ['Bearer sb_publishable_x', 'sb_publishable_x']);
  assert.throws(() => supabase.auth.getSession());
});
