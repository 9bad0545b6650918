-- What an installation keeps: editions, their cells, the tiles of their geometries, and which edition is current.
--
-- Cells are rows with integer keys, so that a million of them stay small; the view published_cells
-- puts the names back for SQL, R and QGIS. Everything else in an edition (texts, definitions, shapes)
-- is one compressed JSON document, because nobody queries it and it must come back bit by bit.

create table atlas.atlases (
  atlas_key int generated always as identity primary key,
  atlas text not null unique
);

-- One row per attempt to save. It counts only once saved_at is set: a writer that was killed leaves
-- rows behind that nobody sees, and the next attempt starts afresh.
create table atlas.editions (
  edition_key int generated always as identity primary key,
  edition text not null check (edition ~ '^e[0-9a-f]{12}$'),
  atlas_key int not null references atlas.atlases,
  audience text not null check (audience in ('public', 'internal')),
  title text not null,
  format_version int not null,
  level_count int not null,
  area_count int not null,
  indicator_count int not null,
  cell_count int not null,
  started_at timestamptz not null default now(),
  saved_at timestamptz,
  published_at timestamptz
);
create unique index editions_saved on atlas.editions (edition) where saved_at is not null;

create table atlas.document_parts (
  edition_key int not null references atlas.editions on delete cascade,
  part int not null,
  bytes bytea not null,
  primary key (edition_key, part)
);

create table atlas.levels (
  level_key int generated always as identity primary key,
  edition_key int not null references atlas.editions on delete cascade,
  ordinal int not null,
  level text not null,
  label text not null,
  system text not null,
  valid_from date not null,
  valid_to date,
  geometry text not null,
  unique (edition_key, ordinal)
);

create table atlas.areas (
  area_key int generated always as identity primary key,
  level_key int not null references atlas.levels on delete cascade,
  ordinal int not null,
  area text not null,
  name text not null,
  parent text,
  unique (level_key, ordinal)
);

create table atlas.indicators (
  indicator_key int generated always as identity primary key,
  edition_key int not null references atlas.editions on delete cascade,
  ordinal int not null,
  indicator text not null,
  label text not null,
  unit text not null,
  unique (edition_key, ordinal)
);

create table atlas.periods (
  period_key int generated always as identity primary key,
  edition_key int not null references atlas.editions on delete cascade,
  ordinal int not null,
  period text not null,
  first_day date not null,
  last_day date not null,
  unique (edition_key, ordinal)
);

-- One indicator on one level.
create table atlas.series (
  series_key int generated always as identity primary key,
  edition_key int not null references atlas.editions on delete cascade,
  ordinal int not null,
  level_key int not null references atlas.levels on delete cascade,
  indicator_key int not null references atlas.indicators on delete cascade,
  unique (edition_key, ordinal)
);

-- No foreign keys here: three look-ups per cell would double the time of a save, and only one
-- function writes this table. A number stands exactly where something was observed.
create table atlas.cells (
  series_key int not null,
  period_key int not null,
  area_key int not null,
  status char(1) not null check (status in ('o', 's', 'm')),
  value double precision,
  reason text,
  flag text,
  primary key (series_key, period_key, area_key),
  check ((status = 'o') = (value is not null)),
  check ((status = 'm') = (reason is not null)),
  check (flag is null or status = 'o')
);

-- Tiles belong to a geometry, not to an edition: a new edition with old boundaries re-uses them.
create table atlas.tile_sets (
  tile_set_key int generated always as identity primary key,
  geometry text not null check (geometry ~ '^g[0-9a-f]{12}$'),
  format_version int not null,
  min_zoom int not null,
  max_zoom int not null,
  topology_gzip bytea,
  topology_brotli bytea,
  started_at timestamptz not null default now(),
  saved_at timestamptz
);
create unique index tile_sets_saved on atlas.tile_sets (geometry) where saved_at is not null;

create table atlas.tiles (
  tile_set_key int not null references atlas.tile_sets on delete cascade,
  z int not null,
  x int not null,
  y int not null,
  gzip bytea not null,
  brotli bytea not null,
  primary key (tile_set_key, z, x, y)
);

-- Every act of publishing, with the one it replaced: rolling back walks this chain.
create table atlas.publications (
  publication_key int generated always as identity primary key,
  edition_key int not null references atlas.editions,
  replaced_key int references atlas.publications,
  published_at timestamptz not null default now()
);

-- Which edition is current. The server polls this table and nothing else.
create table atlas.pointers (
  atlas_key int not null references atlas.atlases,
  audience text not null check (audience in ('public', 'internal')),
  publication_key int not null references atlas.publications,
  moved_at timestamptz not null default now(),
  primary key (atlas_key, audience)
);

