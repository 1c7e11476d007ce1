-- What only this server has: the mails that nobody really sent.
create schema if not exists supabase_local;

create table if not exists supabase_local.mails (
  id uuid primary key,
  "order" bigserial,
  "to" text not null,
  subject text not null,
  html text not null,
  text text not null,
  link text,
  code text,
  sent_at timestamptz not null
);
create index if not exists mails_order_idx on supabase_local.mails ("order" desc);
