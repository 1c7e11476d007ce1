// Links from mails and from a provider, with PKCE, taken by auth-js itself: each flow once, and each way that one ends badly.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';

import { AuthClient } from '@supabase/auth-js';

import {
  agreeAtProvider, answerAtProvider, CALLBACK, client, codeFromMail, events, follow, memory, ok, PASSWORD, signedIn, totp,
} from './people.mjs';
import { newestMail, projectWith, sql, startServer } from './server.mjs';

let project;
let server;
before(async () => {
  project = await projectWith('\n[auth.external.github]\nenabled = true\nclient_id = "auth-js"\n', {
    edit: { 'double_confirm_changes = true': 'double_confirm_changes = false' },
  });
  server = await startServer(project);
});
after(async () => {
  if (server) assert.equal(await server.stop(), 0, 'a signal ends the server cleanly');
  await project?.remove();
});

// auth-js alone, as somebody uses it who needs nothing else of Supabase.
function authClient() {
  const headers = { apikey: server.anon_key, Authorization: `Bearer ${server.anon_key}` };
  const options = { flowType: 'pkce', autoRefreshToken: false, detectSessionInUrl: false };
  return new AuthClient({ url: `${server.url}/auth/v1`, headers, storage: memory(), ...options });
}

const account = async (email) => void (await signedIn(server, email));

describe('links with PKCE', () => {
  test('a sign-up link signs in, and tells so once', async () => {
    const auth = authClient();
    const told = events(auth);
    ok(await auth.signUp({ email: 'ada@example.com', password: PASSWORD, options: { emailRedirectTo: CALLBACK } }));

    ok(await auth.exchangeCodeForSession(await codeFromMail(server, 'ada@example.com')));

    assert.equal(ok(await auth.getUser()).user.email, 'ada@example.com');
    assert.deepEqual(told.filter((event) => event === 'SIGNED_IN'), ['SIGNED_IN']);
  });

  test('a magic link opens an account where there is none, unless that is not wanted', async () => {
    const auth = authClient();
    ok(await auth.signInWithOtp({ email: 'magic@example.com', options: { emailRedirectTo: CALLBACK } }));
    ok(await auth.exchangeCodeForSession(await codeFromMail(server, 'magic@example.com')));
    ok(await auth.signInWithOtp({ email: 'magic@example.com', options: { emailRedirectTo: CALLBACK } }));
    const { session } = ok(await auth.exchangeCodeForSession(await codeFromMail(server, 'magic@example.com')));
    assert.equal(session.user.email, 'magic@example.com');

    const options = { emailRedirectTo: CALLBACK, shouldCreateUser: false };
    const refused = await authClient().signInWithOtp({ email: 'stranger@example.com', options });
    assert.equal(refused.error.code, 'otp_disabled');
  });

  test('a recovery link leads to a new password', async () => {
    await account('forgetful@example.com');
    const auth = authClient();
    const told = events(auth);
    ok(await auth.resetPasswordForEmail('forgetful@example.com', { redirectTo: CALLBACK }));

    ok(await auth.exchangeCodeForSession(await codeFromMail(server, 'forgetful@example.com')));
    ok(await auth.updateUser({ password: 'N3w-password' }));

    assert.ok(told.includes('PASSWORD_RECOVERY'));
    ok(await authClient().signInWithPassword({ email: 'forgetful@example.com', password: 'N3w-password' }));
    const old = await authClient().signInWithPassword({ email: 'forgetful@example.com', password: PASSWORD });
    assert.equal(old.error.code, 'invalid_credentials');
  });

  test('a new address is confirmed by one link where the project asks for one', async () => {
    const auth = authClient();
    await account('before@example.com');
    ok(await auth.signInWithPassword({ email: 'before@example.com', password: PASSWORD }));
    ok(await auth.updateUser({ email: 'after@example.com' }, { emailRedirectTo: CALLBACK }));

    const { user } = ok(await auth.exchangeCodeForSession(await codeFromMail(server, 'after@example.com')));

    assert.equal(user.email, 'after@example.com');
  });

  test('an anonymous person becomes a permanent one by a link', async () => {
    const supabase = client(server);
    const { user } = ok(await supabase.auth.signInAnonymously({ options: { data: { theme: 'dark' } } }));
    ok(await supabase.auth.updateUser({ email: 'settled@example.com' }, { emailRedirectTo: CALLBACK }));
    ok(await supabase.auth.exchangeCodeForSession(await codeFromMail(server, 'settled@example.com')));

    const settled = ok(await supabase.auth.updateUser({ password: PASSWORD })).user;
    assert.deepEqual([settled.id, settled.is_anonymous, settled.user_metadata.theme], [user.id, false, 'dark']);
    ok(await client(server).auth.signInWithPassword({ email: 'settled@example.com', password: PASSWORD }));
  });

  test('a provider signs in, or refuses', async () => {
    const auth = authClient();
    const options = { redirectTo: CALLBACK, skipBrowserRedirect: true };
    const { url } = ok(await auth.signInWithOAuth({ provider: 'github', options }));
    ok(await auth.exchangeCodeForSession(await agreeAtProvider(server, url, 'octo@example.com')));
    assert.equal(ok(await auth.getUser()).user.app_metadata.provider, 'github');

    const again = ok(await authClient().signInWithOAuth({ provider: 'github', options }));
    const refused = await answerAtProvider(server, again.url, 'octo@example.com', 'deny');
    assert.equal(refused.searchParams.get('error'), 'access_denied');
    assert.equal(refused.searchParams.get('code'), null);
  });

  test('several flows of one client are told apart by their ids', async () => {
    const auth = authClient();
    await account('first@example.com');
    await account('second@example.com');
    const options = { redirectTo: CALLBACK, skipBrowserRedirect: true };
    const first = ok(await auth.signInWithOAuth({ provider: 'github', options }));
    const second = ok(await auth.signInWithOAuth({ provider: 'github', options }));
    const code = await agreeAtProvider(server, first.url, 'first@example.com');

    const foreign = await auth.exchangeCodeForSession(code, { flowId: second.flowId });
    assert.equal(foreign.error.code, 'bad_code_verifier');
    const { session } = ok(await auth.exchangeCodeForSession(code, { flowId: first.flowId }));
    assert.equal(session.user.email, 'first@example.com');
  });
});

