#!/bin/bash
# Stand-ins for the public images of deploy/compose.yml, made of Debian packages and this checkout's own Node, for machines that can
# run containers but pull none. They honour the same variables and paths. Needs root, debootstrap and a container engine.
set -euo pipefail
cd "$(dirname "$0")"
checkout="$(cd ../.. && pwd)"
scratch="$(mktemp -d)"
trap 'rm -rf "$scratch"' EXIT

if ! docker image inspect local/debian >/dev/null 2>&1; then
  debootstrap --variant=minbase \
    --include=ca-certificates,postgresql,redis-server,influxdb,influxdb-client,mosquitto,procps \
    bookworm "$scratch/debian" >"$scratch/log" 2>&1 || { tail -20 "$scratch/log" >&2; exit 1; }
  rm -rf "$scratch/debian/var/cache/apt" "$scratch/debian/var/lib/apt/lists"
  tar -C "$scratch/debian" -c . | docker import - local/debian >/dev/null
fi

for image in postgres redis influxdb mosquitto; do
  docker build -q -t "local/$image" -f "images/$image.Dockerfile" images >/dev/null
done

# The public Node image has npm and a user `node`. Packages that are installed already need not be fetched again.
mkdir -p "$scratch/node/app"
cp "$checkout"/node_modules/node-linux-*/bin/node "$scratch/node/node"
cp -rL "$(dirname "$(readlink -f "$(command -v npm)")")/.." "$scratch/node/npm"
cp -a "$checkout/node_modules" "$scratch/node/app/node_modules"
docker build -q -t local/node -f images/node.Dockerfile "$scratch/node" >/dev/null
