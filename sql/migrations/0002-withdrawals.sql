-- What a municipality took back. The rows of a withdrawn edition stay, because whoever read it knows its figures and
-- the audit of later editions must count on that; no server sees them any more.
create table atlas.withdrawals (
  edition_key int primary key references atlas.editions,
  -- Shown to everybody who asks for the edition.
  reason text not null check (reason ~ '\S'),
  -- Where readers are sent; null where nothing else was published.
  successor_key int references atlas.editions check (successor_key <> edition_key),
  withdrawn_at timestamptz not null default now()
);

-- The act of publishing to which each would be rolled back: the last one before whose edition is another and was not
-- withdrawn. For one at a time: PostgreSQL compiles a query over all of them, which takes a second.
create view atlas.stored_steps_back as
select u.publication_key, back.publication_key as back_key, back.edition_key as back_edition_key
from atlas.publications u
left join lateral (
  with recursive chain as (
    select r.publication_key, r.edition_key, r.replaced_key,
           r.edition_key <> u.edition_key and not exists (select from atlas.withdrawals w where w.edition_key = r.edition_key) as is_target
    from atlas.publications r
    where r.publication_key = u.replaced_key
    union all
    select r.publication_key, r.edition_key, r.replaced_key,
           r.edition_key <> u.edition_key and not exists (select from atlas.withdrawals w where w.edition_key = r.edition_key)
    from chain join atlas.publications r on r.publication_key = chain.replaced_key
    where not chain.is_target
  )
  select chain.publication_key, chain.edition_key from chain where chain.is_target
) back on true;

-- So what servers ask every few seconds is written down whenever a pointer moves or an edition is withdrawn.
alter table atlas.pointers add column back_key int references atlas.publications;
update atlas.pointers p
set back_key = (select b.back_key from atlas.stored_steps_back b where b.publication_key = p.publication_key);

create or replace view atlas.stored_editions as
select e.edition_key, e.edition, a.atlas, e.audience, e.title, e.format_version,
       e.level_count, e.area_count, e.indicator_count, e.cell_count,
       to_char(e.saved_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as saved_at,
       to_char(e.published_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as published_at,
       exists (select from atlas.pointers p join atlas.publications u using (publication_key)
               where u.edition_key = e.edition_key) as is_current,
       to_char(w.withdrawn_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as withdrawn_at,
       w.reason, s.edition as successor,
       array(select distinct l.geometry from atlas.levels l where l.edition_key = e.edition_key order by l.geometry) as geometries
from atlas.editions e
join atlas.atlases a using (atlas_key)
left join atlas.withdrawals w using (edition_key)
left join atlas.editions s on s.edition_key = w.successor_key
where e.saved_at is not null;

create or replace view atlas.published_editions with (security_barrier) as
select e.*
from atlas.stored_editions e
where e.published_at is not null and e.withdrawn_at is null and e.audience in (select audience from atlas.readable_audiences);

-- What each atlas shows to an audience, to which edition it would go back, and what it took back. An atlas that
-- took back everything has no current edition.
drop view atlas.published_pointers;
drop view atlas.stored_pointers;
create view atlas.stored_pointers as
select a.atlas, shown.audience, e.edition, before.edition as previous, coalesce(gone.withdrawn, '[]') as withdrawn
from atlas.pointers p
full join (
  select e.atlas_key, e.audience,
         jsonb_agg(jsonb_build_object('edition', e.edition, 'reason', w.reason, 'successor', s.edition)
                   order by w.withdrawn_at, w.edition_key) as withdrawn
  from atlas.withdrawals w
  join atlas.editions e using (edition_key)
  left join atlas.editions s on s.edition_key = w.successor_key
  group by e.atlas_key, e.audience
) gone using (atlas_key, audience) as shown
join atlas.atlases a on a.atlas_key = shown.atlas_key
left join atlas.publications u on u.publication_key = p.publication_key
left join atlas.editions e on e.edition_key = u.edition_key
left join atlas.publications r on r.publication_key = p.back_key
left join atlas.editions before on before.edition_key = r.edition_key;

create view atlas.published_pointers with (security_barrier) as
select p.* from atlas.stored_pointers p
where p.audience in (select audience from atlas.readable_audiences);
