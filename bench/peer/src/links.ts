import { getCurrent, onOpenUrl } from '@tauri-apps/plugin-deep-link'
import { supabase } from './supabase'

async function take(links: string[] | null) {
  for (const link of links ?? []) {
    const code = new URL(link).searchParams.get('code')
    if (code) await supabase.auth.exchangeCodeForSession(code)
  }
}

/** The links that bring people back from their mail: the one that started the app, and those that come later. */
export async function followLinks() {
  await onOpenUrl(take)
  await take(await getCurrent())
}
