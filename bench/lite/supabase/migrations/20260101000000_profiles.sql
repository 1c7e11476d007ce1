-- The table of `supabase/migrations/`, without what SQLite has not: no function runs at a sign-up.
create table public.profiles (
  id uuid not null primary key references auth.users (id) on delete cascade,
  updated_at timestamptz,
  username text unique,
  full_name text,
  avatar_url text,
  website text
);

alter table public.profiles enable row level security;

create policy "Public profiles are viewable by everyone." on public.profiles
  for select to anon, authenticated using (true);

create policy "Users can insert their own profile." on public.profiles
  for insert to authenticated with check ((select auth.uid()) = id);
