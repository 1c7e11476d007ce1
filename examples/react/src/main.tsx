import { useEffect, useState } from 'react'
import { createRoot } from 'react-dom/client'
import { auth, importSession, type Session } from 'tauri-plugin-supabase-session-api'
import Account from './Account'
import SignIn from './SignIn'

function App() {
  const [session, setSession] = useState<Session | null>()

  useEffect(() => {
    const { data } = auth.onAuthStateChange((_event, session) => setSession(session))
    return () => data.subscription.unsubscribe()
  }, [])

  if (session === undefined) return null
  return session ? <Account key={session.user.id} user={session.user} /> : <SignIn />
}

// From a version of this app in which supabase-js kept the session in the page. Nothing is kept: nothing happens.
void importSession()

createRoot(document.getElementById('root')!).render(<App />)
