#!/usr/bin/env bash
# The first minutes on a fresh machine: on a plain system with git and the .NET SDK, a user without sudo clones the repository and follows the
# README.
set -euo pipefail

usage() {
  cat <<'TEXT'
Usage: tests/fresh-machine.sh [--keep DIR] [--all] [12|13|22.04|24.04]...

Tests the last commit on minimal systems: Debian 12 and 13 and Ubuntu 22.04 and 24.04, or the ones named. debootstrap creates the systems, which
have git, CA certificates, a copy of this machine's .NET SDK, and nothing else. All NuGet packages are downloaded. Requires root, debootstrap,
ubuntu-keyring for Ubuntu, and about 6 GB. Prints the duration of each step at the end; the exit code is 1 if a step failed.

  --keep DIR   where the plain systems stay, so that the next time takes minutes less; otherwise a temporary folder
  --all        runs every chapter, not only 15
  DATASETS     data sets to copy into the machine; otherwise it downloads them
TEXT
}

say() { printf 'fresh: %s\n' "$*" >&2; }
fail() { say "$@"; exit 3; }

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
folder='' temporary='' machine='' child='' chapters=notebooks/15-many-networks.ipynb user=dev
machines=()
while [ $# -gt 0 ]; do
  case $1 in
    --keep) [ $# -gt 1 ] || fail "--keep needs a folder."; folder=$2; shift ;;
    --all) chapters='' ;;
    -h | --help) usage; exit 0 ;;
    12 | 13 | 22.04 | 24.04) machines+=("$1") ;;
    *) usage >&2; fail "there is no machine '$1'." ;;
  esac
  shift
