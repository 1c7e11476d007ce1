// Stands in for Tauri: answers the plugin's commands as a test says, and keeps what the page has sent.
const PLUGIN = 'plugin:supabase-session|';
const callbacks = new Map();
let count = 0;

export const backend = {
  // What each command answers: a value, or a function of its request.
  answers: {},
  // What was called: `{ command, request }`.
  calls: [],
  channel: undefined,

  reset(answers = {}) {
    this.answers = answers;
    this.calls = [];
  },

  called(command) {
    return this.calls.filter((call) => call.command === command).map((call) => call.request);
  },

  // A message on the channel that the page has opened.
  tell(message) {
    const { id, index } = this.channel;
    this.channel.index += 1;
    callbacks.get(id)({ message, index });
  },
};

globalThis.window = globalThis;
window.__TAURI_INTERNALS__ = {
  transformCallback(callback) {
    callbacks.set(++count, callback);
    return count;
  },
  unregisterCallback: (id) => callbacks.delete(id),
  async invoke(name, args) {
    if (!name.startsWith(PLUGIN)) throw `Command ${name} not found`;
    const command = name.slice(PLUGIN.length);
    const request = args instanceof Uint8Array ? args : args.request;
    backend.calls.push({ command, request });
    if (args.channel) backend.channel = { id: args.channel.id, index: 0 };
    if (!(command in backend.answers)) throw `${command} not allowed`;
    const answer = backend.answers[command];
    return typeof answer === 'function' ? answer(request) : (answer ?? null);
  },
};

// The head and the body of a message, as the backend reads it.
export function read(message) {
  const bytes = Buffer.from(message);
  const end = 4 + bytes.readUInt32BE(0);
  return { ...JSON.parse(bytes.subarray(4, end)), body: bytes.subarray(end) };
}

// An answer as the backend writes it.
export function answer(status, headers = [], body = '') {
  const head = Buffer.from(JSON.stringify({ status, headers }));
  const length = Buffer.alloc(4);
  length.writeUInt32BE(head.length);
  const message = Buffer.concat([length, head, Buffer.from(body)]);
  // As WebViews hand it over: a buffer of its own.
  return message.buffer.slice(message.byteOffset, message.byteOffset + message.length);
}

// How a command fails.
export const failure = (code, message = code, more = {}) => ({ code, message, field: null, retry_after_s: null, ...more });

export const view = (revision, session, more = {}) => ({
  revision, project: null, session, waiting: [], captchas: [], consent: null, new_password: false, ...more,
});

export const signedIn = (id, more = {}) => ({
  state: 'signed_in',
  user: { id, email: `${id}@example.com`, is_anonymous: false, second_factor_needed: false, verified: true, ...more },
});
