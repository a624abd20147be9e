#!/usr/bin/env bash
# Trains on two hosts, which are network namespaces with a cable between them, and compares the weights with those of one process that has
# the doubled batch. Needs root (or the rights of ip netns) and a built tests/LibTorch.Tests.Worker; leaves nothing behind.
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
configuration=${1:-Release}
worker=$root/tests/LibTorch.Tests.Worker/bin/$configuration/net10.0/LibTorch.Tests.Worker.dll
hosts=("nb-a-$$" "nb-b-$$")
cables=("nba$$" "nbb$$")
addresses=(10.231.77.1 10.231.77.2)
precision=single
steps=20

fail() { printf 'two-hosts: %s\n' "$*" >&2; exit 1; }

command -v ip >/dev/null || fail "the command ip is missing: install iproute2."
ip netns add "${hosts[0]}" 2>/dev/null || fail "network namespaces cannot be made here: run this as root, outside of a container that forbids it."

results=$(mktemp -d)
cleanup() {
  jobs -p | xargs --no-run-if-empty kill 2>/dev/null || true
  for host in "${hosts[@]}"; do ip netns del "$host" 2>/dev/null || true; done
  rm -rf "$results"
}
trap cleanup EXIT

[ -f "$worker" ] || dotnet build "$root/tests/LibTorch.Tests.Worker" --configuration "$configuration" --nologo --verbosity quiet ||
  fail "the worker does not build."

ip netns add "${hosts[1]}"
ip link add "${cables[0]}" netns "${hosts[0]}" type veth peer name "${cables[1]}" netns "${hosts[1]}"
for i in 0 1; do
  ip -n "${hosts[$i]}" link set lo up
  ip -n "${hosts[$i]}" address add "${addresses[$i]}/24" dev "${cables[$i]}"
  ip -n "${hosts[$i]}" link set "${cables[$i]}" up
done

export OMP_NUM_THREADS=1
dotnet "$worker" train "$precision" "$steps" alone >"$results/alone"
for i in 0 1; do
  ip netns exec "${hosts[$i]}" env MASTER_ADDR="${addresses[0]}" MASTER_PORT=29500 WORLD_SIZE=2 LOCAL_WORLD_SIZE=1 RANK="$i" LOCAL_RANK=0 \
    dotnet "$worker" train "$precision" "$steps" >"$results/host$i" &
  pids[i]=$!
done
for i in 0 1; do
  wait "${pids[$i]}" || fail "host $i failed; see above."
done

for i in 0 1; do
  paste -d ' ' "$results/alone" "$results/host$i" | awk -v host="$i" -v steps="$steps" '
    { n = NF / 2
      if ($1 != $(n + 1)) { print "two-hosts: host " host " has " $(n + 1) " where one process has " $1; bad = 1 }
      for (k = 2; k <= n; k++) { d = $k - $(n + k); if (d < 0) d = -d; if (d > most) most = d; count++ } }
    END { printf "host %d: %d weights, after %d steps at most %.1e from those of one process\n", host, count, steps, most
          exit bad || count == 0 || most > 1e-5 }' || fail "the weights differ by more than 1e-5."
done
