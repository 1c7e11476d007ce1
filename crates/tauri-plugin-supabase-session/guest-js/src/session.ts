import type { Protection, SupabaseView } from './contract.js'
import { call } from './ipc.js'
import { listen, view } from './watch.js'

/** What the plugin can do beyond supabase-js. Each call rejects with an `AuthError` when it fails. */
export const session = {
  /** All that a page may show, as it is now. */
  view: (): Promise<SupabaseView> => view(),

  /** Calls the listener now and with every change. Gives what ends that. */
  async watch(listener: (view: SupabaseView) => void): Promise<() => void> {
    const now = await view()
    const stop = listen(listener)
    listener(now)
    return stop
  },

  /** Takes a link that was copied from a mail or a browser, as if it had been opened. */
  pasteLink: (link: string) => call('paste_link', { link }),
  /** Says yes to the link that nobody here asked for (`view.consent`). */
  acceptLink: (id: string) => call('accept_link', { id }),
  /** Says no to it. */
  declineLink: (id: string) => call('decline_link', { id }),

  /** Finishes what waits (`view.waiting`) with the code from its mail. */
  verifyFlowCode: (id: string, code: string) => call('verify_flow_code', { id, code }),
  /** Sends its mail once more. */
  resendFlow: (id: string) => call('resend_flow', { id }),
  /** Gives it up. */
  cancelFlow: (id: string) => call('cancel_flow', { id }),
  /** Opens the browser again where it continues. */
  openFlow: (id: string) => call('open_flow', { id }),
  /** Lets it come back through a port of this machine instead of the app's own links. */
  restartFlowByLoopback: (id: string) => call('restart_flow_by_loopback', { id }),

  /** Chooses what protects the session on this machine (`view.protection`). */
  setProtection: (protection: Protection) => call('set_protection', { protection }),
  /** Asks the keychain once more for the key of a session that could not be read at the start. */
  restoreSession: () => call('restore_session', {}),
  /** Sets that session aside as it is, so that the person can sign in again. Nothing is deleted. */
  setSessionAside: () => call('set_session_aside', {}),

  /** Says that things may be better now (the network is back): looks at the session at once. */
  wake: () => call('wake', {}),
}
