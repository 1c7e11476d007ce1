import { useState, type FormEvent } from 'react'
import { auth } from 'tauri-plugin-supabase-session-api'

export default function SignIn() {
  const [email, setEmail] = useState('')
  const [message, setMessage] = useState('')

  async function signIn(event: FormEvent) {
    event.preventDefault()
    const { error } = await auth.signInWithOtp({ email })
    setMessage(error ? error.message : 'Check your email for the login link!')
  }

  return (
    <form data-testid="sign-in-page" onSubmit={signIn}>
      <h1>Sign in or up</h1>
      <label>
        Your email
        <input data-testid="email" type="email" required value={email} onChange={(e) => setEmail(e.target.value)} />
      </label>
      <button data-testid="submit">Send magic link</button>
      <p data-testid="message">{message}</p>
    </form>
  )
}
