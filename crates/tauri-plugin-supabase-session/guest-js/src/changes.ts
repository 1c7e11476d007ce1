import type { SupabaseView } from './contract.js'
import type { AuthChangeEvent } from './types.js'

/** What happened between two views, in the words of `onAuthStateChange`. `before` is `undefined` at first. */
export function changes(before: SupabaseView | undefined, now: SupabaseView): AuthChangeEvent[] {
  if (now.session.state === 'restoring') return []
  const was = before?.session.state === 'signed_in' ? before.session.user : undefined
  const is = now.session.state === 'signed_in' ? now.session.user : undefined
  const recovery: AuthChangeEvent[] =
    is && now.new_password && !(before?.new_password && was?.id === is.id) ? ['PASSWORD_RECOVERY'] : []
  if (!before || before.session.state === 'restoring') return ['INITIAL_SESSION', ...recovery]
  if (!is) return was ? ['SIGNED_OUT'] : []
  if (was?.id !== is.id) return ['SIGNED_IN', ...recovery]
  if (was.second_factor_needed && !is.second_factor_needed) return ['MFA_CHALLENGE_VERIFIED', ...recovery]
  const is_changed = was.email !== is.email || was.is_anonymous !== is.is_anonymous
  return is_changed ? ['USER_UPDATED', ...recovery] : recovery
}
