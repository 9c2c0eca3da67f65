# Prepares a new PostgreSQL for the standby of compose.yml. Its image runs this
# once, when the data folder is empty.
set -eu
psql -v ON_ERROR_STOP=1 -v password="$POSTGRES_PASSWORD" \
  --username "$POSTGRES_USER" postgres <<'SQL'
create role standby login replication password :'password';
select pg_create_physical_replication_slot('postgres2');
-- From the next start on, a commit waits for the standby.
alter system set synchronous_standby_names = 'postgres2';
SQL
echo "host replication standby all scram-sha-256" >> "$PGDATA/pg_hba.conf"
