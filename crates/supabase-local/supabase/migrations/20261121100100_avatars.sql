-- Pictures of people: a private bucket in which each person reads and writes below a folder named after
-- their own id, and nowhere else. (The tutorial's own policies let anyone upload.) A bucket that is there
-- already stays as it is: other apps of the project may show its pictures by public addresses.

insert into storage.buckets (id, name, public, file_size_limit, allowed_mime_types)
values ('avatars', 'avatars', false, 1048576, array['image/png', 'image/jpeg', 'image/webp'])
on conflict (id) do nothing;

drop policy if exists "Own avatars are readable." on storage.objects;
create policy "Own avatars are readable." on storage.objects
  for select to authenticated
  using (bucket_id = 'avatars' and (storage.foldername(name))[1] = (select auth.uid())::text);

drop policy if exists "Own avatars can be added." on storage.objects;
create policy "Own avatars can be added." on storage.objects
  for insert to authenticated
  with check (bucket_id = 'avatars' and (storage.foldername(name))[1] = (select auth.uid())::text);

drop policy if exists "Own avatars can be replaced." on storage.objects;
create policy "Own avatars can be replaced." on storage.objects
  for update to authenticated
  using (bucket_id = 'avatars' and (storage.foldername(name))[1] = (select auth.uid())::text)
  with check (bucket_id = 'avatars' and (storage.foldername(name))[1] = (select auth.uid())::text);

drop policy if exists "Own avatars can be removed." on storage.objects;
create policy "Own avatars can be removed." on storage.objects
  for delete to authenticated
  using (bucket_id = 'avatars' and (storage.foldername(name))[1] = (select auth.uid())::text);
