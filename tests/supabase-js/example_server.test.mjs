// examples/server as real processes: its pages as a browser sees them, and its cookies shared with @supabase/ssr.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { after, before, describe, test } from 'node:test';

import { Browser, SESSION } from './browser.mjs';
import { client, ok, PASSWORD, signedIn } from './people.mjs';
import { freePort, newestMail, projectWith, sql, startServer } from './server.mjs';

// A mail with both links: the one of the docs' server side, and the plain one.
const MAIL = `<a href="{{ .SiteURL }}/auth/confirm?token_hash={{ .TokenHash }}&type=email&next=/private?from=mail">Confirm</a>
<a href="{{ .ConfirmationURL }}">Or so</a> <p>{{ .Token }}</p>`;

let project;
let server;
let site;
let stopSite;
before(async () => {
  // Its address stands in the project's settings, so it has to be known first.
  const port = await freePort();
  project = await projectWith('', {
    edit: { 'site_url = "http://127.0.0.1:3000"': `site_url = "http://127.0.0.1:${port}"` },
    files: { 'templates/confirmation.html': MAIL },
  });
  server = await startServer(project);
  ({ url: site, stop: stopSite } = await startSite({ PORT: String(port) }));
});
after(async () => {
  await stopSite?.();
  await server?.stop();
  await project?.remove();
});

async function startSite(env) {
  const binary = process.env.FOYER_EXAMPLE_SERVER_BIN;
  if (!binary) throw new Error('FOYER_EXAMPLE_SERVER_BIN must name the foyer-example-server binary');
  // Nothing of this test's own environment but what Windows cannot open a socket without.
  const { SystemRoot } = process.env;
  const settings = { SystemRoot, SUPABASE_URL: server.url, SUPABASE_PUBLISHABLE_KEY: server.anon_key, ...env };
  const child = spawn(binary, { env: settings, stdio: ['ignore', 'pipe', 'inherit'] });
  const exited = once(child, 'exit');
  const [url] = await Promise.race([
    once(createInterface({ input: child.stdout }), 'line'),
    exited.then(([code]) => Promise.reject(new Error(`the site ended with ${code} before it was ready`))),
  ]);
  const stop = async () => {
    child.kill('SIGTERM');
    await exited;
  };
  return { url, stop };
}

// The links of the newest mail: by hash, and by redirect.
async function links(email) {
  const { html } = await newestMail(server, email);
  const found = [...html.matchAll(/href="([^"]+)"/g)].map(([, link]) => link.replaceAll('&amp;', '&'));
  return { byHash: found[0], byRedirect: found[1] };
}

// The hidden fields of a page's form.
const hidden = (html) =>
  Object.fromEntries(
    [...html.matchAll(/<input name="([^"]*)" type="hidden" autocomplete="off" value="([^"]*)">/g)].map(([, name, value]) => [
      name,
      value.replaceAll('&amp;', '&'),
    ]),
  );

async function signUp(email) {
  const browser = new Browser(site);
  const sent = await browser.post('/sign-up', { email, password: PASSWORD, full_name: 'Ada <Lovelace>' });
  assert.match(sent.html, /open the link in the mail/);
  return browser;
}

async function atHome(email, options) {
  await signedIn(server, email, options);
  const browser = new Browser(site);
  const { status, to } = await browser.post('/sign-in', { email, password: PASSWORD });
  assert.deepEqual([status, to], [303, '/private']);
  return browser;
}