-- Whose published editions a database role may read. The owner of these tables may read all.
create table atlas.readers (
  role_name text primary key,
  audience text not null check (audience in ('public', 'internal'))
);
insert into atlas.readers values ('atlas_server', 'public'), ('atlas_server_internal', 'internal');

-- ---------------------------------------------------------------- stored_*: drafts included

create view atlas.stored_editions as
select e.edition_key, e.edition, a.atlas, e.audience, e.title, e.format_version,
       e.level_count, e.area_count, e.indicator_count, e.cell_count,
       to_char(e.saved_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as saved_at,
       to_char(e.published_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as published_at,
       exists (select from atlas.pointers p join atlas.publications u using (publication_key)
               where u.edition_key = e.edition_key) as is_current
from atlas.editions e
join atlas.atlases a using (atlas_key)
where e.saved_at is not null;

create view atlas.stored_document_parts as
select d.edition_key, d.part, d.bytes from atlas.document_parts d;

-- Cells as an edition holds them: one row per series and period, areas in order.
create view atlas.stored_columns as
select s.edition_key, s.ordinal as series, p.period,
       array_agg(c.value order by a.ordinal) as values,
       string_agg(c.status, '' order by a.ordinal) as statuses,
       array_agg(c.reason order by a.ordinal) as reasons,
       array_agg(c.flag order by a.ordinal) as flags
from atlas.series s
join atlas.cells c using (series_key)
join atlas.periods p using (period_key)
join atlas.areas a using (area_key)
group by s.edition_key, s.ordinal, p.period;

create view atlas.stored_tile_sets as
select t.tile_set_key, t.geometry, t.format_version, t.min_zoom, t.max_zoom, t.topology_gzip, t.topology_brotli
from atlas.tile_sets t
where t.saved_at is not null;

create view atlas.stored_tiles as
select t.tile_set_key, t.z, t.x, t.y, t.gzip, t.brotli from atlas.tiles t;

-- What each atlas shows, and to which edition it would go back.
create view atlas.stored_pointers as
select a.atlas, p.audience, e.edition, before.edition as previous
from atlas.pointers p
join atlas.atlases a using (atlas_key)
join atlas.publications u using (publication_key)
join atlas.editions e using (edition_key)
left join atlas.publications r on r.publication_key = u.replaced_key
left join atlas.editions before on before.edition_key = r.edition_key;

-- ---------------------------------------------------------------- published_*: what a server may see

create view atlas.readable_audiences with (security_barrier) as
select r.audience
from atlas.readers r
where exists (select from pg_roles m where m.rolname = r.role_name and pg_has_role(m.oid, 'usage'))
   or exists (select from pg_class t where t.oid = 'atlas.editions'::regclass and pg_has_role(t.relowner, 'usage'));

create view atlas.published_editions with (security_barrier) as
select e.*
from atlas.stored_editions e
where e.published_at is not null and e.audience in (select audience from atlas.readable_audiences);

create view atlas.published_document_parts with (security_barrier) as
select d.* from atlas.stored_document_parts d
where d.edition_key in (select edition_key from atlas.published_editions);

create view atlas.published_columns with (security_barrier) as
select c.* from atlas.stored_columns c
where c.edition_key in (select edition_key from atlas.published_editions);

create view atlas.published_tile_sets with (security_barrier) as
select t.* from atlas.stored_tile_sets t
where t.geometry in (select l.geometry from atlas.levels l join atlas.published_editions using (edition_key));

create view atlas.published_tiles with (security_barrier) as
select t.* from atlas.stored_tiles t
where t.tile_set_key in (select tile_set_key from atlas.published_tile_sets);

create view atlas.published_pointers with (security_barrier) as
select p.* from atlas.stored_pointers p
where p.audience in (select audience from atlas.readable_audiences);

-- For people: every published cell with its names.
create view atlas.published_cells with (security_barrier) as
select e.atlas, e.edition, l.level, a.area, a.name as area_name, i.indicator, p.period,
       case c.status when 'o' then 'observed' when 's' then 'suppressed' else 'missing' end as status,
       c.value, c.reason, c.flag, e.audience, e.is_current
from atlas.published_editions e
join atlas.series s using (edition_key)
join atlas.levels l using (level_key)
join atlas.indicators i using (indicator_key)
join atlas.cells c using (series_key)
join atlas.periods p using (period_key)
join atlas.areas a using (area_key);
