-- What somebody said when publishing, for `Neu in dieser Ausgabe`. It belongs to the act of publishing and not to the edition,
-- whose content is fixed by its id; going back shows what was said then.
alter table atlas.publications
  add column note_de text check (note_de ~ '\S' and length(note_de) <= 1000),
  add column note_en text check (note_en ~ '\S' and length(note_en) <= 1000),
  add constraint publications_note_in_german check (note_en is null or note_de is not null);

create or replace view atlas.stored_pointers as
select a.atlas, shown.audience, e.edition, before.edition as previous, coalesce(gone.withdrawn, '[]') as withdrawn,
       case when u.note_de is not null then jsonb_strip_nulls(jsonb_build_object('de', u.note_de, 'en', u.note_en)) end as note
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

create or replace view atlas.published_pointers with (security_barrier) as
select p.* from atlas.stored_pointers p
where p.audience in (select audience from atlas.readable_audiences);
