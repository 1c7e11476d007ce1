import { invoke } from '@tauri-apps/api/core'
import { AuthError } from './errors.js'

/** The plugin's name in `invoke`. */
const PLUGIN = 'plugin:supabase-session'

/** Calls a command of the plugin with its one argument. Rejects with an {@link AuthError}. */
export async function call<T = null>(command: string, request: object = {}, more: object = {}): Promise<T> {
  try {
    return await invoke<T>(`${PLUGIN}|${command}`, { request, ...more })
  } catch (failure) {
    throw AuthError.from(failure)
  }
}

/** Calls a command of the plugin with bytes, and gets bytes back. Rejects with what the backend says. */
export async function callRaw(command: string, bytes: Uint8Array): Promise<Uint8Array> {
  const answer = await invoke<ArrayBuffer | number[]>(`${PLUGIN}|${command}`, bytes)
  return new Uint8Array(answer)
}
