// Starts the local server that SUPABASE_LOCAL_BIN names, on a free port and without keeping anything.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { appendFile, cp, mkdtemp, rm } from 'node:fs/promises';
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

// This repository's project with more in its config.toml; answers where that file lies.
export async function projectWith(more) {
  const folder = await mkdtemp(join(tmpdir(), 'supabase-project-'));
  await cp(fileURLToPath(new URL('../../supabase', import.meta.url)), folder, { recursive: true });
  const config = join(folder, 'config.toml');
  await appendFile(config, more);
  return { config, remove: () => rm(folder, { recursive: true }) };
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
