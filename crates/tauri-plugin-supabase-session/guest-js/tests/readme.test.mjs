// What the READMEs show of pages is type-checked against this package, as it is installed.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { test } from 'node:test';

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
// The plugin's and this package's.
const READMES = [here('../../README.md'), here('../README.md')];
const FOLDER = here('../node_modules/.readme');

// What a fragment takes for granted.
const AROUND = `
  import { createClient } from '@supabase/supabase-js'
  import { createFetch } from 'tauri-plugin-supabase-session-api'
  declare const url: string, key: string
`;

// The blocks of this kind. In a list they are indented.
function blocks(kind) {
  const text = READMES.map((path) => readFileSync(path, 'utf8')).join('\n');
  return [...text.matchAll(new RegExp(`^ *\`\`\`${kind}\\n(.*?)^ *\`\`\`$`, 'gms'))].map(([, block]) => block);
}

// What the compiler says to these files.
function check(files) {
  rmSync(FOLDER, { recursive: true, force: true });
  mkdirSync(FOLDER);
  const compilerOptions = {
    rootDir: '../..', noEmit: true, skipLibCheck: true, jsx: 'react-jsx', types: ['react'], noUnusedLocals: false,
    paths: { 'tauri-plugin-supabase-session-api': ['../../dist/index.d.ts'] },
  };
  const config = { extends: '../../tsconfig.json', compilerOptions, include: ['*'], exclude: [] };
  writeFileSync(`${FOLDER}/tsconfig.json`, JSON.stringify(config));
  for (const [name, text] of files) writeFileSync(`${FOLDER}/${name}`, text);
  try {
    execFileSync(process.execPath, [here('../node_modules/typescript/bin/tsc'), '-p', FOLDER], { encoding: 'utf8' });
    return '';
  } catch (failure) {
    return failure.stdout;
  }
}

test('the page of the five steps and every fragment of TypeScript have no error', () => {
  const [app, ...more] = blocks('tsx');
  assert.deepEqual(more, []);
  const fragments = blocks('ts').map((text) => (text.includes('import ') ? text : AROUND + text));
  assert.ok(fragments.length >= 3, 'the fragments are found');
  const files = fragments.map((text, at) => [`fragment_${at}.ts`, text]);

  assert.equal(check([['App.tsx', app], ...files]), '');
  assert.match(check([['App.tsx', app.replace('session.user.email', 'session.access_token')]]), /access_token/);
});
