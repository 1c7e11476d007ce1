import { invoke } from '@tauri-apps/api/core'
import type { Commands } from './contract.js'
import { AuthError } from './errors.js'

/** What a command takes. */
export type Request<Name extends keyof Commands> = Commands[Name]['request']
/** What a command answers. */
type Answer<Name extends keyof Commands> = Commands[Name]['answer']

/** The plugin's name in `invoke`. */
const PLUGIN = 'plugin:supabase-session'

/** Calls a command of the plugin with its one argument. Rejects with an {@link AuthError}. */
export async function call<Name extends keyof Commands>(
  command: Name,
  request: Request<Name>,
  more: object = {},
): Promise<Answer<Name>> {
  try {
    return await invoke<Answer<Name>>(`${PLUGIN}|${command}`, { request, ...more })
  } catch (failure) {
    throw AuthError.from(failure)
  }
}

/** Calls a command of the plugin with bytes, and gets bytes back. Rejects with what the backend says. */
export async function callRaw(command: string, bytes: Uint8Array): Promise<Uint8Array> {
  const answer = await invoke<ArrayBuffer | number[]>(`${PLUGIN}|${command}`, bytes)
  return new Uint8Array(answer)
}
