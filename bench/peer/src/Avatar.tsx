import type { User } from '@supabase/supabase-js'
import { useEffect, useState, type ChangeEvent } from 'react'
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
      {picture && <img src={picture} alt="Your picture" />}
      Picture
      <input type="file" accept="image/*" onChange={upload} />
      <span>{problem}</span>
    </label>
  )
}
