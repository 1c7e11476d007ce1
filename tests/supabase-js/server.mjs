// Starts the local server that SUPABASE_LOCAL_BIN names, on a free port and without keeping anything.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

export async function startServer({ config } = {}) {
  const binary = process.env.SUPABASE_LOCAL_BIN;
  if (!binary) throw new Error('SUPABASE_LOCAL_BIN must name the supabase-local binary');
  const project = config ? ['--config', config] : [];
  const child = spawn(binary, ['--ephemeral', '--port', '0', '--json', ...project], { stdio: ['ignore', 'pipe', 'inherit'] });
  const exited = once(child, 'exit');
  const lines = createInterface({ input: child.stdout });
  const [line] = await Promise.race([
    once(lines, 'line'),
    exited.then(([code]) => Promise.reject(new Error(`the server ended with ${code} before it was ready`))),
  ]);
  const stop = async () => {
    child.kill('SIGTERM');
    const [code] = await exited;
    return code;
  };
  return { ...JSON.parse(line), stop };
}

// This repository's project, changed: `more` goes to the end of its config.toml, `edit` replaces texts in it, `files`
// (path to text) lie beside it. Answers where the config.toml lies.
export async function projectWith(more, { edit = {}, files = {} } = {}) {
  const folder = await mkdtemp(join(tmpdir(), 'supabase-project-'));
  await cp(fileURLToPath(new URL('../../supabase', import.meta.url)), folder, { recursive: true });
  const config = join(folder, 'config.toml');
  let text = await readFile(config, 'utf8');
  for (const [before, after] of Object.entries(edit)) {
    if (!text.includes(before)) throw new Error(`the project's config.toml does not say ${before}`);
    text = text.replace(before, after);
  }
  await writeFile(config, `${text}${more}`);
  for (const [path, content] of Object.entries(files)) await writeFile(join(folder, path), content);
  return { config, remove: () => rm(folder, { recursive: true }) };
}

// A port that is free now.
export async function freePort() {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address();
  probe.close();
  await once(probe, 'close');
  return port;
}

// The newest mail to an address.
export async function newestMail(server, to) {
  const mails = await (await fetch(`${server.inbox}/api?to=${encodeURIComponent(to)}`)).json();
  return mails[0];
}

// SQL with the server's own rights.
export async function sql(server, query) {
  const response = await fetch(`${server.url}/pg/query`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${server.service_role_key}` },
    body: JSON.stringify({ query }),
  });
  const rows = await response.json();
  if (!response.ok) throw new Error(rows.message);
  return rows;
}
