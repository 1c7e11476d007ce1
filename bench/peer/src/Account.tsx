import type { User } from '@supabase/supabase-js'
import { useEffect, useState, type FormEvent } from 'react'
import Avatar from './Avatar'
import { supabase } from './supabase'

const EMPTY = { full_name: '', username: '', website: '', avatar_url: null as string | null }

export default function Account({ user }: { user: User }) {
  const [profile, setProfile] = useState<typeof EMPTY>()
  const [message, setMessage] = useState('')
  const [isBusy, setBusy] = useState(false)

  useEffect(() => {
    let isWanted = true
    const columns = supabase.from('profiles').select('full_name, username, website, avatar_url')
    columns.eq('id', user.id).single().then(({ data, error }) => {
      if (!isWanted) return
      if (error) setMessage(error.message)
      setProfile(data ?? EMPTY)
    })
    return () => {
      isWanted = false
    }
  }, [user.id])

  async function save(changed: typeof EMPTY) {
    setBusy(true)
    const row = { ...changed, id: user.id, updated_at: new Date().toISOString() }
    const { error } = await supabase.from('profiles').upsert(row)
    setMessage(error ? error.message : 'Saved')
    if (!error) setProfile(changed)
    setBusy(false)
  }

  if (!profile) return <p>Loading</p>
  const field = (name: 'full_name' | 'username' | 'website') => ({
    value: profile[name] ?? '',
    onChange: (event: { target: HTMLInputElement }) => setProfile({ ...profile, [name]: event.target.value }),
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    save(profile)
  }
  return (
    <form onSubmit={submit}>
      <h1>{user.email}</h1>
      <label>Name <input autoFocus {...field('full_name')} /></label>
      <label>Username <input {...field('username')} /></label>
      <label>Website <input type="url" {...field('website')} /></label>
      <button disabled={isBusy}>{isBusy ? 'Saving' : 'Update'}</button>
      <p>{message}</p>
      <Avatar user={user} path={profile.avatar_url} onUpload={(avatar_url) => save({ ...profile, avatar_url })} />
      <button type="button" onClick={() => supabase.auth.signOut()}>Sign out</button>
    </form>
  )
}
