// What keeps a session and what ends it, and who may say whose it is, asked by supabase-js itself.
import assert from 'node:assert/strict';
import { generateKeyPairSync, randomUUID } from 'node:crypto';
import { after, before, describe, test } from 'node:test';

import { client as newClient, CALLBACK, events, follow, ok, PASSWORD, signedIn as newPerson } from './people.mjs';
import { newestMail, projectWith, sql, startServer } from './server.mjs';

// The private key of a project, in the file that the CLI reads.
const KID = randomUUID();
const KEYS = JSON.stringify([
  { ...generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({ format: 'jwk' }), kid: KID, alg: 'ES256' },
]);

let project;
let server;
before(async () => {
  project = await projectWith('', {
    edit: {
      '[auth]\n': '[auth]\nsigning_keys_path = "./signing_keys.json"\n',
      'secure_password_change = false': 'secure_password_change = false\nrequire_current_password = true',
    },
    files: { 'signing_keys.json': KEYS },
  });
  server = await startServer(project);
});
after(async () => {
  if (server) assert.equal(await server.stop(), 0, 'a signal ends the server cleanly');
  await project?.remove();
});

const client = () => newClient(server);
const signedIn = (email) => newPerson(server, email);
const session = async (supabase) => ok(await supabase.auth.getSession()).session;
const refreshed = (refresh_token) => client().auth.refreshSession({ refresh_token });

async function secondDevice(email) {
  const supabase = client();
  ok(await supabase.auth.signInWithPassword({ email, password: PASSWORD }));
  return supabase;
}

describe('refresh', () => {
  test('the parent of the active token gives the active one, anything older is refused', async () => {
    const supabase = await signedIn('family@example.com');
    const first = await session(supabase);
    const second = ok(await refreshed(first.refresh_token)).session;
    const again = ok(await refreshed(first.refresh_token)).session;
    assert.equal(again.refresh_token, second.refresh_token, 'a lost answer costs nothing');

    ok(await refreshed(second.refresh_token));
    await sql(server, "update auth.refresh_tokens set updated_at = updated_at - interval '1 hour'");
    assert.equal((await refreshed(first.refresh_token)).error.code, 'refresh_token_already_used');
  });

  test('a session that is told from elsewhere is taken over', async () => {
    const supabase = await signedIn('handed@example.com');
    const { access_token, refresh_token } = await session(supabase);
    const other = client();
    const told = events(other.auth);

    const { user } = ok(await other.auth.setSession({ access_token, refresh_token }));

    assert.equal(user.email, 'handed@example.com');
    assert.ok(told.includes('SIGNED_IN'));
  });

  test('a token that nobody issued signs nobody in', async () => {
    assert.equal((await refreshed('zzzzzzzzzzzz')).error.code, 'refresh_token_not_found');
  });
});

describe('sign-out', () => {
  test('here leaves the other devices alone', async () => {
    const here = await signedIn('here@example.com');
    const there = await secondDevice('here@example.com');

    assert.equal((await here.auth.signOut({ scope: 'local' })).error, null);

    assert.equal(await session(here), null);
    ok(await there.auth.refreshSession());
  });

  test('elsewhere leaves this device alone', async () => {
    const here = await signedIn('others@example.com');
    const there = await secondDevice('others@example.com');

    assert.equal((await here.auth.signOut({ scope: 'others' })).error, null);

    ok(await here.auth.refreshSession());
    // What supabase-js makes of `session_not_found`.
    assert.equal((await there.auth.getUser()).error.name, 'AuthSessionMissingError');
  });

  test('everywhere ends all of them, and tells so', async () => {
    const here = await signedIn('everywhere@example.com');
    const there = await secondDevice('everywhere@example.com');
    const told = events(here.auth);
    const kept = await session(there);

    assert.equal((await here.auth.signOut({ scope: 'global' })).error, null);

    assert.ok(told.includes('SIGNED_OUT'));
    assert.equal((await refreshed(kept.refresh_token)).error.code, 'refresh_token_not_found');
  });
});

describe('passwords', () => {
  test('a new password wants the current one where the project says so', async () => {
    await signedIn('current@example.com');
    const { auth } = await secondDevice('current@example.com');

    assert.equal((await auth.updateUser({ password: 'An0ther-pass' })).error.code, 'current_password_required');
    const wrong = await auth.updateUser({ password: 'An0ther-pass', current_password: 'wrong' });
    assert.ok(wrong.error);
    ok(await auth.updateUser({ password: 'An0ther-pass', current_password: PASSWORD }));
    ok(await client().auth.signInWithPassword({ email: 'current@example.com', password: 'An0ther-pass' }));
  });

  test('a weak password comes back with its reasons, and the same one is no change', async () => {
    const weak = await client().auth.signUp({ email: 'weak@example.com', password: 'abc' });
    assert.deepEqual([weak.error.code, weak.error.reasons], ['weak_password', ['length']]);

    await signedIn('same@example.com');
    const { auth } = await secondDevice('same@example.com');
    const same = await auth.updateUser({ password: PASSWORD, current_password: PASSWORD });
    assert.equal(same.error.code, 'same_password');
  });

  test('after a recovery nobody asks for the forgotten password', async () => {
    await signedIn('forgot@example.com');
    const supabase = client();
    ok(await supabase.auth.resetPasswordForEmail('forgot@example.com', { redirectTo: CALLBACK }));
    const arrived = await follow((await newestMail(server, 'forgot@example.com')).link);
    ok(await supabase.auth.exchangeCodeForSession(arrived.searchParams.get('code')));

    ok(await supabase.auth.updateUser({ password: 'N3w-password' }));
  });
});

describe('claims', () => {
  test('are checked by the key set, without asking who the user is', async () => {
    const supabase = await signedIn('claims@example.com');
    const asked = [];
    const watched = client();
    watched.auth.fetch = (url, init) => {
      asked.push(new URL(url).pathname);
      return fetch(url, init);
    };
    const { access_token } = await session(supabase);

    const { claims, header } = ok(await watched.auth.getClaims(access_token));

    assert.deepEqual([header.alg, header.kid], ['ES256', KID]);
    assert.deepEqual([claims.email, claims.aal, claims.role], ['claims@example.com', 'aal1', 'authenticated']);
    assert.deepEqual(asked, ['/auth/v1/.well-known/jwks.json']);
  });

  test('with one letter changed are refused', async () => {
    const { access_token } = await session(await signedIn('forged@example.com'));
    const [header, payload, signature] = access_token.split('.');
    const forged = JSON.parse(Buffer.from(payload, 'base64url'));
    forged.role = 'service_role';
    const token = [header, Buffer.from(JSON.stringify(forged)).toString('base64url'), signature].join('.');

    assert.equal((await client().auth.getClaims(token)).error.name, 'AuthInvalidJwtError');
    assert.ok((await client().auth.getUser(token)).error);
  });

  test('tables and objects take a token of that key too', async () => {
    const supabase = await signedIn('tables@example.com');
    const { user } = ok(await supabase.auth.getUser());

    assert.equal(ok(await supabase.from('profiles').select('id').eq('id', user.id).single()).id, user.id);
    assert.deepEqual(ok(await supabase.storage.from('avatars').list(user.id)), []);
  });
});
