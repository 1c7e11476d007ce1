import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import { backend, failure } from './backend.mjs';
import { auth, AuthError } from '../dist/index.js';

const ADA = { id: 'ada', email: 'ada@example.com', user_metadata: { full_name: 'Ada' } };

beforeEach(() => backend.reset());

// The commands that were called with their requests, without the look at the session that follows a sign-in.
const called = () => backend.calls.filter(({ command }) => command !== 'get_session').map(({ command, request }) => [command, request]);

test('ways in answer with the user and a session without tokens', async () => {
  const email = 'ada@example.com';
  const password = 'hunter2';
  const ways = [
    [() => auth.signUp({ email, password, options: { data: { full_name: 'Ada' } } }), 'sign_up', { email, password, data: { full_name: 'Ada' } }],
    [() => auth.signInWithPassword({ email, password }), 'sign_in_with_password', { email, password }],
    [() => auth.signInAnonymously(), 'sign_in_anonymously', {}],
    [() => auth.verifyOtp({ email, token: '123456', type: 'email' }), 'verify_otp', { email, code: '123456', type: 'email' }],
  ];
  for (const [way, command, request] of ways) {
    backend.reset({ [command]: null, get_session: ADA });

    assert.deepEqual(await way(), { data: { user: ADA, session: { user: ADA } }, error: null });
    assert.deepEqual(called(), [[command, request]]);
  }
});

test('a sign-up whose address is to be confirmed signs nobody in', async () => {
  backend.reset({ sign_up: null, get_session: null });

  const answer = await auth.signUp({ email: 'ada@example.com', password: 'x' });

  assert.deepEqual(answer, { data: { user: null, session: null }, error: null });
});

test('what continues in a mail or a browser is begun', async () => {
  const email = 'ada@example.com';
  const provider = 'github';
  const nobody = { user: null, session: null };
  const ways = [
    [() => auth.signInWithOtp({ email, options: { shouldCreateUser: false } }), 'sign_in_with_otp', { email, should_create_user: false }, nobody],
    [() => auth.signInWithOtp({ email }), 'sign_in_with_otp', { email, should_create_user: undefined }, nobody],
    [() => auth.signInWithOAuth({ provider }), 'sign_in_with_oauth', { provider }, { provider, url: null }],
    [() => auth.linkIdentity({ provider }), 'link_identity', { provider }, { provider, url: null }],
    [() => auth.unlinkIdentity({ identity_id: '1' }), 'unlink_identity', { id: '1' }, {}],
    [() => auth.resetPasswordForEmail(email), 'reset_password_for_email', { email }, {}],
    [() => auth.resend({ type: 'signup', email }), 'resend', { email }, nobody],
  ];
  for (const [way, command, request, data] of ways) {
    backend.reset({ [command]: null });

    assert.deepEqual(await way(), { data, error: null });
    assert.deepEqual(called(), [[command, request]]);
  }
});

test('a failure is an error with supabase-js\'s code, and data is as empty as there', async () => {
  const details = failure('rate_limited', 'too many attempts', { retry_after_s: 30 });
  backend.reset({ sign_in_with_password: () => Promise.reject(details), sign_in_with_oauth: () => Promise.reject(details) });

  const { data, error } = await auth.signInWithPassword({ email: 'a', password: 'b' });

  assert.deepEqual(data, { user: null, session: null });
  assert.ok(error instanceof AuthError && error instanceof Error);
  assert.deepEqual([error.name, error.code, error.message], ['AuthError', 'over_request_rate_limit', 'too many attempts']);
  assert.deepEqual(error.details, details);
  assert.deepEqual((await auth.signInWithOAuth({ provider: 'github' })).data, { provider: null, url: null });
});

test('codes: the plugin\'s own where supabase-js has none, and what Tauri itself refuses', async () => {
  const code = async (given) => {
    backend.reset({ get_user: () => Promise.reject(given) });
    const { data, error } = await auth.getUser();
    assert.deepEqual(data, { user: null });
    return [error.name, error.code];
  };

  assert.deepEqual(await code(failure('invalid_credentials')), ['AuthError', 'invalid_credentials']);
  assert.deepEqual(await code(failure('offline')), ['AuthError', 'offline']);
  assert.deepEqual(await code(failure('signed_out')), ['AuthSessionMissingError', 'signed_out']);
  assert.deepEqual(await code('get_user not allowed'), ['AuthError', 'internal']);
});

