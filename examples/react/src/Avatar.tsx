import { useEffect, useState, type ChangeEvent } from 'react'
import type { User } from 'tauri-plugin-supabase-session-api'
import { supabase } from './supabase'

type Props = { user: User; path: string | null; onUpload: (path: string) => void }

export default function Avatar({ user, path, onUpload }: Props) {
  const [picture, setPicture] = useState<string>()
  const [problem, setProblem] = useState('')

  useEffect(() => {
    if (!path) return
    supabase.storage.from('avatars').download(path).then(({ data, error }) => {
      if (error) setProblem(error.message)
      else setPicture(URL.createObjectURL(data))
    })
  }, [path])

  async function upload(event: ChangeEvent<HTMLInputElement>) {
    const file = event.target.files?.[0]
    if (!file) return
    const path = `${user.id}/${Date.now()}.${file.name.split('.').pop()}`
    const { error } = await supabase.storage.from('avatars').upload(path, file)
    if (error) setProblem(error.message)
    else onUpload(path)
  }

  return (
    <label>
      {picture && <img data-testid="picture" src={picture} alt="Your picture" />}
      Picture
      <input data-testid="choose-picture" type="file" accept="image/*" onChange={upload} />
      <span data-testid="picture-problem">{problem}</span>
    </label>
  )
}
