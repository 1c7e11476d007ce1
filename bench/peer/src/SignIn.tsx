import { useState, type FormEvent } from 'react'
import { supabase } from './supabase'

/** Where the mail's link leads: back into this app. */
const REDIRECT = 'app.foyer.bench://auth/callback'

export default function SignIn() {
  const [email, setEmail] = useState('')
  const [password, setPassword] = useState('')
  const [message, setMessage] = useState('')
  const [isBusy, setBusy] = useState(false)

  async function run(work: Promise<{ error: Error | null }>, done: string) {
    setBusy(true)
    const { error } = await work
    setMessage(error ? error.message : done)
    setBusy(false)
  }

  function signIn(event: FormEvent) {
    event.preventDefault()
    run(supabase.auth.signInWithPassword({ email, password }), '')
  }

  function sendLink() {
    run(
      supabase.auth.signInWithOtp({ email, options: { emailRedirectTo: REDIRECT } }),
      'Check your email for the login link!',
    )
  }

  return (
    <form onSubmit={signIn}>
      <h1>Sign in</h1>
      <label>
        Your email
        <input type="email" required autoFocus value={email} onChange={(e) => setEmail(e.target.value)} />
      </label>
      <label>
        Password
        <input type="password" value={password} onChange={(e) => setPassword(e.target.value)} />
      </label>
      <button disabled={isBusy}>Sign in</button>
      <button type="button" disabled={isBusy} onClick={sendLink}>Send magic link</button>
      <p>{message}</p>
    </form>
  )
}
