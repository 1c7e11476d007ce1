//! What an owner enters in the dashboard or runs in its SQL editor.

/// The table `profiles` with its policies and its trigger.
pub const PROFILES: &str = include_str!("../../../supabase/migrations/20261121100000_profiles.sql");

/// The bucket `avatars` with its policies.
pub const AVATARS: &str = include_str!("../../../supabase/migrations/20261121100100_avatars.sql");

/// The function that deletes its caller's account.
pub const DELETE_ACCOUNT: &str =
    include_str!("../../../supabase/migrations/20261121110000_delete_account.sql");

/// A row for everybody who has none.
pub(crate) const MISSING_ROWS: &str =
    "insert into public.profiles (id) select id from auth.users on conflict (id) do nothing;\n";

/// The table can be read by whoever is signed in.
pub(crate) const READ_PROFILES: &str = "grant select, insert, update on public.profiles to authenticated;\n";

/// Who may do what with `profiles`.
pub(crate) const LIST_PROFILE_POLICIES: &str = "\
select c.relrowsecurity as row_level_security, p.policyname, p.cmd, p.roles, p.qual, p.with_check
from pg_class c
left join pg_policies p on p.schemaname = 'public' and p.tablename = 'profiles'
where c.oid = 'public.profiles'::regclass;
";

/// What the bucket takes.
pub(crate) const SHOW_BUCKET: &str =
    "select id, public, file_size_limit, allowed_mime_types from storage.buckets where id = 'avatars';\n";

/// The bucket takes what this app makes and no more.
pub(crate) const LIMIT_BUCKET: &str = "\
update storage.buckets
set file_size_limit = 1048576, allowed_mime_types = array['image/png', 'image/jpeg', 'image/webp']
where id = 'avatars';
";

/// The pictures can be seen by whom the policies let.
pub(crate) const HIDE_BUCKET: &str = "update storage.buckets set public = false where id = 'avatars';\n";

/// The function is for people with an account only.
pub(crate) const CLOSE_FUNCTION: &str =
    "revoke execute on function public.delete_account() from public, anon;\n";

/// Takes away the policy by which anybody may upload (it is the tutorial's; its name may be another one in this project)
/// and adds ours.
pub(crate) fn close_bucket() -> String {
    format!(
        "-- Every policy that lets somebody add files:\n\
         select policyname, cmd, roles, with_check from pg_policies\n\
         where schemaname = 'storage' and tablename = 'objects' and cmd in ('INSERT', 'ALL');\n\n\
         -- The one of Supabase's tutorial; remove others of the list that let too many people in likewise:\n\
         drop policy if exists \"Anyone can upload an avatar.\" on storage.objects;\n\n{AVATARS}"
    )
}

/// Adds what says whose a row is. A row that is there already belongs to nobody until its owner is set.
const ADD_ID: &str = "alter table public.profiles add column if not exists id uuid unique
  references auth.users (id) on delete cascade;
";

/// Adds these columns as our migration has them.
#[must_use]
pub fn add_columns(columns: &[&str]) -> String {
    let lines = columns.iter().map(|column| {
        if *column == "id" {
            return ADD_ID.to_owned();
        }
        let kind = if *column == "updated_at" { "timestamptz" } else { "text" };
        let unique = if *column == "username" { " unique" } else { "" };
        format!("alter table public.profiles add column if not exists {column} {kind}{unique};\n")
    });
    lines.collect()
}

/// The entry of Authentication > URL Configuration > Redirect URLs. The star lets the flow's number through.
pub(crate) fn redirect_entry(deep_link: &str) -> String {
    format!("{deep_link}*")
}
