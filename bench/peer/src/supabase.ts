import { createClient } from '@supabase/supabase-js'

declare global {
  interface Window {
    // The tutorial has these from `.env` at build time. Each run of the bench has a server of its own, so the shell puts
    // them in before the first script.
    __PROJECT__: { url: string; key: string }
  }
}

const { url, key } = window.__PROJECT__

export const supabase = createClient(url, key, { auth: { flowType: 'pkce', detectSessionInUrl: false } })
