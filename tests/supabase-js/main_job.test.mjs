// The main job, done by supabase-js itself: sign up by mail with PKCE, profile, avatar, refresh, sign out.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';

import { CALLBACK as BARE, client as newClient, memory, ok, PASSWORD } from './people.mjs';
import { newestMail, sql, startServer } from './server.mjs';

const CALLBACK = `${BARE}?flow=n0nce`;
const PICTURE = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

let server;
before(async () => {
  server = await startServer();
});
after(async () => {
  if (server) assert.equal(await server.stop(), 0, 'a signal ends the server cleanly');
});

const client = (storage) => newClient(server, { storage });

async function signUp(supabase, email) {
  const data = ok(
    await supabase.auth.signUp({
      email,
      password: PASSWORD,
      options: { emailRedirectTo: CALLBACK, data: { full_name: 'Ada Lovelace' } },
    }),
  );
  assert.equal(data.session, null, 'nobody is signed in before the mail is opened');
  return data.user;
}

async function openMail(email) {
  const mail = await newestMail(server, email);
  assert.match(mail.code, /^\d{6}$/);
  const response = await fetch(mail.link, { redirect: 'manual' });
  assert.equal(response.status, 303);
  const callback = new URL(response.headers.get('location'));
  assert.equal(callback.searchParams.get('flow'), 'n0nce');
  return callback.searchParams.get('code');
}

async function signedIn(email) {
  const supabase = client();
  await signUp(supabase, email);
  ok(await supabase.auth.exchangeCodeForSession(await openMail(email)));
  return supabase;
}

describe('the main job', () => {
  test('a sign-up is finished by the link of its mail, once', async () => {
    const storage = memory();
    const supabase = client(storage);
    const user = await signUp(supabase, 'ada@example.com');
    const code = await openMail('ada@example.com');

    const { session } = ok(await supabase.auth.exchangeCodeForSession(code));
    assert.equal(session.user.id, user.id);
    assert.ok([...storage.items.keys()].some((key) => key.endsWith('-auth-token')), 'the session was stored');

    const again = await client().auth.signInWithPassword({ email: 'ada@example.com', password: 'wrong' });
    assert.equal(again.error.code, 'invalid_credentials');
    const [row] = await sql(server, "select email_confirmed_at is not null as confirmed from auth.users where email = 'ada@example.com'");
    assert.equal(row.confirmed, true);
  });

  test('the typed code of the mail signs in as well', async () => {
    const supabase = client();
    await signUp(supabase, 'code@example.com');
    const { code } = await newestMail(server, 'code@example.com');

    const { session } = ok(await supabase.auth.verifyOtp({ email: 'code@example.com', token: code, type: 'signup' }));
    assert.equal(session.user.email, 'code@example.com');
  });

  test('a password signs in, and the server says who that is', async () => {
    await signedIn('password@example.com');
    const supabase = client();

    ok(await supabase.auth.signInWithPassword({ email: 'password@example.com', password: PASSWORD }));
    const { user } = ok(await supabase.auth.getUser());
    assert.equal(user.email, 'password@example.com');
  });

  test('the profile is read and written by its owner only', async () => {
    const ada = await signedIn('profile@example.com');
    const bob = await signedIn('bob@example.com');
    const { user } = ok(await ada.auth.getUser());
    const columns = 'full_name, username, website, avatar_url';

    const made = ok(await ada.from('profiles').select(columns).eq('id', user.id).single());
    assert.equal(made.full_name, 'Ada Lovelace', 'the trigger made the row');

    const updated_at = new Date().toISOString();
    const row = { id: user.id, username: 'ada_l', website: 'https://ada.example', updated_at };
    ok(await ada.from('profiles').upsert(row));
    const saved = ok(await bob.from('profiles').select(columns).eq('id', user.id).single());
    assert.equal(saved.username, 'ada_l', 'everybody may read');

    const stolen = await bob.from('profiles').upsert({ id: user.id, full_name: 'Bob' });
    assert.equal(stolen.error.code, '42501');
    assert.equal(stolen.status, 403);
    const unseen = ok(await bob.from('profiles').update({ full_name: 'Bob' }).eq('id', user.id).select());
    assert.deepEqual(unseen, []);

    const { user: other } = ok(await bob.auth.getUser());
    const taken = await bob.from('profiles').update({ username: 'ada_l' }).eq('id', other.id);
    assert.equal(taken.error.code, '23505');
    const short = await bob.from('profiles').update({ username: 'ab' }).eq('id', other.id);
    assert.equal(short.error.code, '23514');
  });

  test('lists are filtered, ordered, cut and counted', async () => {
    const ada = await signedIn('list@example.com');
    ok(await ada.from('profiles').update({ username: 'zz_list' }).eq('id', ok(await ada.auth.getUser()).user.id));

    const { data, count, error } = await ada
      .from('profiles')
      .select('username', { count: 'exact' })
      .ilike('username', 'zz%')
      .order('username', { ascending: false })
      .range(0, 0);
    assert.ifError(error);
    assert.equal(count, 1);
    assert.deepEqual(data, [{ username: 'zz_list' }]);
    const none = await ada.from('profiles').select().eq('id', '00000000-0000-0000-0000-000000000000').maybeSingle();
    assert.equal(none.data, null);
  });

  test('the avatar is uploaded, downloaded, listed and removed by its owner only', async () => {
    const ada = await signedIn('avatar@example.com');
    const eve = await signedIn('eve@example.com');
    const { user } = ok(await ada.auth.getUser());
    const path = `${user.id}/one.png`;
    const avatars = ada.storage.from('avatars');

    ok(await avatars.upload(path, PICTURE, { contentType: 'image/png' }));
    const again = await avatars.upload(path, PICTURE, { contentType: 'image/png' });
    assert.equal(again.error.statusCode, '409');
    ok(await avatars.upload(path, new Blob([PICTURE], { type: 'image/png' }), { upsert: true }));
    const bytes = Buffer.from(await ok(await avatars.download(path)).arrayBuffer());
    assert.deepEqual(bytes, PICTURE);
    assert.deepEqual(ok(await avatars.list(user.id)).map((object) => object.name), ['one.png']);
    const signed = ok(await avatars.createSignedUrl(path, 60));
    assert.equal((await fetch(signed.signedUrl)).status, 200);

    const foreign = await eve.storage.from('avatars').upload(`${user.id}/two.png`, PICTURE, { contentType: 'image/png' });
    assert.equal(foreign.error.statusCode, '403');
    assert.ok((await eve.storage.from('avatars').download(path)).error, 'nobody else reads it');
    assert.deepEqual(ok(await eve.storage.from('avatars').remove([path])), []);

    assert.deepEqual(ok(await avatars.remove([path])).map((object) => object.name), [path]);
    assert.ok((await avatars.download(path)).error);
  });

  test('a session refreshes, and ends when it is signed out', async () => {
    const supabase = await signedIn('refresh@example.com');
    const before = ok(await supabase.auth.getSession()).session;

    const { session } = ok(await supabase.auth.refreshSession());
    assert.notEqual(session.refresh_token, before.refresh_token);
    ok(await supabase.auth.updateUser({ data: { theme: 'dark' } }));
    assert.equal(ok(await supabase.auth.getUser()).user.user_metadata.theme, 'dark');

    assert.equal((await supabase.auth.signOut({ scope: 'local' })).error, null);
    const { error } = await client().auth.refreshSession({ refresh_token: session.refresh_token });
    assert.equal(error.code, 'refresh_token_not_found');
  });
});
