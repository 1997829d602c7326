#!/bin/sh
# Starts Mosquitto with the files that the platform writes, and brings it each later version of them. They are copied
# because Mosquitto runs as a user of its own, who must not read the platform's folder.
set -eu

source_dir=${BROKER_FILES:-/smart-community/mosquitto}
run_dir=${BROKER_RUN:-/mosquitto/run}
config=${BROKER_CONFIG:-/mosquitto/config/mosquitto.conf}
owner=${BROKER_OWNER:-mosquitto}
every=${BROKER_LOOK_EVERY:-2}
# Mosquitto 2.0 forgets who asks while it is reading, so it is asked once more so many looks after the last change.
again_after=10

# Copies what differs; true when something did. The platform writes permissions before passwords, so they are read the other way
# round: what came between is a permission too much, never a login without its permissions, whose messages Mosquitto would
# acknowledge and drop.
bring() {
  changed=1
  for name in password_file acl_file; do
    cmp -s "$source_dir/$name" "$run_dir/$name" && continue
    cp "$source_dir/$name" "$run_dir/$name.new" || continue
    chmod 0400 "$run_dir/$name.new"
    chown "$owner" "$run_dir/$name.new"
    mv "$run_dir/$name.new" "$run_dir/$name"
    changed=0
  done
  return $changed
}

mkdir -p "$run_dir"
until [ -s "$source_dir/password_file" ] && [ -s "$source_dir/acl_file" ]; do
  echo "waiting for the platform to write $source_dir"
  sleep "$every" &
  wait $!
done
bring || true

mosquitto -c "$config" &
broker=$!
trap 'kill -TERM $broker 2>/dev/null || true' TERM INT

looks=$again_after
while kill -0 $broker 2>/dev/null; do
  sleep "$every" &
  wait $! || true
  kill -0 $broker 2>/dev/null || break
  if bring; then looks=0; else looks=$((looks + 1)); fi
  # SIGHUP makes it read both files and end the connections of those who may no longer log in
  if [ $looks -eq 0 ] || [ $looks -eq $again_after ]; then kill -HUP $broker; fi
done
wait $broker
