// A session that supabase-js has kept in the page: what is handed over, and when the copy goes.
import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import { createClient } from '@supabase/supabase-js';
import { backend, failure } from './backend.mjs';
import { cookieStorage, importSession } from '../dist/index.js';

const ADA = { id: 'ada', email: 'ada@example.com', user_metadata: {} };
const NOBODY = { user: null, session: null };
const KEY = 'sb-abcd-auth-token';

// What `localStorage` does: keys have numbers, which move up when one is removed.
class MemoryStorage {
  constructor(values) {
    this.values = new Map(Object.entries(values));
  }
  get length() {
    return this.values.size;
  }
  key = (index) => [...this.values.keys()][index] ?? null;
  getItem = (key) => this.values.get(key) ?? null;
  setItem = (key, value) => void this.values.set(key, value);
  removeItem = (key) => void this.values.delete(key);
  left = () => [...this.values.keys()];
}

// Realtime wants one; Node 20 has none.
globalThis.WebSocket ??= class {};

beforeEach(() => backend.reset({ import_session: { is_saved: true }, get_session: ADA }));

test('a session is handed over whole, and then it and what lies beside it is gone', async () => {
  const others = { theme: 'dark', 'sb-abcd-auth-token-of-mine': '1', 'sb-efgh-other': '2' };
  const table = [
    [{ [KEY]: '{"a":1}' }, '{"a":1}'],
    [{ [KEY]: '{"a":1}', [`${KEY}-user`]: '{}', [`${KEY}-code-verifier`]: '"v"' }, '{"a":1}'],
    [{ [`${KEY}.1`]: 'Mn0', [`${KEY}.0`]: 'base64-eyJhIjo', [`${KEY}.2`]: 'X' }, 'base64-eyJhIjoMn0X'],
    [{ [`${KEY}-code-verifier.0`]: 'v', [KEY]: 'base64-e30' }, 'base64-e30'],
    // A chunk of a session before it, longer than this one.
    [{ [KEY]: 'base64-e30', [`${KEY}.3`]: 'old' }, 'base64-e30'],
  ];
  for (const [kept, session] of table) {
    backend.calls = [];
    const storage = new MemoryStorage({ ...kept, ...others });

    assert.deepEqual(await importSession(storage), { data: { user: ADA, session: { user: ADA } }, error: null });

    assert.deepEqual(backend.called('import_session'), [{ key: KEY, session }]);
    assert.deepEqual(storage.left(), Object.keys(others));
  }
});

test('where nothing is kept nobody is asked', async () => {
  for (const kept of [{}, { theme: 'dark' }, { [KEY]: '' }, { [`${KEY}-code-verifier`]: 'v' }, { [`${KEY}.1`]: 'x' }]) {
    assert.deepEqual(await importSession(new MemoryStorage(kept)), { data: NOBODY, error: null });
  }
  assert.deepEqual(backend.calls, []);
});

test('refused, unreachable or not stored: the copy stays', async () => {
  const kept = { [`${KEY}.0`]: 'a', [`${KEY}.1`]: 'b' };
  for (const code of ['signed_in', 'session_invalid', 'session_over', 'offline', 'banned']) {
    backend.answers.import_session = () => Promise.reject(failure(code));
    const storage = new MemoryStorage(kept);

    const { data, error } = await importSession(storage);

    assert.deepEqual([data, error.details.code], [NOBODY, code]);
    assert.deepEqual(storage.left(), Object.keys(kept));
  }
  delete backend.answers.import_session;
  const storage = new MemoryStorage(kept);
  assert.equal((await importSession(storage)).error.code, 'internal');
  assert.deepEqual(storage.left(), Object.keys(kept));

  backend.answers.import_session = { is_saved: false };
  assert.deepEqual((await importSession(storage)).data.user, ADA);
  assert.deepEqual(storage.left(), Object.keys(kept));
});

test('of several sessions the one that the project takes is the one, and the others stay', async () => {
  const kept = { 'sb-efgh-auth-token': 'other', [KEY]: 'ours', 'sb-ijkl-auth-token': 'third' };
  backend.answers.import_session = ({ session }) =>
    session === 'ours' ? { is_saved: true } : Promise.reject(failure('session_invalid'));
  const storage = new MemoryStorage(kept);

  assert.equal((await importSession(storage)).error, null);
  assert.deepEqual(storage.left(), ['sb-efgh-auth-token', 'sb-ijkl-auth-token']);

  // Without an answer none of the others is shown to anybody.
  backend.reset({ import_session: () => Promise.reject(failure('offline')) });
  assert.equal((await importSession(new MemoryStorage(kept))).error.code, 'offline');
  assert.equal(backend.called('import_session').length, 1);
});

test('a name that the app gave', async () => {
  const storage = new MemoryStorage({ session: '{}', [KEY]: '{}' });

  await importSession(storage, 'session');

  assert.deepEqual(backend.called('import_session'), [{ key: 'session', session: '{}' }]);
  assert.deepEqual(storage.left(), [KEY]);
});

test('cookies are read as they are written, and removed where they lie', async () => {
  const set = [];
  globalThis.document = {
    get cookie() {
      return `theme=dark; ${KEY}.0=base64-e; ${KEY}.1=30; broken=%; none`;
    },
    set cookie(text) {
      set.push(text);
    },
  };
  try {
    assert.equal((await importSession(cookieStorage())).error, null);
    assert.deepEqual(backend.called('import_session'), [{ key: KEY, session: 'base64-e30' }]);
    assert.deepEqual(set, [`${KEY}.0=; Path=/; Max-Age=0`, `${KEY}.1=; Path=/; Max-Age=0`]);
    assert.equal(cookieStorage().getItem('broken'), '%');
  } finally {
    delete globalThis.document;
  }
});

test('what supabase-js itself keeps is found', async () => {
  const session = { access_token: 'e30.e30.e30', refresh_token: 'r', expires_in: 3600, token_type: 'bearer', user: ADA };
  const storage = new MemoryStorage({});
  const supabase = createClient('https://abcd.supabase.co', 'sb_publishable_x', {
    auth: { storage, autoRefreshToken: false },
    global: { fetch: async () => new Response(JSON.stringify(session), { status: 200, headers: { 'content-type': 'application/json' } }) },
  });
  await supabase.auth.signInWithPassword({ email: ADA.email, password: 'x' });

  assert.equal((await importSession(storage)).error, null);

  const [{ key, session: kept }] = backend.called('import_session');
  assert.equal(key, KEY);
  assert.deepEqual([JSON.parse(kept).access_token, JSON.parse(kept).refresh_token], ['e30.e30.e30', 'r']);
  assert.deepEqual(storage.left(), []);
});
