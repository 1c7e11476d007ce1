import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import { answer, backend, failure, read } from './backend.mjs';
import { createFetch } from '../dist/index.js';

const URL = 'https://abcd.supabase.co/rest/v1/t';
const fetch = createFetch();
const sent = () => backend.called('fetch').map(read);

beforeEach(() => backend.reset({ fetch: () => answer(200), cancel_fetch: null }));

test('a request crosses whole: address, method, headers, bytes', async () => {
  const bytes = Uint8Array.from([0, 255, 13, 10]);
  const headers = { Prefer: 'count=exact', 'X-Mine': 'yes' };

  await fetch(`${URL}?select=a b&x=%2F#part`, { method: 'post', headers, body: bytes });

  const [{ id, body, ...rest }] = sent();
  assert.deepEqual(rest, {
    method: 'POST',
    url: `${URL}?select=a%20b&x=%2F#part`,
    headers: [['prefer', 'count=exact'], ['x-mine', 'yes']],
    has_body: true,
  });
  assert.deepEqual(body, Buffer.from(bytes));
  assert.match(id, /^[a-z0-9]+-\d+$/);
});

test('every request has an id of its own', async () => {
  await fetch(URL);
  await fetch(URL);

  const [first, second] = sent();
  assert.notEqual(first.id, second.id);
});

test('bodies that browsers know are encoded as they would, with their content type', async () => {
  const form = new FormData();
  form.append('say "a"\n', 'one\ntwo');
  form.append('file', new Blob(['picture'], { type: 'image/png' }), 'ä.png');
  const bodies = [
    ['text', 'text/plain;charset=UTF-8', /^text$/],
    [new Blob(['blob'], { type: 'image/png' }), 'image/png', /^blob$/],
    [new URLSearchParams({ a: 'b c' }), 'application/x-www-form-urlencoded;charset=UTF-8', /^a=b\+c$/],
    [form, /^multipart\/form-data; boundary=/, /^(--\S+)\r\nContent-Disposition: form-data; name="say %22a%22%0D%0A"\r\n\r\none\r\ntwo\r\n\1\r\nContent-Disposition: form-data; name="file"; filename="ä.png"\r\nContent-Type: image\/png\r\n\r\npicture\r\n\1--\r\n$/],
  ];
  for (const [body] of bodies) await fetch(URL, { method: 'PUT', body });

  sent().forEach(({ headers, body }, at) => {
    const [, type, content] = bodies[at];
    assert.match(new Map(headers).get('content-type'), type instanceof RegExp ? type : new RegExp(`^${type.replace(/[+]/g, '\\+')}$`, 'i'));
    assert.match(body.toString(), content);
  });
});

test('a form is read again by who gets it', async () => {
  const form = new FormData();
  form.append('a', 'ä');
  form.append('b', new File([Uint8Array.from([0, 255])], 'b".bin'));
  await fetch(URL, { method: 'POST', body: form });

  const [{ headers, body }] = sent();
  const read = await new Response(body, { headers }).formData();
  assert.equal(read.get('a'), 'ä');
  assert.deepEqual([...new Uint8Array(await read.get('b').arrayBuffer())], [0, 255]);
});

test('a content type that is given stays', async () => {
  await fetch(URL, { method: 'POST', body: new Blob(['x'], { type: 'a/b' }), headers: { 'Content-Type': 'c/d' } });

  assert.deepEqual(sent()[0].headers, [['content-type', 'c/d']]);
});

test('GET and HEAD have no body, and a Request is taken as well as an address', async () => {
  await fetch(new globalThis.URL(URL));
  await fetch(new Request(URL, { method: 'HEAD', headers: { accept: 'a/b' } }));
  await fetch(new Request(URL, { method: 'DELETE' }), { method: 'PATCH', body: 'x' });

  const requests = sent().map(({ method, has_body, body }) => [method, has_body, body.toString()]);
  assert.deepEqual(requests, [['GET', false, ''], ['HEAD', false, ''], ['PATCH', true, 'x']]);
});

test('the answer is a Response with its status, headers and bytes', async () => {
  backend.answers.fetch = () => answer(206, [['content-range', '0-1/2'], ['content-type', 'application/json']], '["ä"]');

  const response = await fetch(URL);

  assert.ok(response instanceof Response);
  assert.deepEqual([response.status, response.ok, response.url], [206, true, URL]);
  assert.equal(response.headers.get('Content-Range'), '0-1/2');
  assert.deepEqual(await response.clone().json(), ['ä']);
  assert.deepEqual([...new Uint8Array(await response.arrayBuffer())], [...Buffer.from('["ä"]')]);
});

test('errors of the API are answers', async () => {
  backend.answers.fetch = () => answer(404, [], '{"code":"PGRST205"}');

  const response = await fetch(URL);

  assert.deepEqual([response.ok, response.status, await response.json()], [false, 404, { code: 'PGRST205' }]);
});

test('statuses without a body have none', async () => {
  for (const status of [204, 205, 304]) {
    backend.answers.fetch = () => answer(status);
    const response = await fetch(URL);
    assert.deepEqual([response.status, response.body], [status, null]);
  }
});

test('an answer that comes as numbers, without Tauri\'s custom protocol, is read too', async () => {
  backend.answers.fetch = () => [...new Uint8Array(answer(200, [['etag', 'e']], 'body'))];

  const response = await fetch(URL);

  assert.deepEqual([response.headers.get('etag'), await response.text()], ['e', 'body']);
});

test('no answer is a TypeError, as with any fetch, with the code of the plugin', async () => {
  backend.answers.fetch = () => Promise.reject(failure('offline', 'the server cannot be reached'));

  await assert.rejects(fetch(URL), (error) => {
    assert.ok(error instanceof TypeError);
    assert.deepEqual([error.message, error.code], ['the server cannot be reached', 'offline']);
    return true;
  });

  backend.reset();
  await assert.rejects(fetch(URL), { name: 'TypeError', message: 'fetch not allowed', code: 'internal' });
});

test('what is no request is refused by the browser before anything is sent', async () => {
  await assert.rejects(fetch('no address'), TypeError);
  await assert.rejects(fetch(URL, { method: 'GET', body: 'x' }), TypeError);
  await assert.rejects(fetch(URL, { method: 'TRACE' }), TypeError);

  assert.deepEqual(backend.calls, []);
});

test('an abort rejects at once with its reason and ends the request in the backend', async () => {
  const controller = new AbortController();
  const asked = new Promise((resolve) => {
    backend.answers.fetch = () => {
      resolve();
      return new Promise(() => {});
    };
  });
  const pending = fetch(URL, { signal: controller.signal });
  await asked;

  controller.abort();

  await assert.rejects(pending, { name: 'AbortError' });
  assert.deepEqual(backend.called('cancel_fetch'), [{ id: sent()[0].id }]);
});

test('an abort with a reason of its own rejects with it', async () => {
  const controller = new AbortController();
  const reason = new Error('mine');
  backend.answers.fetch = () => {
    controller.abort(reason);
    return Promise.reject(failure('cancelled'));
  };

  await assert.rejects(fetch(URL, { signal: controller.signal }), (error) => error === reason);
});

test('a signal that is aborted already sends nothing', async () => {
  await assert.rejects(fetch(URL, { signal: AbortSignal.abort() }), { name: 'AbortError' });

  assert.deepEqual(backend.calls, []);
});

test('an abort that comes too late changes nothing', async () => {
  const controller = new AbortController();
  const response = await fetch(URL, { signal: controller.signal });

  controller.abort();

  assert.equal(response.status, 200);
  assert.deepEqual(backend.called('cancel_fetch'), []);
});
