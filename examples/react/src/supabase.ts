import { createClient } from '@supabase/supabase-js'
import { createFetch, session } from 'tauri-plugin-supabase-session-api'

// The backend names the project and puts its key in.
const { project } = await session.view()

export const supabase = createClient(project!.url, 'put-in-by-the-backend', {
  accessToken: async () => null,
  global: { fetch: createFetch() },
})
