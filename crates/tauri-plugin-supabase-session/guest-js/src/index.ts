/**
 * The page's half of `tauri-plugin-supabase-session`: supabase-js's names, without a token in the page.
 *
 * - {@link auth} stands in for `supabase.auth`.
 * - {@link createFetch} is what `createClient` takes as `global.fetch`.
 * - {@link importSession} takes over a session that supabase-js has kept in the page.
 * - {@link session} is what the plugin can do beyond supabase-js: what waits for a mail, links, the project.
 */
export { auth } from './auth.js'
export type { AuthResponse, Claims, OtpType } from './auth.js'
export { AuthError } from './errors.js'
export { createFetch } from './fetch.js'
export { cookieStorage, importSession } from './import_session.js'
export type { KeptSessions } from './import_session.js'
export type { Result } from './result.js'
export { session } from './session.js'
export type * from './contract.js'
export type * from './types.js'