describe('the pages', () => {
  test('a sign-up is confirmed by the hash of its mail in any browser, after a question', async () => {
    await signUp('ada@example.com');
    const { byHash } = await links('ada@example.com');
    assert.ok(byHash.startsWith(`${site}/auth/confirm?token_hash=`), byHash);
    const elsewhere = new Browser(site);

    const scanned = await elsewhere.get(byHash);
    assert.deepEqual(elsewhere.names(), [], 'looking signs nobody in');
    const asked = await elsewhere.get(byHash);
    assert.equal(asked.html, scanned.html, 'and spends nothing');
    const { status, to } = await elsewhere.post('/auth/confirm', hidden(asked.html));

    assert.deepEqual([status, to], [303, '/private?from=mail']);
    const page = await elsewhere.get(to);
    assert.match(page.html, /You are Ada &lt;Lovelace&gt;, ada@example\.com/);
    const options = elsewhere.options.get(elsewhere.names()[0]);
    assert.deepEqual([options.Path, options.SameSite, options.maxAge], ['/', 'Lax', 400 * 24 * 3600]);
    assert.ok('HttpOnly' in options && !('Secure' in options));
    const again = await new Browser(site).post('/auth/confirm', hidden(asked.html));
    assert.equal(again.to, '/auth/error?reason=spent');
    assert.match((await elsewhere.get(again.to)).html, /already used or is too old/);
  });

  test('the plain link of a mail signs in the browser that asked, at once, and no other', async () => {
    const browser = await signUp('plain@example.com');
    const { byRedirect } = await links('plain@example.com');
    const opened = await fetch(byRedirect, { redirect: 'manual' });
    const callback = opened.headers.get('location');

    const elsewhere = await new Browser(site).get(callback);
    assert.equal(elsewhere.to, '/auth/error?reason=elsewhere');
    const here = await browser.get(callback);

    assert.deepEqual([here.status, here.to], [303, '/private']);
    assert.match((await browser.get('/private')).html, /plain@example\.com/);
    assert.deepEqual([...browser.cookies.keys()].filter((name) => name.includes('flows')), []);
  });

  test('the private page is for whom the server vouches for', async () => {
    const browser = await atHome('private@example.com');
    assert.match((await browser.get('/private')).html, /private@example\.com/);

    const nobody = await new Browser(site).get('/private');
    assert.equal(nobody.to, '/sign-in?next=/private');
    const forger = new Browser(site);
    const forged = { ...browser.session(), access_token: 'e30.eyJzdWIiOiJhIn0.c2ln', refresh_token: 'zzzzzzzzzzzz' };
    forger.set(SESSION, `base64-${Buffer.from(JSON.stringify(forged)).toString('base64url')}`, {});
    assert.equal((await forger.get('/private')).to, '/sign-in?next=/private');
    assert.deepEqual(forger.names(), [], 'what is no session is taken away');
  });

  test('a wrong password is said, and a sign-in leads nowhere but to this site', async () => {
    await signedIn(server, 'next@example.com');
    const browser = new Browser(site);

    const wrong = await browser.post('/sign-in', { email: 'next@example.com', password: 'wrong', next: '/private' });
    assert.equal(wrong.status, 422);
    assert.match(wrong.html, /wrong address or password/);
    assert.equal(hidden(wrong.html).next, '/private');

    for (const next of [
      '//evil.example/', 'https://evil.example/', '/\\evil.example', 'javascript:alert(1)', '/.//evil.example', '/..//evil.example',
      '/%2e//evil.example', '/.\\/evil.example', '/\t/evil.example', '/a/..//evil.example',
    ]) {
      const { to } = await new Browser(site).post('/sign-in', { email: 'next@example.com', password: PASSWORD, next });
      assert.equal(to, '/private', next);
    }
  });

  test('a form of another site is refused', async () => {
    const browser = await atHome('csrf@example.com');
    const before = new Map(browser.cookies);

    const out = await browser.post('/sign-out', {}, 'https://evil.example');
    const over = await browser.post('/sign-in', { email: 'csrf@example.com', password: PASSWORD }, 'null');

    assert.deepEqual([out.status, over.status], [403, 403]);
    assert.deepEqual(browser.cookies, before);
  });

  test('signing out takes the session away, here and at the server', async () => {
    const browser = await atHome('out@example.com');
    const { access_token } = browser.session();

    assert.equal((await browser.post('/sign-out', {})).to, '/');

    assert.deepEqual(browser.names(), []);
    assert.ok((await client(server).auth.getUser(access_token)).error);
  });

  test('a link for somebody else does not replace who is signed in', async () => {
    await signUp('other@example.com');
    const { byHash } = await links('other@example.com');
    const browser = await atHome('keeps@example.com');

    assert.equal((await browser.get(byHash)).to, '/auth/error?reason=signed-in');

    assert.equal(browser.session().user.email, 'keeps@example.com');
  });

  test('cookies ask for https where the site has it, and no page is cached or framed', async () => {
    await signedIn(server, 'https@example.com');
    const secure = await startSite({ PORT: '0', SITE_URL: 'https://site.example' });
    const browser = new Browser(secure.url);
    const { headers } = await browser.post('/sign-in', { email: 'https@example.com', password: PASSWORD }, 'https://site.example');
    await secure.stop();

    assert.ok(browser.names().every((name) => 'Secure' in browser.options.get(name)));
    assert.equal(headers.get('cache-control'), 'private, no-store');
    assert.match(headers.get('content-security-policy'), /frame-ancestors 'none'/);
  });
});

