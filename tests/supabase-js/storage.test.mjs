// The object calls of storage-js, each by its owner and by somebody who has no right to it.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';

import { StorageClient } from '@supabase/storage-js';

import { client, ok, signedIn } from './people.mjs';
import { startServer } from './server.mjs';

const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);
const AS_PNG = { contentType: 'image/png' };

let server;
let ada;
let eve;
before(async () => {
  server = await startServer();
  [ada, eve] = [await person('ada@example.com'), await person('eve@example.com')];
});
after(async () => {
  if (server) assert.equal(await server.stop(), 0, 'a signal ends the server cleanly');
});

// storage-js alone, with the token of somebody who is signed in.
async function person(email) {
  const { auth } = await signedIn(server, email);
  const { session } = ok(await auth.getSession());
  const headers = { apikey: server.anon_key, authorization: `Bearer ${session.access_token}` };
  const storage = new StorageClient(`${server.url}/storage/v1`, headers);
  return { id: session.user.id, avatars: storage.from('avatars') };
}

async function uploaded(name) {
  const path = `${ada.id}/${name}`;
  ok(await ada.avatars.upload(path, PNG, AS_PNG));
  return path;
}

const bytesOf = async (answer) => Buffer.from(await ok(await answer).arrayBuffer());
const code = ({ error }) => error?.code;

