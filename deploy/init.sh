#!/bin/sh
# Makes deploy/.env with a random secret for each server, once. What is there is left alone.
set -eu
cd "$(dirname "$0")"
if [ -e .env ]; then
  echo "deploy/.env is there already: nothing changed."
  exit 0
fi
secret() { od -An -N24 -tx1 /dev/urandom | tr -d ' \n'; }
umask 077
cat > .env <<VALUES
POSTGRES_PASSWORD=$(secret)
REDIS_PASSWORD=$(secret)
INFLUX_PASSWORD=$(secret)
MQTT_PASSWORD=$(secret)
VALUES
echo "deploy/.env is written. Keep it: without it the data of this installation cannot be opened."
