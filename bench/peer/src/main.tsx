import type { Session } from '@supabase/supabase-js'
import { useEffect, useState } from 'react'
import { createRoot } from 'react-dom/client'
import Account from './Account'
import SignIn from './SignIn'
import { followLinks } from './links'
import { supabase } from './supabase'

function App() {
  const [session, setSession] = useState<Session | null>()

  useEffect(() => {
    const { data } = supabase.auth.onAuthStateChange((_event, session) => setSession(session))
    return () => data.subscription.unsubscribe()
  }, [])

  if (session === undefined) return null
  return session ? <Account key={session.user.id} user={session.user} /> : <SignIn />
}

createRoot(document.getElementById('root')!).render(<App />)
void followLinks()