test('sign-out ends all sessions unless it is told otherwise', async () => {
  backend.reset({ sign_out: null });

  assert.deepEqual(await auth.signOut(), { error: null });
  await auth.signOut({ scope: 'local' });

  assert.deepEqual(backend.called('sign_out'), [{ scope: 'global' }, { scope: 'local' }]);
});

test('the user from the server, the session from here, the claims verified', async () => {
  backend.reset({ get_user: ADA, get_session: ADA, get_claims: { sub: 'ada', exp: 1 } });

  assert.deepEqual(await auth.getUser(), { data: { user: ADA }, error: null });
  assert.deepEqual(await auth.getSession(), { data: { session: { user: ADA } }, error: null });
  assert.deepEqual(await auth.getClaims(), { data: { claims: { sub: 'ada', exp: 1 } }, error: null });
  backend.reset({ get_session: null });
  assert.deepEqual(await auth.getSession(), { data: { session: null }, error: null });
});

test('updateUser changes what it is given, and answers the user', async () => {
  backend.reset({ update_user_data: null, update_user_password: null, update_user_email: null, get_user: ADA });

  const answer = await auth.updateUser({ email: 'b@example.com', password: 'new', nonce: '123456', data: { a: 1 } });

  assert.deepEqual(answer, { data: { user: ADA }, error: null });
  assert.deepEqual(called(), [
    ['update_user_data', { data: { a: 1 } }],
    ['update_user_password', { password: 'new', current: null, nonce: '123456' }],
    ['update_user_email', { email: 'b@example.com' }],
    ['get_user', {}],
  ]);
});

test('updateUser stops at the first failure', async () => {
  backend.reset({ update_user_password: () => Promise.reject(failure('nonce_needed')) });

  const { data, error } = await auth.updateUser({ password: 'new', email: 'b@example.com' });

  assert.deepEqual([data, error.code], [{ user: null }, 'reauthentication_needed']);
  assert.deepEqual(backend.called('update_user_email'), []);
});

test('identities are those of the user', async () => {
  backend.reset({ get_user: { ...ADA, identities: [{ identity_id: '1' }] } });
  assert.deepEqual((await auth.getUserIdentities()).data, { identities: [{ identity_id: '1' }] });

  backend.reset({ get_user: ADA });
  assert.deepEqual((await auth.getUserIdentities()).data, { identities: [] });
});

test('a second factor is begun, shown, listed and removed', async () => {
  const factors = [
    { id: 'f', factor_type: 'totp', status: 'verified' },
    { id: 'g', factor_type: 'totp', status: 'unverified' },
  ];
  backend.reset({
    mfa_enroll: { id: 'f', secret: 'ABC', qr: { size: 21, path: 'M0 0h1v1z' } },
    mfa_verify: null,
    mfa_unenroll: null,
    get_user: { ...ADA, factors },
    get_claims: { aal: 'aal1', amr: [{ method: 'password' }] },
  });

  const begun = await auth.mfa.enroll({ factorType: 'totp' });
  assert.deepEqual([begun.data.id, begun.data.type, begun.data.totp.secret], ['f', 'totp', 'ABC']);
  const drawn = decodeURIComponent(begun.data.totp.qr_code);
  assert.ok(drawn.startsWith('data:image/svg+xml;utf-8,<svg ') && drawn.includes('viewBox="-4 -4 29 29"') && drawn.includes('M0 0h1v1z'));
  const { data: challenge } = await auth.mfa.challenge({ factorId: 'f' });
  assert.equal((await auth.mfa.verify({ factorId: 'f', challengeId: challenge.id, code: '1' })).error, null);
  assert.equal((await auth.mfa.challengeAndVerify({ factorId: 'f', code: '2' })).error, null);
  assert.deepEqual(backend.called('mfa_verify'), [{ factor: 'f', code: '1' }, { factor: 'f', code: '2' }]);
  const { data: listed } = await auth.mfa.listFactors();
  assert.deepEqual([listed.all.length, listed.totp.map(({ id }) => id), listed.phone], [2, ['f'], []]);
  const { data: level } = await auth.mfa.getAuthenticatorAssuranceLevel();
  assert.deepEqual([level.currentLevel, level.nextLevel, level.currentAuthenticationMethods], ['aal1', 'aal2', [{ method: 'password' }]]);
  assert.deepEqual((await auth.mfa.unenroll({ factorId: 'f' })).data, { id: 'f' });
});