done
[ ${#machines[@]} -gt 0 ] || machines=(12 13 22.04 24.04)
[ "$(id -u)" -eq 0 ] || fail "chroots need root: run this with sudo."
for tool in debootstrap unshare git dotnet; do
  command -v "$tool" >/dev/null || fail "$tool is missing: install it, then run this again."
done

# The mounts live in a namespace of their own and end with it: only what somebody else mounted there could be in the way.
delete_machine() {
  if grep -qF " $1/" /proc/mounts; then
    say "something is mounted below $1, so it stays: unmount it, then delete the folder."
  else
    # a process that was killed may still be writing its last file
    rm -rf --one-file-system "$1" 2>/dev/null || { sleep 1; rm -rf --one-file-system "$1"; }
  fi
}

clean() {
  local status=$?
  if [ -n "$child" ] && kill -KILL "$child" 2>/dev/null; then wait "$child" 2>/dev/null || true; fi
  if [ -n "$machine" ]; then delete_machine "$machine"; fi
  if [ -n "$temporary" ]; then delete_machine "$temporary"; fi
  return "$status"
}
trap clean EXIT
trap 'exit 130' INT
trap 'exit 143' TERM HUP

if [ -z "$folder" ]; then
  temporary=$(mktemp -d /var/tmp/fresh-machine.XXXXXX)
  folder=$temporary
fi
mkdir -p "$folder"
folder=$(cd "$folder" && pwd)
case $folder/ in "$root"/*) fail "$folder is inside the repository: choose another folder." ;; esac

# Runs a command whose processes and mounts end with it, and with this script.
apart() {
  unshare --mount --pid --fork --kill-child "$@" </dev/null &
  child=$!
  local status=0
  wait "$child" || status=$?
  child=''
  return "$status"
}

# Runs a command in the machine, with nothing of this machine's environment but the way to the network.
inside() {
  local passed=() name
  for name in http_proxy https_proxy no_proxy HTTP_PROXY HTTPS_PROXY NO_PROXY NUGET_CERT_REVOCATION_MODE; do
    if [ -n "${!name:-}" ]; then passed+=("$name=${!name}"); fi
  done
  # shellcheck disable=SC2016 # expanded by the inner shell
  apart sh -c 'mount -t proc proc "$1/proc" && mount --rbind /dev "$1/dev" && exec chroot "$@"' sh "$machine" \
    /usr/bin/env -i PATH=/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin LANG=C.UTF-8 \
    SSL_CERT_FILE=/etc/ssl/certs/ca-certificates.crt DOTNET_CLI_TELEMETRY_OPTOUT=1 "${passed[@]}" "$@"
}

# The plain system; nothing where there is one already.
make_system() {
  local system=$folder/$1 suite mirror=() components=main
  [ ! -e "$system/.complete" ] || return 0
  case $1 in
    12) suite=bookworm ;;
    13) suite=trixie ;;
    22.04) suite=jammy mirror=(http://archive.ubuntu.com/ubuntu) ;;
    # every Ubuntu is made by the same script, which debootstrap may not have under the newer names
    24.04) suite=noble mirror=(http://archive.ubuntu.com/ubuntu /usr/share/debootstrap/scripts/gutsy) ;;
  esac
  rm -rf --one-file-system "$system"
  apart debootstrap --variant=minbase --components="$components" --include=ca-certificates,git "$suite" "$system" "${mirror[@]}" || return
  touch "$system/.complete"
}

# An unused machine: the system, the SDK, the way to the network, a user, and a repository to clone.
make_machine() {
  make_system "$1" || return
  cp -a "$folder/$1" "$machine" || return
  local dotnet certificates=${SSL_CERT_FILE:-/etc/ssl/certs/ca-certificates.crt} file
  dotnet=$(dirname "$(readlink -f "$(command -v dotnet)")")
  cp -a "$dotnet" "$machine/usr/share/dotnet" || return
  ln -sf /usr/share/dotnet/dotnet "$machine/usr/bin/dotnet"
  cp -L --remove-destination "$certificates" "$machine/etc/ssl/certs/ca-certificates.crt"
  for file in /etc/resolv.conf /etc/hosts; do
    if [ -e "$file" ]; then cp -L --remove-destination "$file" "$machine$file"; fi
  done
  inside useradd --create-home --shell /bin/bash "$user" || return
  if [ -d "$HOME/.nuget/NuGet" ]; then
    mkdir -p "$machine/home/$user/.nuget" && cp -a "$HOME/.nuget/NuGet" "$machine/home/$user/.nuget/" || return
  fi
  if [ -n "${DATASETS:-}" ]; then cp -aL "$DATASETS" "$machine/srv/data" || return; fi
  git clone --quiet --bare --no-hardlinks "$root" "$machine/srv/torch-notebooks.git" || return
  git -C "$machine/srv/torch-notebooks.git" update-ref refs/heads/main "$(git -C "$root" rev-parse HEAD)"
  git -C "$machine/srv/torch-notebooks.git" symbolic-ref HEAD refs/heads/main
  inside chown -R "$user:" "/home/$user" /srv
}

# Each step writes a marked line with its duration to the log.
mark='fresh-step:'

# Both of the README's commands. There is no Jupyter, and ./nb lab says how to get one.
readme_steps() {
  local data=''
  [ ! -d "$machine/srv/data" ] || data='export DATASETS=/srv/data'
  inside runuser -u "$user" -- env HOME="/home/$user" USER="$user" bash -euo pipefail -c "
    step() { local start=\$SECONDS; \"\${@:2}\"; echo \"$mark \$((SECONDS - start)) s  \$1\"; }
    lab_says_how() { local code=0; ./nb lab 2>lab.log || code=\$?; cat lab.log; [ \$code -eq 3 ] && grep -q jupyter lab.log; }
    if command -v sudo || command -v cc || command -v python3; then echo 'the machine is not minimal'; exit 1; fi
    $data
    cd
    step 'git clone' git clone --quiet /srv/torch-notebooks.git
    cd torch-notebooks
    step './nb --help, the first time' ./nb --help
    step './nb run $chapters, the first time' ./nb run $chapters
    step './nb run $chapters, again' ./nb run $chapters
    step './nb --help, again' ./nb --help
    step './nb lab says how to get Jupyter' lab_says_how"
}

try() {
  local name=$1 log=$folder/$1.log status=0
  machine=$folder/$name.used
  say "$name, in $machine; the output is in $log"
  delete_machine "$machine"
  if ! make_machine "$name" >"$log" 2>&1; then
    lines+=("$name  the machine could not be made, see $log")
    status=1
  else
    readme_steps >>"$log" 2>&1 || status=1
    while read -r line; do lines+=("$name  $line"); done < <(sed -n "s/^$mark //p" "$log")
    if [ "$status" -ne 0 ]; then lines+=("$name  FAILED after that, see the end of $log"); fi
  fi
  delete_machine "$machine"
  machine=''
  return "$status"
}

if [ -n "$(git -C "$root" status --porcelain)" ]; then say "changes that are not committed are not tried"; fi
lines=()
status=0
for name in "${machines[@]}"; do try "$name" || status=1; done
printf '%s\n' "${lines[@]}"
# the logs of a failure are kept
if [ "$status" -ne 0 ] && [ -n "$temporary" ]; then say "the logs stay in $temporary"; temporary=''; fi
exit "$status"
