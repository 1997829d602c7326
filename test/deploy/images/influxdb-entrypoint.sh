#!/bin/sh
# As the public image: INFLUXDB_DB and its two users at the first start.
set -eu
export INFLUXDB_META_DIR=/var/lib/influxdb/meta INFLUXDB_DATA_DIR=/var/lib/influxdb/data INFLUXDB_DATA_WAL_DIR=/var/lib/influxdb/wal
if [ ! -d "$INFLUXDB_META_DIR" ]; then
  INFLUXDB_HTTP_AUTH_ENABLED=false INFLUXDB_HTTP_BIND_ADDRESS=127.0.0.1:8086 influxd &
  until influx -execute 'SHOW DATABASES' >/dev/null 2>&1; do sleep 0.2; done
  influx -execute "CREATE USER \"$INFLUXDB_ADMIN_USER\" WITH PASSWORD '$INFLUXDB_ADMIN_PASSWORD' WITH ALL PRIVILEGES"
  influx -execute "CREATE DATABASE \"$INFLUXDB_DB\""
  influx -execute "CREATE USER \"$INFLUXDB_USER\" WITH PASSWORD '$INFLUXDB_USER_PASSWORD'"
  influx -execute "GRANT ALL ON \"$INFLUXDB_DB\" TO \"$INFLUXDB_USER\""
  kill %1 2>/dev/null || kill $!
  wait
fi
exec influxd
