// The other ways in and out, done by supabase-js itself: a new address, anonymous people, invitations,
// two-factor, a provider, linked identities, deletion of one's own account.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';

import { agreeAtProvider, CALLBACK, client as newClient, follow, ok, PASSWORD, signedIn as newPerson, totp } from './people.mjs';
import { newestMail, projectWith, startServer } from './server.mjs';

let project;
let server;
before(async () => {
  project = await projectWith('\n[auth.external.github]\nenabled = true\nclient_id = "supabase-js"\n');
  server = await startServer(project);
});
after(async () => {
  if (server) assert.equal(await server.stop(), 0, 'a signal ends the server cleanly');
  await project?.remove();
});

const client = (key) => newClient(server, { key });
const signedIn = (email) => newPerson(server, email);

describe('the other ways in and out', () => {
  test('a new address is confirmed in both mailboxes', async () => {
    const supabase = await signedIn('old@example.com');

    ok(await supabase.auth.updateUser({ email: 'new@example.com' }, { emailRedirectTo: CALLBACK }));
    const half = await follow((await newestMail(server, 'old@example.com')).link);
    assert.match(half.searchParams.get('message'), /^Confirmation link accepted/);
    const arrived = await follow((await newestMail(server, 'new@example.com')).link);
    const { user } = ok(await supabase.auth.exchangeCodeForSession(arrived.searchParams.get('code')));
    assert.equal(user.email, 'new@example.com');
  });

  test('a mailed nonce goes with a new password', async () => {
    const supabase = await signedIn('nonce@example.com');

    ok(await supabase.auth.reauthenticate());
    const { code } = await newestMail(server, 'nonce@example.com');
    ok(await supabase.auth.updateUser({ password: 'An0ther-pass', nonce: code }));
    ok(await client().auth.signInWithPassword({ email: 'nonce@example.com', password: 'An0ther-pass' }));
  });

  test('an anonymous person becomes a permanent one', async () => {
    const supabase = client();
    const { user } = ok(await supabase.auth.signInAnonymously());
    assert.equal(user.is_anonymous, true);

    ok(await supabase.auth.updateUser({ email: 'settled@example.com' }));
    const { code } = await newestMail(server, 'settled@example.com');
    const settled = ok(await supabase.auth.verifyOtp({ email: 'settled@example.com', token: code, type: 'email_change' }));
    assert.equal(settled.user.id, user.id);
    assert.equal(settled.user.is_anonymous, false);
  });

  test('somebody invited comes in by code, and an admin makes links', async () => {
    const { admin } = client(server.service_role_key).auth;
    ok(await admin.inviteUserByEmail('guest@example.com', { redirectTo: CALLBACK }));
    const { code } = await newestMail(server, 'guest@example.com');
    const { user } = ok(await client().auth.verifyOtp({ email: 'guest@example.com', token: code, type: 'invite' }));
    assert.ok(user.email_confirmed_at);

    const { properties } = ok(await admin.generateLink({ type: 'magiclink', email: 'guest@example.com' }));
    const { session } = ok(await client().auth.verifyOtp({ token_hash: properties.hashed_token, type: 'magiclink' }));
    assert.equal(session.user.id, user.id);
  });

  test('a second factor raises the session, and is asked for at the next sign-in', async () => {
    const supabase = await signedIn('factor@example.com');
    const factor = ok(await supabase.auth.mfa.enroll({ factorType: 'totp', friendlyName: 'phone' }));
    assert.match(factor.totp.qr_code, /^data:image\/svg\+xml/);

    ok(await supabase.auth.mfa.challengeAndVerify({ factorId: factor.id, code: totp(factor.totp.secret) }));
    const raised = ok(await supabase.auth.mfa.getAuthenticatorAssuranceLevel());
    assert.equal(raised.currentLevel, 'aal2');

    const another = client();
    ok(await another.auth.signInWithPassword({ email: 'factor@example.com', password: PASSWORD }));
    const level = ok(await another.auth.mfa.getAuthenticatorAssuranceLevel());
    assert.deepEqual([level.currentLevel, level.nextLevel], ['aal1', 'aal2']);
    const refused = await another.auth.updateUser({ password: 'An0ther-pass' });
    assert.equal(refused.error.code, 'insufficient_aal');

    ok(await supabase.auth.mfa.unenroll({ factorId: factor.id }));
    assert.deepEqual(ok(await supabase.auth.mfa.listFactors()).all, []);
  });

  test('a provider signs in', async () => {
    const supabase = client();
    const { url } = ok(
      await supabase.auth.signInWithOAuth({ provider: 'github', options: { redirectTo: CALLBACK, skipBrowserRedirect: true } }),
    );

    const { session } = ok(await supabase.auth.exchangeCodeForSession(await agreeAtProvider(server, url, 'octo@example.com')));
    assert.equal(session.user.user_metadata.full_name, 'Octo Cat');
    assert.match(session.provider_token, /^gho_/);
  });

  test('a provider is linked to an account and taken away again', async () => {
    const supabase = await signedIn('linked@example.com');
    const options = { redirectTo: CALLBACK, skipBrowserRedirect: true };
    const { url } = ok(await supabase.auth.linkIdentity({ provider: 'github', options }));
    ok(await supabase.auth.exchangeCodeForSession(await agreeAtProvider(server, url, 'elsewhere@example.com')));

    const { identities } = ok(await supabase.auth.getUserIdentities());
    assert.deepEqual(identities.map((identity) => identity.provider), ['email', 'github']);
    ok(await supabase.auth.unlinkIdentity(identities[1]));
    const left = ok(await supabase.auth.getUserIdentities()).identities;
    assert.deepEqual(left.map((identity) => identity.provider), ['email']);
  });

  test('people delete their own account', async () => {
    const supabase = await signedIn('gone@example.com');

    ok(await supabase.rpc('delete_account'));
    assert.equal((await supabase.auth.getUser()).error.code, 'user_not_found');
    assert.equal((await client().rpc('delete_account')).error.code, '42501');
  });
});
