// What the project's owner does with the service key, by supabase-js: people and links, and nobody else may.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';

import { CALLBACK, client, follow, ok, PASSWORD, signedIn } from './people.mjs';
import { newestMail, startServer } from './server.mjs';

let server;
let admin;
before(async () => {
  server = await startServer();
  ({ admin } = client(server, { key: server.service_role_key }).auth);
});
after(async () => {
  if (server) assert.equal(await server.stop(), 0, 'a signal ends the server cleanly');
});

const signIn = (email, password = PASSWORD) => client(server).auth.signInWithPassword({ email, password });

async function person(email) {
  const { user } = ok(await admin.createUser({ email, password: PASSWORD, email_confirm: true, user_metadata: { full_name: 'Ada' } }));
  return user;
}

describe('the owner', () => {
  test('makes people who can sign in at once, and finds them again', async () => {
    const user = await person('made@example.com');

    ok(await signIn('made@example.com'));
    assert.deepEqual(user.user_metadata, { full_name: 'Ada', email_verified: true });
    assert.deepEqual(ok(await admin.getUserById(user.id)).user.user_metadata, user.user_metadata);
    const { users } = ok(await admin.listUsers({ page: 1, perPage: 50 }));
    assert.ok(users.some(({ id }) => id === user.id));
    const given = ok(await admin.createUser({ email: 'given@example.com', user_metadata: { full_name: 'Ada' } })).user;
    assert.deepEqual(given.user_metadata, { full_name: 'Ada' });
    assert.equal((await admin.createUser({ email: 'made@example.com', password: PASSWORD })).error.code, 'email_exists');
  });

  test('changes them, their password and address included', async () => {
    const { id } = await person('change@example.com');

    const changes = { email: 'changed@example.com', password: 'An0ther-pass', app_metadata: { plan: 'gold' } };
    const { user } = ok(await admin.updateUserById(id, changes));

    assert.deepEqual([user.email, user.app_metadata.plan], ['changed@example.com', 'gold']);
    assert.equal(user.identities[0].identity_data.email, 'change@example.com', 'as the real server answers once');
    const later = ok(await admin.getUserById(id)).user;
    assert.equal(later.identities[0].identity_data.email, 'changed@example.com');
    ok(await signIn('changed@example.com', 'An0ther-pass'));
    await person('other@example.com');
    assert.equal((await admin.updateUserById(id, { email: 'other@example.com' })).error.code, 'email_exists');
  });

  test('lists them in pages', async () => {
    for (const name of ['one', 'two', 'three']) await person(`page-${name}@example.com`);

    const first = ok(await admin.listUsers({ page: 1, perPage: 2 }));
    const second = ok(await admin.listUsers({ page: 2, perPage: 2 }));

    assert.equal(first.users.length, 2);
    assert.deepEqual([first.nextPage, first.lastPage], [2, Math.ceil(first.total / 2)]);
    assert.equal(first.users.filter(({ id }) => second.users.some((other) => other.id === id)).length, 0);
    for (const page of ['invalid', '-1', '1.5']) {
      const { error } = await admin.listUsers({ page });
      assert.deepEqual([error.status, error.code], [400, 'validation_failed'], page);
      assert.match(error.message, /^Bad Pagination Parameters: strconv\.ParseUint: parsing /);
    }
  });

  test('bans them and lets them in again', async () => {
    const { id } = await person('banned@example.com');
    const { session } = ok(await signIn('banned@example.com'));

    ok(await admin.updateUserById(id, { ban_duration: '24h' }));
    assert.equal((await signIn('banned@example.com')).error.code, 'user_banned');
    const refreshed = await client(server).auth.refreshSession({ refresh_token: session.refresh_token });
    assert.equal(refreshed.error.code, 'user_banned');
    ok(await admin.updateUserById(id, { ban_duration: 'none' }));
    ok(await signIn('banned@example.com'));
  });

  test('deletes them, and their sessions end', async () => {
    const { id } = await person('gone@example.com');
    const { session } = ok(await signIn('gone@example.com'));

    ok(await admin.deleteUser(id));

    assert.equal((await admin.getUserById(id)).error.code, 'user_not_found');
    assert.equal((await client(server).auth.getUser(session.access_token)).error.code, 'user_not_found');
  });

  test('makes links of every kind, and each does what it is for', async () => {
    await person('links@example.com');
    const made = async (type, email, more = {}) => ok(await admin.generateLink({ type, email, options: { redirectTo: CALLBACK }, ...more })).properties;

    for (const [type, email, more] of [
      ['signup', 'new-by-link@example.com', { password: PASSWORD }],
      ['invite', 'invited-by-link@example.com'],
      ['magiclink', 'links@example.com'],
      ['recovery', 'links@example.com'],
    ]) {
      const { action_link, verification_type } = await made(type, email, more);
      const arrived = new URLSearchParams((await follow(action_link)).hash.slice(1));
      assert.equal(verification_type, type);
      assert.ok(arrived.get('access_token'), `${type}: ${arrived}`);

      if (type === 'signup' || type === 'invite') continue;
      const { email_otp } = await made(type, email, more);
      ok(await client(server).auth.verifyOtp({ email, token: email_otp, type: 'email' }));
    }
  });

  test('invites by mail, unless there is an account already', async () => {
    ok(await admin.inviteUserByEmail('guest@example.com', { data: { from: 'Ada' }, redirectTo: CALLBACK }));

    const { code, subject } = await newestMail(server, 'guest@example.com');
    assert.equal(subject, "You've been invited");
    const { user } = ok(await client(server).auth.verifyOtp({ email: 'guest@example.com', token: code, type: 'invite' }));
    assert.equal(user.user_metadata.from, 'Ada');
    assert.equal((await admin.inviteUserByEmail('guest@example.com')).error.code, 'email_exists');
  });

  test('signs somebody out by their token', async () => {
    const { auth } = await signedIn(server, 'out@example.com');
    const { session } = ok(await auth.getSession());

    assert.equal((await admin.signOut(session.access_token, 'global')).error, null);

    assert.ok((await auth.refreshSession()).error);
  });

  test('is who has the service key, and nobody else', async () => {
    const { auth } = await signedIn(server, 'curious@example.com');
    const { session } = ok(await auth.getSession());
    const headers = { apikey: server.anon_key, authorization: `Bearer ${session.access_token}` };

    const refused = await fetch(`${server.url}/auth/v1/admin/users`, { headers });

    assert.equal(refused.status, 403);
    assert.equal((await client(server).auth.admin.listUsers()).error.code, 'not_admin');
  });
});
