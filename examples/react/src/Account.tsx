import { useEffect, useState, type FormEvent } from 'react'
import { auth, type User } from 'tauri-plugin-supabase-session-api'
import Avatar from './Avatar'
import { supabase } from './supabase'

const EMPTY = { username: '', website: '', avatar_url: null as string | null }

export default function Account({ user }: { user: User }) {
  const [profile, setProfile] = useState<typeof EMPTY>()
  const [message, setMessage] = useState('')

  useEffect(() => {
    const columns = supabase.from('profiles').select('username, website, avatar_url')
    columns.eq('id', user.id).maybeSingle().then(({ data, error }) => {
      if (error) setMessage(error.message)
      setProfile(data ?? EMPTY)
    })
  }, [user.id])

  async function save(changed: typeof EMPTY) {
    const row = { ...changed, id: user.id, updated_at: new Date().toISOString() }
    const { error } = await supabase.from('profiles').upsert(row)
    setMessage(error ? error.message : 'Saved')
    if (!error) setProfile(changed)
  }

  if (!profile) return <p>Loading</p>
  const field = (name: 'username' | 'website') => ({
    'data-testid': name,
    value: profile[name] ?? '',
    onChange: (event: { target: HTMLInputElement }) => setProfile({ ...profile, [name]: event.target.value }),
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    save(profile)
  }
  return (
    <form data-testid="account-page" onSubmit={submit}>
      <h1 data-testid="address">{user.email}</h1>
      <Avatar user={user} path={profile.avatar_url} onUpload={(avatar_url) => save({ ...profile, avatar_url })} />
      <label>Name <input {...field('username')} /></label>
      <label>Website <input type="url" {...field('website')} /></label>
      <button data-testid="save">Update</button>
      <button data-testid="sign-out" type="button" onClick={() => auth.signOut()}>Sign out</button>
      <p data-testid="message">{message}</p>
    </form>
  )
}