describe('links that end badly', () => {
  test('a code is good once, and only with its own verifier', async () => {
    const auth = authClient();
    ok(await auth.signInWithOtp({ email: 'once@example.com', options: { emailRedirectTo: CALLBACK } }));
    const code = await codeFromMail(server, 'once@example.com');
    const thief = authClient();
    ok(await thief.signInWithOtp({ email: 'thief@example.com' }));

    assert.equal((await thief.exchangeCodeForSession(code)).error.code, 'bad_code_verifier');
    ok(await auth.exchangeCodeForSession(code));
    ok(await auth.signInWithOtp({ email: 'once@example.com' }));
    assert.equal((await auth.exchangeCodeForSession(code)).error.code, 'flow_state_not_found');
  });

  test('a link that was opened before comes back with its reason', async () => {
    const auth = authClient();
    ok(await auth.signInWithOtp({ email: 'twice@example.com', options: { emailRedirectTo: CALLBACK } }));
    const { link } = await newestMail(server, 'twice@example.com');
    await follow(link);

    const again = await follow(link);

    assert.equal(again.searchParams.get('error_code'), 'otp_expired');
    assert.ok(again.href.startsWith(CALLBACK));
  });

  test('a sign-up link that is opened late confirms the address and signs nobody in', async () => {
    const auth = authClient();
    ok(await auth.signUp({ email: 'late@example.com', password: PASSWORD, options: { emailRedirectTo: CALLBACK } }));
    await sql(server, "update auth.flow_state set created_at = created_at - interval '10 minutes'");

    const { error } = await auth.exchangeCodeForSession(await codeFromMail(server, 'late@example.com'));

    assert.equal(error.code, 'flow_state_expired');
    ok(await auth.signInWithPassword({ email: 'late@example.com', password: PASSWORD }));
  });

  test('a scanner that only looks does not spend a link', async () => {
    const auth = authClient();
    ok(await auth.signInWithOtp({ email: 'scanned@example.com', options: { emailRedirectTo: CALLBACK } }));
    const { link } = await newestMail(server, 'scanned@example.com');

    assert.equal((await fetch(link, { method: 'HEAD', redirect: 'manual' })).status, 405);

    ok(await auth.exchangeCodeForSession(await codeFromMail(server, 'scanned@example.com')));
  });
});

