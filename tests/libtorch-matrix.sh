#!/usr/bin/env bash
# The door on every libtorch that it is meant for: sets a clean clone up in a chroot of each Debian and runs the tests there.
set -euo pipefail

usage() {
  cat <<'TEXT'
Usage: tests/libtorch-matrix.sh [--keep DIR] [--all] [12|13|sid]...

Tests what is committed on Debian 12 (libtorch 1.13), 13 (2.6) and sid (2.14): all three, or those named. Needs root, debootstrap
and some 5 GB a Debian. A line for each at the end; exit 1 if a test failed.

  --keep DIR   where the chroots are made and stay, so that the next time takes minutes less; otherwise a temporary folder
  --all        every test of the repository, not only LibTorch's
  MIRROR       where Debian comes from; where debootstrap takes it from unless set
TEXT
}

say() { printf 'matrix: %s\n' "$*" >&2; }
fail() { say "$@"; exit 3; }

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
# shellcheck source=tests/chroots.sh
. "$root/tests/chroots.sh"
# the home folder inside a chroot
home=/srv
folder= temporary= scope=LibTorch
releases=()
while [ $# -gt 0 ]; do
  case $1 in
    --keep) [ $# -gt 1 ] || fail "--keep needs a folder."; folder=$2; shift ;;
    --all) scope=all ;;
    -h | --help) usage; exit 0 ;;
    12 | 13 | sid) releases+=("$1") ;;
    *) usage >&2; fail "there is no Debian '$1' here." ;;
  esac
  shift
done
[ ${#releases[@]} -gt 0 ] || releases=(12 13 sid)

needs_chroots

clean() {
  local status=$?
  stop_child
  if [ -n "$temporary" ]; then delete_chroots "$temporary"; fi
  return "$status"
}
trap clean EXIT
trap 'exit 130' INT
trap 'exit 143' TERM HUP

choose_folder libtorch-matrix

# Without libicu, the SDK starts only with the invariant culture.
inside_home() { inside "$1" env HOME="$home" DOTNET_SYSTEM_GLOBALIZATION_INVARIANT=1 bash -euo pipefail -c "$2"; }

# What the tests need of this machine: the SDK, the way to the network, packages that are here already.
furnish() {
  local chroot=$1 file
  connect_chroot "$chroot" || return
  mkdir -p "$chroot$home/.nuget"
  for file in NuGet packages; do
    if [ -d "$HOME/.nuget/$file" ]; then cp -au "$HOME/.nuget/$file" "$chroot$home/.nuget/"; fi
  done
  rm -rf "$chroot$home/notebooks"
  git clone --quiet --no-hardlinks "$root" "$chroot$home/notebooks"
}

run_release() {
  local release=$1 chroot=$folder/$1 log=$folder/$1.log start=$SECONDS libtorch compiler result
  local test='dotnet test tests/LibTorch.Tests --configuration Release --nologo'
  if [ "$scope" = all ]; then test='./nb test'; fi
  say "Debian $release, in $chroot; all it says is in $log"
  make_chroot "$release" "$chroot" >"$log" 2>&1 && furnish "$chroot" >>"$log" 2>&1 ||
    { lines+=("Debian $release  the chroot could not be made, see $log"); return 1; }
  local status=0
  inside_home "$chroot" "cd $home/notebooks; ./nb setup; $test" >>"$log" 2>&1 || status=1
  # shellcheck disable=SC2016 # dpkg's own placeholders
  libtorch=$(chroot "$chroot" dpkg-query -W -f '${Version}' libtorch-dev 2>/dev/null) || libtorch=none
  compiler=$(chroot "$chroot" c++ -dumpfullversion 2>/dev/null) || compiler=none
  result=$(awk '/^(Passed|Failed)! +- Failed:/ { gsub(",", ""); for (i = 1; i < NF; i++) { if ($i == "Failed:") f += $(i+1); if ($i == "Passed:") p += $(i+1); if ($i == "Skipped:") s += $(i+1) } }
    END { if (p + f) printf "%d passed, %d failed, %d skipped", p, f, s; else printf "no test ran" }' "$log")
  if [ "$status" -ne 0 ]; then result+=", see $log"; fi
  lines+=("Debian $release  libtorch $libtorch  g++ $compiler  $result  $((SECONDS - start)) s")
  return "$status"
}

if [ -n "$(git -C "$root" status --porcelain)" ]; then say "what is not committed is not tested"; fi
lines=()
status=0
for release in "${releases[@]}"; do run_release "$release" || status=1; done
printf '%s\n' "${lines[@]}"
# a failure is in a log, which must outlive this
if [ "$status" -ne 0 ] && [ -n "$temporary" ]; then say "the chroots stay in $temporary, for a look"; temporary=; fi
exit "$status"
