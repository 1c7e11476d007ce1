-- Whoever is signed in can delete their own account, without a key that could delete anybody's. Rows that
-- refer to the person go with them; objects in Storage do not, as real servers refuse to delete those by
-- SQL: they are removed through the Storage API first. Calling it again does no harm.

create or replace function public.delete_account()
returns void
language plpgsql
security definer
set search_path = ''
as $$
begin
  -- Whoever has a second factor has to have used it: a stolen session is not enough.
  if coalesce(auth.jwt() ->> 'aal', 'aal1') <> 'aal2' and exists (
    select from auth.mfa_factors where user_id = (select auth.uid()) and status = 'verified'
  ) then
    raise exception 'deleting the account needs the second factor' using errcode = 'insufficient_privilege';
  end if;
  delete from auth.users where id = (select auth.uid());
end;
$$;

revoke execute on function public.delete_account() from public, anon;
grant execute on function public.delete_account() to authenticated;
