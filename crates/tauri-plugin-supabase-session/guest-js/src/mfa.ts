import type { QrView } from './contract.js'
import { call } from './ipc.js'
import { result } from './result.js'
import type { Factor, User } from './types.js'

interface Claims {
  aal?: string
  amr?: unknown[]
}

/** The code as an image for `<img src>`, with the quiet zone that cameras need. */
function image({ size, path }: QrView): string {
  const side = size + 8
  const svg =
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="-4 -4 ${side} ${side}" shape-rendering="crispEdges">` +
    `<rect x="-4" y="-4" width="${side}" height="${side}" fill="#fff"/><path d="${path}"/></svg>`
  return `data:image/svg+xml;utf-8,${encodeURIComponent(svg)}`
}

async function factors(): Promise<Factor[]> {
  return ((await call('get_user', {})) as User).factors ?? []
}

const show = (factorId: string, code: string) =>
  result(null, async () => {
    await call('mfa_verify', { factor: factorId, code })
    return { factorId }
  })

/** Stands in for `supabase.auth.mfa`. Codes of authenticators (TOTP) only. */
export const mfa = {
  /** Begins a second factor. The secret is the one thing that a person has to see; it is kept nowhere. */
  enroll(params: { factorType: 'totp' }) {
    return result(null, async () => {
      const { id, secret, qr } = await call('mfa_enroll', {})
      return { id, type: params.factorType, totp: { secret, qr_code: image(qr) } }
    })
  },

  /** Sends nothing: `verify` makes a challenge of its own. Here so that code for supabase-js works as it is. */
  challenge(params: { factorId: string }) {
    return result(null, async () => ({ id: params.factorId, type: 'totp' as const }))
  },

  verify: (params: { factorId: string; challengeId?: string; code: string }) => show(params.factorId, params.code),

  challengeAndVerify: (params: { factorId: string; code: string }) => show(params.factorId, params.code),

  unenroll(params: { factorId: string }) {
    return result(null, async () => {
      await call('mfa_unenroll', { factor: params.factorId })
      return { id: params.factorId }
    })
  },

  listFactors() {
    return result(null, async () => {
      const all = await factors()
      const verified = (type: string) => all.filter((one) => one.factor_type === type && one.status === 'verified')
      return { all, totp: verified('totp'), phone: verified('phone'), webauthn: verified('webauthn') }
    })
  },

  getAuthenticatorAssuranceLevel() {
    return result(null, async () => {
      const [claims, all] = [(await call('get_claims', {})) as Claims, await factors()]
      const currentLevel = claims.aal ?? null
      const nextLevel = all.some((factor) => factor.status === 'verified') ? 'aal2' : currentLevel
      return { currentLevel, nextLevel, currentAuthenticationMethods: claims.amr ?? [] }
    })
  },
}
