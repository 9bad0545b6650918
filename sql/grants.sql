-- What each role may do; run by every migration, so that a new table is closed until it is named here.
-- An installation without these roles (the embedded database, one person's own server) is left alone.
do $$
declare
  reader text;
  seen text;
  people text[] := array['accounts', 'memberships', 'sessions', 'invitations', 'api_tokens', 'sign_in_failures', 'audit_log',
    'workshop_settings', 'approvals'];
begin
  if exists (select from pg_roles where rolname = 'atlas_pipeline') then
    grant usage on schema atlas to atlas_pipeline;
    grant select, insert, update, delete on all tables in schema atlas to atlas_pipeline;
    revoke insert, update, delete on atlas.schema_migrations, atlas.readers from atlas_pipeline;
    -- Who may sign in is no business of a build.
    foreach seen in array people loop
      execute format('revoke all on atlas.%I from atlas_pipeline', seen);
    end loop;
    -- But whether who asked, and who approved, still may when the job runs: ids and roles, neither names nor passwords.
    grant select on atlas.workshop_settings, atlas.approvals, atlas.memberships to atlas_pipeline;
    grant select (account_key, account, disabled_at) on atlas.accounts to atlas_pipeline;
    -- What it did for somebody it writes down.
    grant insert on atlas.audit_log to atlas_pipeline;
  end if;

  if exists (select from pg_roles where rolname = 'atlas_workshop') then
    revoke all on all tables in schema atlas from atlas_workshop;
    grant usage on schema atlas to atlas_workshop;
    grant select on all tables in schema atlas to atlas_workshop;
    foreach seen in array people loop
      execute format('grant insert, update, delete on atlas.%I to atlas_workshop', seen);
    end loop;
    grant insert, update on atlas.jobs to atlas_workshop;
    -- The trigger lets go of what is three years old, and of nothing else.
    revoke update on atlas.audit_log from atlas_workshop;
  end if;

  foreach reader in array array['atlas_server', 'atlas_server_internal'] loop
    continue when not exists (select from pg_roles where rolname = reader);
    execute format('revoke all on all tables in schema atlas from %I', reader);
    execute format('grant usage on schema atlas to %I', reader);
    foreach seen in array array[
      'schema_migrations', 'published_editions', 'published_document_parts', 'published_columns',
      'published_tile_sets', 'published_tiles', 'published_pointers', 'published_cells'
    ] loop
      execute format('grant select on atlas.%I to %I', seen, reader);
    end loop;
  end loop;
end
$$;
