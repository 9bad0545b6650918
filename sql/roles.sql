-- The hands of an atlas on PostgreSQL, one role each. Run once per installation, as an administrator:
--
--     psql -d postgres -f sql/roles.sql
--     psql -d postgres -c 'create database atlas owner atlas_owner'
--
-- The roles have no login. Give each person or program one of its own:
--
--     create role web login password '…' in role atlas_server;
--
-- atlas_owner             creates and migrates the tables (npx atlas migrate)
-- atlas_pipeline          saves editions, publishes, rolls back
-- atlas_server            reads published editions for the public, and nothing else
-- atlas_server_internal   reads published internal editions, and nothing else
-- atlas_workshop          knows the people of the Werkstatt and keeps its log, reads drafts, changes no edition
do $$
declare
  wanted text;
begin
  foreach wanted in array array['atlas_owner', 'atlas_pipeline', 'atlas_server', 'atlas_server_internal', 'atlas_workshop'] loop
    if not exists (select from pg_roles where rolname = wanted) then
      execute format('create role %I nologin', wanted);
    end if;
  end loop;
end
$$;