describe('objects', () => {
  test('are uploaded as bytes, as a blob and as a form, with metadata of their own', async () => {
    const options = { ...AS_PNG, cacheControl: '60', metadata: { shows: 'Ada' } };
    const { path, fullPath, id } = ok(await ada.avatars.upload(`${ada.id}/bytes.png`, PNG, options));
    assert.deepEqual([path, fullPath], [`${ada.id}/bytes.png`, `avatars/${ada.id}/bytes.png`]);
    const form = new FormData();
    form.append('', new Blob([PNG], { type: 'image/png' }), 'form.png');
    ok(await ada.avatars.upload(`${ada.id}/form.png`, form));
    ok(await ada.avatars.upload(`${ada.id}/blob.png`, new Blob([PNG], { type: 'image/png' })));

    const info = ok(await ada.avatars.info(path));
    assert.deepEqual([info.id, info.size, info.contentType, info.cacheControl], [id, PNG.length, 'image/png', 'max-age=60']);
    assert.deepEqual(info.metadata, { shows: 'Ada' });
    for (const name of ['form.png', 'blob.png']) {
      assert.deepEqual(await bytesOf(ada.avatars.download(`${ada.id}/${name}`)), PNG);
    }
  });

  test('are updated, but not uploaded over one another unless that is wanted', async () => {
    const path = await uploaded('update.png');

    assert.equal(code(await ada.avatars.upload(path, PNG, AS_PNG)), 'KeyAlreadyExists');
    ok(await ada.avatars.upload(path, PNG.subarray(0, 60), { ...AS_PNG, upsert: true }));
    assert.equal(ok(await ada.avatars.info(path)).size, 60);
    ok(await ada.avatars.update(path, PNG, AS_PNG));
    assert.deepEqual(await bytesOf(ada.avatars.download(path)), PNG);
    assert.equal(code(await eve.avatars.update(path, PNG, AS_PNG)), 'AccessDenied');
  });

  test('exist for whom they may be seen by', async () => {
    const path = await uploaded('exists.png');

    assert.equal((await ada.avatars.exists(path)).data, true);
    assert.equal((await ada.avatars.exists(`${ada.id}/none.png`)).data, false);
    assert.equal((await eve.avatars.exists(path)).data, false);
    assert.equal(code(await eve.avatars.info(path)), 'NoSuchKey');
    assert.ok((await eve.avatars.download(path)).error);
  });

  test('are listed by folder, page, name and search', async () => {
    for (const name of ['list/a.png', 'list/b.png', 'list/c.png', 'list/deep/d.png']) await uploaded(name);
    const names = async (options, folder = `${ada.id}/list`) => ok(await ada.avatars.list(folder, options)).map(({ name }) => name);

    assert.deepEqual((await names()).sort(), ['a.png', 'b.png', 'c.png', 'deep']);
    assert.deepEqual(await names({ search: 'B.p' }), ['b.png']);
    assert.deepEqual(await names({ search: 'png' }), []);
    assert.deepEqual(await names({ sortBy: { column: 'name', order: 'desc' } }), ['deep', 'c.png', 'b.png', 'a.png']);
    assert.deepEqual(await names({ sortBy: { column: 'name', order: 'desc' } }, `${ada.id}/list/deep`), ['d.png']);
    assert.equal((await names({ limit: 2 })).length, 2);
    assert.equal((await names({ offset: 3 })).length, 1);
    assert.deepEqual(ok(await eve.avatars.list(`${ada.id}/list`)), []);
  });

  test('are moved by whom they belong to', async () => {
    const path = await uploaded('from.png');
    const there = `${ada.id}/moved/to.png`;

    assert.equal(code(await eve.avatars.move(path, `${eve.id}/stolen.png`)), 'NoSuchKey');
    assert.equal(code(await ada.avatars.move(path, `${eve.id}/given.png`)), 'AccessDenied');
    assert.equal(ok(await ada.avatars.move(path, there)).message, 'Successfully moved');

    assert.deepEqual(await bytesOf(ada.avatars.download(there)), PNG);
    assert.equal((await ada.avatars.exists(path)).data, false);
    assert.equal(code(await ada.avatars.move(path, there)), 'NoSuchKey');
    await uploaded('from.png');
    assert.equal(code(await ada.avatars.move(path, there)), 'ResourceAlreadyExists');
  });

  test('are copied, and the copy is one of its own', async () => {
    const path = `${ada.id}/original.png`;
    ok(await ada.avatars.upload(path, PNG, { ...AS_PNG, metadata: { shows: 'Ada' } }));
    const there = `${ada.id}/copy.png`;

    assert.equal(ok(await ada.avatars.copy(path, there)).path, `avatars/${there}`);
    assert.equal(code(await ada.avatars.copy(path, there)), 'ResourceAlreadyExists');
    assert.equal(code(await ada.avatars.copy(path, `${eve.id}/copy.png`)), 'AccessDenied');
    assert.equal(code(await eve.avatars.copy(path, `${eve.id}/copy.png`)), 'NoSuchKey');

    ok(await ada.avatars.remove([path]));
    assert.deepEqual(await bytesOf(ada.avatars.download(there)), PNG);
    assert.deepEqual(ok(await ada.avatars.info(there)).metadata, { shows: 'Ada' });
  });

  test('are removed, and who may not is told nothing', async () => {
    const [one, two] = [await uploaded('one.png'), await uploaded('two.png')];

    assert.deepEqual(ok(await eve.avatars.remove([one, two])), []);
    const gone = ok(await ada.avatars.remove([one, two, `${ada.id}/none.png`]));
    assert.deepEqual(gone.map(({ name }) => name), [one, two]);
    assert.deepEqual(ok(await ada.avatars.remove([one])), []);
  });
});

