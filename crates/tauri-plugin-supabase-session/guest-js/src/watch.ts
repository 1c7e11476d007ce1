import { Channel } from '@tauri-apps/api/core'
import type { SupabaseView } from './contract.js'
import { call } from './ipc.js'

type Listener = (view: SupabaseView) => void

/** The backend has one channel for each window, so a page has one watch, which all its listeners share. */
const listeners = new Set<Listener>()
let newest: SupabaseView | undefined
let begun: Promise<SupabaseView> | undefined

/** Takes a view, unless a newer one is here: answers and messages may overtake each other. */
function take(view: SupabaseView): void {
  if (newest && newest.revision >= view.revision) return
  newest = view
  for (const listener of [...listeners]) listener(view)
}

/** The newest view. The first call opens the channel. */
export async function view(): Promise<SupabaseView> {
  begun ??= open()
  const first = await begun
  return newest ?? first
}

async function open(): Promise<SupabaseView> {
  const channel = new Channel<SupabaseView>(take)
  try {
    const first = await call('watch', {}, { channel })
    take(first)
    return first
  } catch (failure) {
    // A later call tries again.
    begun = undefined
    throw failure
  }
}

/** Calls the listener with every view from now on. Gives what ends that. */
export function listen(listener: Listener): () => void {
  listeners.add(listener)
  return () => void listeners.delete(listener)
}