describe('cookies shared with @supabase/ssr', () => {
  const about = (length) => 'ä'.repeat(length);

  test('a session of this server is read and refreshed there, and read here again', async () => {
    const browser = await atHome('ours@example.com', { data: { about: about(900) } });
    const mine = browser.session();
    assert.ok(browser.names().length > 1, 'it takes several chunks');

    assert.equal(ok(await browser.request(server).auth.getUser()).user.email, 'ours@example.com');
    assert.equal(ok(await browser.request(server).auth.getClaims()).claims.sub, mine.user.id);
    browser.age();
    ok(await browser.request(server).auth.getUser());

    const theirs = browser.session();
    assert.notEqual(theirs.refresh_token, mine.refresh_token);
    assert.match((await browser.get('/private')).html, /ours@example\.com/);
    assert.equal(browser.session().refresh_token, theirs.refresh_token);
  });

  test('a session that began there is read and refreshed by this server, and read there again', async () => {
    await signedIn(server, 'theirs@example.com', { data: { about: about(900) } });
    const browser = new Browser(site);
    ok(await browser.request(server).auth.signInWithPassword({ email: 'theirs@example.com', password: PASSWORD }));
    const theirs = browser.session();
    assert.match((await browser.get('/private')).html, /theirs@example\.com/);
    assert.equal(browser.session().refresh_token, theirs.refresh_token, 'it was not due');
    browser.age();

    assert.match((await browser.get('/private')).html, /theirs@example\.com/);

    const mine = browser.session();
    assert.notEqual(mine.refresh_token, theirs.refresh_token);
    assert.ok(mine.expires_at > Date.now() / 1000);
    const { session } = ok(await browser.request(server).auth.getSession());
    assert.equal(session.refresh_token, mine.refresh_token);
    assert.equal(ok(await browser.request(server).auth.getUser()).user.user_metadata.about, about(900));
  });

  test('chunks that a shorter session does not need are taken away by either', async () => {
    const browser = await atHome('chunks@example.com');
    const few = browser.names();
    const say = async (text) => {
      await sql(server, `update auth.users set raw_user_meta_data = '{"about":"${text}"}' where email = 'chunks@example.com'`);
      browser.age();
    };

    await say(about(1500));
    await browser.get('/private');
    const many = browser.names();
    assert.deepEqual(many, many.map((_, at) => `${SESSION}.${at}`));
    assert.ok(many.length > few.length + 1, `${many}`);
    await say('');
    await browser.get('/private');
    assert.deepEqual(browser.names(), few, 'taken away here');

    await say(about(1500));
    await browser.get('/private');
    assert.deepEqual(browser.names(), many);
    await say('');
    ok(await browser.request(server).auth.getUser());
    assert.deepEqual(browser.names(), few, 'taken away there');
    assert.match((await browser.get('/private')).html, /chunks@example\.com/);
  });

  test('a sign-out on either side is one on both', async () => {
    const browser = await atHome('both@example.com');
    assert.equal((await browser.request(server).auth.signOut()).error, null);
    assert.equal((await browser.get('/private')).to, '/sign-in?next=/private');

    ok(await browser.request(server).auth.signInWithPassword({ email: 'both@example.com', password: PASSWORD }));
    await browser.post('/sign-out', {});
    assert.equal((await browser.request(server).auth.getUser()).data.user, null);
  });
});

test('when the Auth server is away the page says so and the session is kept', async () => {
  const browser = await atHome('offline@example.com');
  const before = browser.session();
  await server.stop();

  const away = await browser.get('/private');

  assert.equal(away.status, 503);
  assert.match(away.html, /cannot be reached/);
  assert.deepEqual(browser.session(), before);
});