describe('addresses', () => {
  test('that are signed are read by anybody, until they are altered', async () => {
    const path = await uploaded('signed.png');
    const { signedUrl } = ok(await ada.avatars.createSignedUrl(path, 60, { download: 'ada.png' }));

    const answer = await fetch(signedUrl);
    assert.deepEqual(Buffer.from(await answer.arrayBuffer()), PNG);
    assert.match(answer.headers.get('content-disposition'), /^attachment; filename=ada/);
    assert.equal((await fetch(signedUrl.replace('signed.png', 'other.png'))).status, 400);
    assert.equal(code(await eve.avatars.createSignedUrl(path, 60)), 'NoSuchKey');
    for (const never of [-1, 0]) {
      assert.equal(code(await ada.avatars.createSignedUrl(path, never)), 'InvalidRequest');
      assert.equal(code(await ada.avatars.createSignedUrls([path], never)), 'InvalidRequest');
    }
  });

  test('are signed several at once, each by itself', async () => {
    const path = await uploaded('many.png');

    const [one, none] = ok(await ada.avatars.createSignedUrls([path, `${ada.id}/none.png`], 60));

    assert.deepEqual([one.path, one.error], [path, null]);
    assert.equal((await fetch(one.signedUrl)).status, 200);
    assert.deepEqual([none.signedUrl, none.error], [null, 'Either the object does not exist or you do not have access to it']);
  });

  test('for an upload are written to by anybody, once, by whose right they were made', async () => {
    const path = `${ada.id}/by-address.png`;
    const { token, signedUrl } = ok(await ada.avatars.createSignedUploadUrl(path));
    assert.ok(signedUrl.startsWith(`${server.url}/storage/v1/object/upload/sign/avatars/`));
    const nobody = client(server).storage.from('avatars');

    const kept = ok(await nobody.uploadToSignedUrl(path, token, PNG, AS_PNG));
    assert.equal(kept.fullPath, `avatars/${path}`);
    assert.deepEqual(await bytesOf(ada.avatars.download(path)), PNG);
    assert.equal(code(await nobody.uploadToSignedUrl(path, token, PNG, AS_PNG)), 'KeyAlreadyExists');
    const read = await fetch(`${server.url}/storage/v1/object/sign/avatars/${path}?token=${token}`);
    assert.equal(read.status, 400, 'the right to write is none to read');
    assert.equal(code(await nobody.uploadToSignedUrl(`${ada.id}/other.png`, token, PNG, AS_PNG)), 'InvalidSignature');
    assert.equal(code(await nobody.uploadToSignedUrl(path, `${token}x`, PNG, AS_PNG)), 'InvalidJWT');
    const text = await nobody.uploadToSignedUrl(path, token, 'text', { contentType: 'text/plain' });
    assert.equal(code(text), 'InvalidMimeType');

    assert.equal(code(await eve.avatars.createSignedUploadUrl(`${ada.id}/hers.png`)), 'AccessDenied');
    assert.equal(code(await ada.avatars.createSignedUploadUrl(path)), 'KeyAlreadyExists');
    const again = ok(await ada.avatars.createSignedUploadUrl(path, { upsert: true }));
    ok(await nobody.uploadToSignedUrl(path, again.token, PNG.subarray(0, 60), AS_PNG));
    assert.equal(ok(await ada.avatars.info(path)).size, 60);
  });

  test('of a public bucket are read without a key, those of a private one are not', async () => {
    const owner = client(server, { key: server.service_role_key }).storage;
    ok(await owner.createBucket('pictures', { public: true }));
    ok(await owner.from('pictures').upload('a b.png', PNG, AS_PNG));

    const { publicUrl } = owner.from('pictures').getPublicUrl('a b.png').data;
    assert.equal((await fetch(publicUrl)).status, 200);
    const path = await uploaded('private.png');
    assert.equal((await fetch(ada.avatars.getPublicUrl(path).data.publicUrl)).status, 400);
    ok(await owner.emptyBucket('pictures'));
    ok(await owner.deleteBucket('pictures'));
    assert.equal((await fetch(publicUrl)).status, 400);
  });
});

describe('buckets', () => {
  test('have a limit as a size, which an update with null clears', async () => {
    const owner = client(server, { key: server.service_role_key }).storage;
    const limit = async () => ok(await owner.getBucket('sized')).file_size_limit;
    ok(await owner.createBucket('sized', { public: false, fileSizeLimit: '1MB', allowedMimeTypes: ['image/png'] }));
    assert.equal(await limit(), 1_000_000);

    ok(await owner.updateBucket('sized', { public: true }));
    assert.equal(await limit(), 1_000_000);
    ok(await owner.updateBucket('sized', { public: true, fileSizeLimit: null, allowedMimeTypes: null }));
    assert.equal(await limit(), null);
    assert.equal(ok(await owner.getBucket('sized')).allowed_mime_types, null);
    assert.equal(code(await owner.updateBucket('sized', { public: true, fileSizeLimit: '1GB' })), 'EntityTooLarge');
    ok(await owner.deleteBucket('sized'));
  });
});
