import { encoded } from './body.js'
import type { FetchAnswer, FetchHead } from './contract.js'
import { isCommandError } from './errors.js'
import { call, callRaw } from './ipc.js'

/** Statuses whose answer has no body (the Fetch standard's null body statuses). */
const WITHOUT_BODY = [204, 205, 304]
/** Methods whose request has none. */
const WITHOUT_REQUEST_BODY = ['GET', 'HEAD']
/** A message begins with its head's length. */
const PREFIX = 4

/** Tells the requests of this page from those of the page that was in this window before. */
const page = Math.random().toString(36).slice(2)
let count = 0

/**
 * A `fetch` for supabase-js (`createClient(url, key, { global: { fetch: createFetch() } })`) that runs in the backend.
 * It reaches the project's own `/rest/v1`, `/storage/v1` and `/functions/v1` and nothing else, as whoever is signed in;
 * credentials that the page sends along are left out. Bodies go through as bytes, up to 64 MiB, whole. Redirects are
 * not followed.
 */
export function createFetch(): typeof fetch {
  return async (input, init) => {
    // What a browser would send: the address in full, the body's content type, the method in capitals.
    const request = new Request(input, await encoded(init))
    request.signal.throwIfAborted()
    const id = `${page}-${++count}`
    const message = await encode(id, request)
    const stop = () => void call('cancel_fetch', { id }).catch(() => undefined)
    return untilAborted(request.signal, stop, async () => decode(await callRaw('fetch', message), request.url))
  }
}

/** Does it, unless the signal aborts: then rejects with the signal's reason at once. */
async function untilAborted<T>(signal: AbortSignal, stop: () => void, work: () => Promise<T>): Promise<T> {
  signal.throwIfAborted()
  let abort = () => {}
  const aborted = new Promise<never>((_, reject) => {
    abort = () => {
      stop()
      reject(signal.reason)
    }
  })
  signal.addEventListener('abort', abort)
  try {
    return await Promise.race([work(), aborted])
  } catch (failure) {
    signal.throwIfAborted()
    throw networkError(failure)
  } finally {
    signal.removeEventListener('abort', abort)
  }
}

/** `fetch` rejects with a `TypeError` where there is no answer. */
function networkError(failure: unknown): TypeError {
  if (failure instanceof TypeError) return failure
  const message = isCommandError(failure) ? failure.message : String(failure)
  return Object.assign(new TypeError(message), { code: isCommandError(failure) ? failure.code : 'internal' })
}

/** The length of the head (4 bytes, big endian), the head as JSON, the body. */
async function encode(id: string, request: Request): Promise<Uint8Array> {
  const { method, url } = request
  const has_body = !WITHOUT_REQUEST_BODY.includes(method)
  const body = has_body ? new Uint8Array(await request.arrayBuffer()) : new Uint8Array()
  const headers = [...request.headers]
  const head = new TextEncoder().encode(JSON.stringify({ id, method, url, headers, has_body } satisfies FetchHead))
  const message = new Uint8Array(PREFIX + head.length + body.length)
  new DataView(message.buffer).setUint32(0, head.length)
  message.set(head, PREFIX)
  message.set(body, PREFIX + head.length)
  return message
}

function decode(message: Uint8Array, url: string): Response {
  const length = new DataView(message.buffer, message.byteOffset).getUint32(0)
  const head = message.subarray(PREFIX, PREFIX + length)
  const { status, headers }: FetchAnswer = JSON.parse(new TextDecoder().decode(head))
  const body = WITHOUT_BODY.includes(status) ? null : message.slice(PREFIX + length)
  const response = new Response(body, { status, headers })
  // A response that is made by hand has none of its own.
  Object.defineProperty(response, 'url', { value: url })
  return response
}
