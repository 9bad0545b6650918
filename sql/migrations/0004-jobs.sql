-- What the Werkstatt asked a worker to do, and how far it is. Names, codes and ids of editions; never a figure.
create table atlas.jobs (
  job bigint generated always as identity primary key,
  atlas text not null check (atlas ~ '^[A-Za-z0-9_-]{1,60}$'),
  kind text not null check (kind in ('check', 'build', 'publish', 'receive', 'rollback', 'withdraw')),
  -- Edition, reason, successor: what the command line takes beside the project.
  facts jsonb not null,
  account text not null,
  name text not null,
  state text not null default 'waiting' check (state in ('waiting', 'running', 'done', 'failed', 'cancelled')),
  asked_at timestamptz not null default now(),
  started_at timestamptz,
  ended_at timestamptz,
  -- The worker that has it, and when it was last heard of.
  worker text,
  beat_at timestamptz,
  is_unwanted boolean not null default false,
  progress jsonb,
  -- How it ended: exit code of the command line, the editions it named, the codes of its findings.
  exit_code int,
  editions text[] not null default '{}',
  codes text[] not null default '{}'
);
create index jobs_atlas on atlas.jobs (atlas, job);
create index jobs_waiting on atlas.jobs (job) where state = 'waiting';
-- One at a time for each atlas, however many workers there are.
create unique index jobs_running on atlas.jobs (atlas) where state = 'running';
