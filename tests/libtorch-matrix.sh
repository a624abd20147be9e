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
# the home folder inside a chroot
home=/srv
folder= temporary= scope=LibTorch child=
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

[ "$(id -u)" -eq 0 ] || fail "chroots need root: run this with sudo."
for tool in debootstrap unshare git dotnet; do
  command -v "$tool" >/dev/null || fail "$tool is missing: install it, then run this again."
done

# The mounts live in a namespace of their own and go with it. Only what somebody else mounted here could be in the way of deleting.
clean() {
  local status=$?
  if [ -n "$child" ] && kill -KILL "$child" 2>/dev/null; then wait "$child" 2>/dev/null || true; fi
  [ -n "$temporary" ] || return "$status"
  if grep -qF " $temporary/" /proc/mounts; then
    say "something is mounted below $temporary, so it stays: unmount it, then delete the folder."
  else
    # what was killed may still be writing its last file
    rm -rf --one-file-system "$temporary" 2>/dev/null || { sleep 1; rm -rf --one-file-system "$temporary"; }
  fi
  return "$status"
}
trap clean EXIT
trap 'exit 130' INT
trap 'exit 143' TERM HUP

if [ -z "$folder" ]; then
  temporary=$(mktemp -d /var/tmp/libtorch-matrix.XXXXXX)
  folder=$temporary
fi
mkdir -p "$folder"
folder=$(cd "$folder" && pwd)
case $folder/ in "$root"/*) fail "$folder lies in the repository: name a folder outside." ;; esac

# Runs a command whose processes and mounts end with it, and with this script.
apart() {
  unshare --mount --pid --fork --kill-child "$@" </dev/null &
  child=$!
  local status=0
  wait "$child" || status=$?
  child=
  return "$status"
}

# Runs a script in the chroot, with nothing of this machine's environment but the way to the network. Without libicu, the SDK starts only
# with the invariant culture.
inside() {
  local chroot=$1 script=$2 passed=() name
  for name in http_proxy https_proxy no_proxy HTTP_PROXY HTTPS_PROXY NO_PROXY NUGET_CERT_REVOCATION_MODE; do
    if [ -n "${!name:-}" ]; then passed+=("$name=${!name}"); fi
  done
  # shellcheck disable=SC2016 # expanded by the inner shell
  apart sh -c 'mount -t proc proc "$1/proc" && mount --rbind /dev "$1/dev" && exec chroot "$@"' sh "$chroot" \
    /usr/bin/env -i HOME="$home" PATH=/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin LANG=C.UTF-8 DEBIAN_FRONTEND=noninteractive \
    SSL_CERT_FILE=/etc/ssl/certs/ca-certificates.crt DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 \
    DOTNET_SYSTEM_GLOBALIZATION_INVARIANT=1 "${passed[@]}" \
    bash -euo pipefail -c "$script"
}

make_chroot() {
  local release=$1 chroot=$2 suite=$1
  case $release in 12) suite=bookworm ;; 13) suite=trixie ;; esac
  [ ! -e "$chroot/.complete" ] || return 0
  if grep -qF " $chroot/" /proc/mounts; then fail "something is mounted below $chroot: unmount it first."; fi
  rm -rf --one-file-system "$chroot"
  apart debootstrap --variant=minbase --include=ca-certificates "$suite" "$chroot" ${MIRROR:+"$MIRROR"} || return
  touch "$chroot/.complete"
}

# What the chroot needs of this machine: the SDK, the way to the network, packages that are here already.
furnish() {
  local chroot=$1 dotnet certificates=${SSL_CERT_FILE:-/etc/ssl/certs/ca-certificates.crt} file
  dotnet=$(dirname "$(readlink -f "$(command -v dotnet)")")
  mkdir -p "$chroot/usr/share/dotnet" "$chroot$home/.nuget"
  cp -au "$dotnet/." "$chroot/usr/share/dotnet/" || return
  ln -sf /usr/share/dotnet/dotnet "$chroot/usr/bin/dotnet"
  if [ -e "$certificates" ]; then cp -L --remove-destination "$certificates" "$chroot/etc/ssl/certs/ca-certificates.crt"; fi
  for file in /etc/resolv.conf /etc/hosts /etc/apt/auth.conf; do
    if [ -e "$file" ]; then cp -L --remove-destination "$file" "$chroot$file"; fi
  done
  { apt-config dump | grep -E '^Acquire::(https?|Retries|ForceIPv|Check)'; } >"$chroot/etc/apt/apt.conf.d/90host" || true
  # an archive that has not been signed anew for a week is as good for this
  echo 'Acquire::Check-Valid-Until "false";' >>"$chroot/etc/apt/apt.conf.d/90host"
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
  inside "$chroot" "cd $home/notebooks; ./nb setup; $test" >>"$log" 2>&1 || status=1
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
