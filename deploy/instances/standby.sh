# Runs the standby of compose.yml. At its first start it copies the primary.
set -eu
primary="host=postgres1 user=standby password=$POSTGRES_PASSWORD application_name=postgres2"
while [ ! -s "$PGDATA/PG_VERSION" ]; do
  pg_basebackup --pgdata="$PGDATA" --dbname="$primary" --slot=postgres2 \
    --write-recovery-conf || sleep 1
done
chmod 700 "$PGDATA"
exec postgres
