// The server side of the Supabase docs: @supabase/ssr with the cookies of a browser, one client for each request.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';

import { Jar, SESSION } from './browser.mjs';
import { CALLBACK, codeFromMail, ok, PASSWORD, signedIn } from './people.mjs';
import { newestMail, sql, startServer } from './server.mjs';

let server;
before(async () => {
  server = await startServer();
});
after(async () => {
  if (server) assert.equal(await server.stop(), 0, 'a signal ends the server cleanly');
});

async function signIn(email, options) {
  await signedIn(server, email, options);
  const jar = new Jar();
  ok(await jar.request(server).auth.signInWithPassword({ email, password: PASSWORD }));
  return jar;
}

describe('a server with @supabase/ssr', () => {
  test('signs in by password and knows the person at the next request', async () => {
    const jar = await signIn('ada@example.com');

    const [name] = jar.names();
    const { path, sameSite, maxAge } = jar.options.get(name);
    assert.deepEqual({ path, sameSite, maxAge }, { path: '/', sameSite: 'lax', maxAge: 400 * 24 * 3600 });
    assert.equal(ok(await jar.request(server).auth.getUser()).user.email, 'ada@example.com');
    assert.equal(ok(await jar.request(server).auth.getClaims()).claims.email, 'ada@example.com');
  });

  test('keeps the verifier in a cookie between the form and the callback', async () => {
    const jar = new Jar();
    ok(await jar.request(server).auth.signInWithOtp({ email: 'pkce@example.com', options: { emailRedirectTo: CALLBACK } }));
    assert.ok([...jar.cookies.keys()].some((name) => name.endsWith('-code-verifier')));

    const code = await codeFromMail(server, 'pkce@example.com');
    assert.ok((await new Jar().request(server).auth.exchangeCodeForSession(code)).error, 'another browser has no verifier');
    ok(await jar.request(server).auth.exchangeCodeForSession(code));

    assert.equal(ok(await jar.request(server).auth.getUser()).user.email, 'pkce@example.com');
  });

  test('confirms by the hash of a mail', async () => {
    const jar = new Jar();
    ok(await jar.request(server).auth.signUp({ email: 'hash@example.com', password: PASSWORD }));
    const token_hash = new URL((await newestMail(server, 'hash@example.com')).link).searchParams.get('token');
    const browser = new Jar();

    ok(await browser.request(server).auth.verifyOtp({ token_hash, type: 'email' }));

    assert.equal(browser.session().user.email, 'hash@example.com');
  });

  test('refreshes an expired session once for a request and writes it back', async () => {
    const jar = await signIn('refresh@example.com');
    const before = jar.session();
    jar.age();

    const supabase = jar.request(server);
    ok(await supabase.auth.getUser());
    ok(await supabase.auth.getUser());

    const after = jar.session();
    assert.notEqual(after.refresh_token, before.refresh_token);
    assert.ok(after.expires_at > Date.now() / 1000);
    const [{ count }] = await sql(
      server,
      `select count(*)::int from auth.refresh_tokens where user_id = '${before.user.id}' and parent is not null`,
    );
    assert.equal(count, 1);
  });

  test('cuts a long session into chunks and takes stale ones away', async () => {
    const jar = await signIn('long@example.com');
    const few = jar.names();
    // The access token says what the person said when it was issued.
    const say = async (about) => {
      ok(await jar.request(server).auth.updateUser({ data: { about } }));
      ok(await jar.request(server).auth.refreshSession());
    };

    await say('ä'.repeat(1500));
    const many = jar.names();
    assert.deepEqual(many, many.map((_, at) => `${SESSION}.${at}`));
    assert.ok(many.length > few.length + 1, `${many}`);
    assert.equal(ok(await jar.request(server).auth.getUser()).user.user_metadata.about.length, 1500);

    await say(null);
    assert.deepEqual(jar.names(), few);
    assert.equal(ok(await jar.request(server).auth.getUser()).user.user_metadata.about, undefined);
  });

  test('signs out and leaves no cookie behind', async () => {
    const jar = await signIn('out@example.com');

    assert.equal((await jar.request(server).auth.signOut()).error, null);

    assert.deepEqual(jar.names(), []);
    assert.equal((await jar.request(server).auth.getUser()).data.user, null);
  });
});
