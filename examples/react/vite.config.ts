import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

export default defineConfig({
  plugins: [react()],
  clearScreen: false,
  server: { host: '127.0.0.1', port: 1421, strictPort: true },
  // The page waits for the backend before it is drawn (`await` in `supabase.ts`).
  build: { target: 'es2022' },
})
