-- The people of the Werkstatt and what they did. No figure of any atlas: raw counts have no way into this database.

create table atlas.accounts (
  account_key int generated always as identity primary key,
  -- Shown in addresses and in the log of the server, so neither name nor e-mail.
  account text not null unique check (account ~ '^[a-z0-9]{12}$'),
  name text not null check (length(name) between 1 and 200),
  email text not null check (length(email) between 3 and 320),
  is_operator boolean not null default false,
  -- scrypt with its parameters and salt; null for who signs in elsewhere only.
  password text,
  -- Who that is elsewhere: issuer and subject of OpenID Connect, or the name a proxy gives.
  subject text unique,
  -- Secret of the one-time codes, encrypted with a key that is not in the database; null until it is set up.
  code_secret bytea,
  -- Step of the last code that was taken: a code counts once.
  code_step bigint not null default 0,
  created_at timestamptz not null default now(),
  disabled_at timestamptz
);
create unique index accounts_email on atlas.accounts (lower(email));

create table atlas.memberships (
  account_key int not null references atlas.accounts on delete cascade,
  atlas text not null check (atlas ~ '^[A-Za-z0-9_-]{1,60}$'),
  role text not null check (role in ('admin', 'editor', 'approver', 'reader')),
  primary key (account_key, atlas, role)
);

-- Of tokens there are hashes only: whoever reads this table cannot sign in with it.
create table atlas.sessions (
  token_hash bytea primary key,
  account_key int not null references atlas.accounts on delete cascade,
  method text not null check (method in ('password', 'invitation', 'oidc', 'proxy')),
  created_at timestamptz not null default now(),
  seen_at timestamptz not null default now()
);
create index sessions_account on atlas.sessions (account_key);

create table atlas.invitations (
  token_hash bytea primary key,
  name text not null,
  email text not null,
  is_operator boolean not null,
  memberships jsonb not null,
  -- Null for the first person of all, who is invited by the program.
  invited_by int references atlas.accounts on delete set null,
  -- Set where an account that exists gets a new password.
  account_key int references atlas.accounts on delete cascade,
  created_at timestamptz not null default now(),
  expires_at timestamptz not null,
  used_at timestamptz
);

-- With these programs on other machines come in.
create table atlas.api_tokens (
  token_hash bytea primary key,
  token text not null unique check (token ~ '^[a-z0-9]{12}$'),
  account_key int not null references atlas.accounts on delete cascade,
  atlas text not null check (atlas ~ '^[A-Za-z0-9_-]{1,60}$'),
  label text not null check (length(label) between 1 and 200),
  actions text[] not null,
  created_at timestamptz not null default now(),
  expires_at timestamptz not null,
  used_at timestamptz,
  revoked_at timestamptz
);

-- What went wrong at the door, by account and by network address, each as a keyed hash.
create table atlas.sign_in_failures (
  failure bigint generated always as identity primary key,
  subject bytea not null,
  at timestamptz not null default now()
);
create index sign_in_failures_subject on atlas.sign_in_failures (subject, at);

-- Who did what, when, from which edition to which. Names are kept as they were.
create table atlas.audit_log (
  entry bigint generated always as identity primary key,
  at timestamptz not null default now(),
  account text,
  name text not null,
  atlas text,
  action text not null,
  from_edition text,
  to_edition text,
  details jsonb not null default '{}'
);
create index audit_log_atlas on atlas.audit_log (atlas, entry);

-- Append-only for everybody, the owner of the table included; what is older than three years may be deleted.
create function atlas.keep_audit_log () returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' and old.at < now() - interval '3 years' then return old; end if;
  raise exception 'the audit log is append-only' using errcode = 'insufficient_privilege';
end
$$;
create trigger audit_log_is_kept before update or delete on atlas.audit_log
for each row execute function atlas.keep_audit_log();
create function atlas.keep_all_of_audit_log () returns trigger language plpgsql as $$
begin
  raise exception 'the audit log is append-only' using errcode = 'insufficient_privilege';
end
$$;
create trigger audit_log_is_not_emptied before truncate on atlas.audit_log
for each statement execute function atlas.keep_all_of_audit_log();

-- For which audiences an edition must be approved by somebody else than whoever built it.
create table atlas.workshop_settings (
  atlas text primary key check (atlas ~ '^[A-Za-z0-9_-]{1,60}$'),
  approved_audiences text[] not null default '{}'
);

create table atlas.approvals (
  edition text not null,
  atlas text not null,
  account text not null,
  name text not null,
  at timestamptz not null default now(),
  primary key (edition, account)
);
