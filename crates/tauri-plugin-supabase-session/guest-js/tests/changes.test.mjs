// What happens to the session, from the views that the backend sends.
import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import { changes } from '../dist/changes.js';
import { backend, signedIn, view } from './backend.mjs';
import { auth, session } from '../dist/index.js';

const OUT = { state: 'signed_out', cause: null };
const RESTORING = { state: 'restoring' };

beforeEach(() => backend.reset({ get_session: { id: 'ada' } }));

test('two views tell what happened between them', () => {
  const ada = signedIn('ada');
  const at = (session, more) => view(1, session, more);
  const table = [
    [undefined, at(RESTORING), []],
    [undefined, at(OUT), ['INITIAL_SESSION']],
    [undefined, at(ada), ['INITIAL_SESSION']],
    [at(RESTORING), at(ada), ['INITIAL_SESSION']],
    [at(OUT), at(ada), ['SIGNED_IN']],
    [at(ada), at(OUT), ['SIGNED_OUT']],
    [at(OUT), at(OUT), []],
    [at(ada), at(ada), []],
    [at(ada), at(signedIn('bob')), ['SIGNED_IN']],
    [at(ada), at(signedIn('ada', { email: 'new@example.com' })), ['USER_UPDATED']],
    [at(signedIn('ada', { is_anonymous: true })), at(ada), ['USER_UPDATED']],
    [at(signedIn('ada', { verified: false })), at(ada), []],
    [at(signedIn('ada', { second_factor_needed: true })), at(ada), ['MFA_CHALLENGE_VERIFIED']],
    [at(OUT), at(ada, { new_password: true }), ['SIGNED_IN', 'PASSWORD_RECOVERY']],
    [undefined, at(ada, { new_password: true }), ['INITIAL_SESSION', 'PASSWORD_RECOVERY']],
    [at(ada, { new_password: true }), at(ada, { new_password: true }), []],
    [at(ada), at(ada, { new_password: true }), ['PASSWORD_RECOVERY']],
    [at(ada, { new_password: true }), at(OUT), ['SIGNED_OUT']],
  ];
  for (const [before, now, events] of table) {
    assert.deepEqual(changes(before, now), events, JSON.stringify([before?.session, now.session]));
  }
});

// One page has one channel, so what follows is one story.
test('listeners hear of every change in its order, with the session, until they unsubscribe', async () => {
  backend.answers.watch = view(3, OUT);
  const heard = [];
  const note = (name) => (event, now) => heard.push([name, event, now?.user.id ?? null]);
  const until = async (count) => {
    while (heard.length < count) await new Promise((resolve) => setImmediate(resolve));
    return heard.splice(0);
  };

  const { data } = auth.onAuthStateChange(note('one'));
  assert.deepEqual(await until(1), [['one', 'INITIAL_SESSION', null]]);

  backend.tell(view(5, signedIn('ada')));
  assert.deepEqual(await until(1), [['one', 'SIGNED_IN', 'ada']]);

  const second = auth.onAuthStateChange(note('two'));
  assert.deepEqual(await until(1), [['two', 'INITIAL_SESSION', 'ada']]);
  assert.equal(backend.called('watch').length, 1);
  assert.notEqual(data.subscription.id, second.data.subscription.id);

  // Older than what is here: it was overtaken.
  backend.tell(view(4, OUT));
  backend.tell(view(6, OUT));
  assert.deepEqual(await until(2), [['one', 'SIGNED_OUT', null], ['two', 'SIGNED_OUT', null]]);

  data.subscription.unsubscribe();
  backend.tell(view(7, signedIn('ada')));
  assert.deepEqual(await until(1), [['two', 'SIGNED_IN', 'ada']]);

  const views = [];
  const stop = await session.watch(({ revision }) => views.push(revision));
  backend.tell(view(8, signedIn('ada')));
  stop();
  backend.tell(view(9, signedIn('ada')));
  assert.deepEqual(views, [7, 8]);
  assert.equal((await session.view()).revision, 9);
});
