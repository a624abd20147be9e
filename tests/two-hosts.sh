#!/usr/bin/env bash
# Trains on two hosts, which are network namespaces connected by a virtual Ethernet pair, over MPI and TCP, and compares the weights with those of one process
# that has the doubled batch. Needs Open MPI, iproute2 and root (or the rights of ip netns); leaves nothing behind. The argument is the built
# TorchExtras.Tests.Worker.dll; by default it is the one of the release.
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
worker=${1:-$root/tests/TorchExtras.Tests.Worker/bin/Release/net10.0/TorchExtras.Tests.Worker.dll}
hosts=("nb-a-$$" "nb-b-$$")
cables=("nba$$" "nbb$$")
addresses=(10.231.77.1 10.231.77.2)
precision=single
steps=20
bucket_megabytes=25

fail() { printf 'two-hosts: %s\n' "$*" >&2; exit 1; }

command -v mpirun >/dev/null || fail "Open MPI is missing: apt-get install openmpi-bin libopenmpi3."
command -v ip >/dev/null || fail "the command ip is missing: apt-get install iproute2."
[ -f "$worker" ] || dotnet build "$root/tests/TorchExtras.Tests.Worker" --configuration Release --nologo --verbosity quiet ||
  fail "the worker does not build."
ip netns add "${hosts[0]}" 2>/dev/null || fail "network namespaces cannot be made here: run this as root, outside of a container that forbids it."

results=$(mktemp -d)
cleanup() {
  for host in "${hosts[@]}"; do ip netns del "$host" 2>/dev/null || true; done
  rm -rf "$results"
}
trap cleanup EXIT

ip netns add "${hosts[1]}"
ip link add "${cables[0]}" netns "${hosts[0]}" type veth peer name "${cables[1]}" netns "${hosts[1]}"
for i in 0 1; do
  ip -n "${hosts[$i]}" link set lo up
  ip -n "${hosts[$i]}" address add "${addresses[$i]}/24" dev "${cables[$i]}"
  ip -n "${hosts[$i]}" link set "${cables[$i]}" up
done

# mpirun starts its daemon on another host by `ssh HOST command`; here that is a command inside the other namespace, whose host name is changed too,
# since processes on hosts of one name would talk over shared memory
cat >"$results/agent" <<AGENT
#!/usr/bin/env bash
shift
exec ip netns exec "${hosts[1]}" unshare --uts bash -c 'hostname two-hosts-b && eval "\$*"' agent "\$@"
AGENT
chmod +x "$results/agent"

export OMP_NUM_THREADS=1 TERM=dumb OMPI_ALLOW_RUN_AS_ROOT=1 OMPI_ALLOW_RUN_AS_ROOT_CONFIRM=1
dotnet "$worker" train "$precision" "$steps" "$results" alone
ip netns exec "${hosts[0]}" unshare --uts bash -c 'hostname two-hosts-a && exec "$@"' mpirun \
  mpirun --host "${addresses[0]}:1,${addresses[1]}:1" -np 2 --mca plm_rsh_agent "$results/agent" --mca btl tcp,self --mca pml ob1 \
  --mca btl_tcp_if_include 10.231.77.0/24 --mca oob_tcp_if_include 10.231.77.0/24 \
  bash -c "hostname && exec dotnet '$worker' train $precision $steps '$results' $bucket_megabytes" </dev/null >"$results/names" 2>"$results/errors" ||
  { cat "$results/errors" >&2; fail "the training on two hosts failed; see above."; }
[ "$(tr -d '\r' <"$results/names" | grep -o 'two-hosts-[ab]' | sort | tr '\n' ' ')" = "two-hosts-a two-hosts-b " ] || fail "the processes did not run on two hosts."

for i in 0 1; do
  paste -d ' ' "$results/alone" "$results/rank-$i" | awk -v rank="$i" -v steps="$steps" '
    { n = NF / 2
      if ($1 != $(n + 1)) { print "two-hosts: rank " rank " has " $(n + 1) " where one process has " $1; bad = 1 }
      for (k = 2; k <= n; k++) { d = $k - $(n + k); if (d < 0) d = -d; if (d > most) most = d; count++ } }
    END { printf "rank %d: %d weights, after %d steps at most %.1e from those of one process\n", rank, count, steps, most
          exit bad || count == 0 || most > 1e-5 }' || fail "the weights differ by more than 1e-5."
done