describe('links without PKCE', () => {
  test('an invitation comes back with a session in its fragment', async () => {
    const { admin } = client(server, { key: server.service_role_key }).auth;
    ok(await admin.inviteUserByEmail('guest@example.com', { redirectTo: CALLBACK }));

    const arrived = await follow((await newestMail(server, 'guest@example.com')).link);
    const fragment = new URLSearchParams(arrived.hash.slice(1));
    assert.equal(fragment.get('type'), 'invite');

    const [access_token, refresh_token] = ['access_token', 'refresh_token'].map((name) => fragment.get(name));
    const { user } = ok(await authClient().setSession({ access_token, refresh_token }));
    assert.equal(user.email, 'guest@example.com');
  });

  test('the hash of a mail signs in on a device that did not ask, once', async () => {
    await account('hash@example.com');
    ok(await authClient().signInWithOtp({ email: 'hash@example.com', options: { emailRedirectTo: CALLBACK } }));
    const token_hash = new URL((await newestMail(server, 'hash@example.com')).link).searchParams.get('token');

    const { session } = ok(await authClient().verifyOtp({ token_hash, type: 'email' }));
    assert.equal(session.user.email, 'hash@example.com');
    assert.equal((await authClient().verifyOtp({ token_hash, type: 'email' })).error.code, 'otp_expired');
  });

  test('the implicit flow works for who still uses it', async () => {
    await account('implicit@example.com');
    const supabase = client(server, { auth: { flowType: 'implicit' } });
    ok(await supabase.auth.signInWithOtp({ email: 'implicit@example.com', options: { emailRedirectTo: CALLBACK } }));

    const arrived = await follow((await newestMail(server, 'implicit@example.com')).link);

    const fragment = new URLSearchParams(arrived.hash.slice(1));
    assert.deepEqual([fragment.get('type'), fragment.get('token_type')], ['magiclink', 'bearer']);
    assert.equal(ok(await supabase.auth.getUser(fragment.get('access_token'))).user.email, 'implicit@example.com');
  });
});

describe('a second factor', () => {
  test('is refused with a wrong code, listed, and not given twice under one name', async () => {
    const { auth } = await signedIn(server, 'factor@example.com');
    const told = events(auth);
    const factor = ok(await auth.mfa.enroll({ factorType: 'totp', friendlyName: 'phone' }));
    assert.match(factor.totp.uri, /^otpauth:\/\/totp\//);
    const challenge = ok(await auth.mfa.challenge({ factorId: factor.id }));
    const code = totp(factor.totp.secret);
    const wrong = String((Number(code) + 1) % 1_000_000).padStart(6, '0');

    const refused = await auth.mfa.verify({ factorId: factor.id, challengeId: challenge.id, code: wrong });
    assert.equal(refused.error.code, 'mfa_verification_failed');
    ok(await auth.mfa.verify({ factorId: factor.id, challengeId: challenge.id, code }));

    assert.ok(told.includes('MFA_CHALLENGE_VERIFIED'));
    const { totp: verified } = ok(await auth.mfa.listFactors());
    assert.deepEqual(verified.map((one) => [one.friendly_name, one.status]), [['phone', 'verified']]);
    const twin = await auth.mfa.enroll({ factorType: 'totp', friendlyName: 'phone' });
    assert.equal(twin.error.code, 'mfa_factor_name_conflict');
  });
});
