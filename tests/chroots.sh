# Chroots of Debian, for the scripts beside this one: each sources it after it has said what $root, say and fail are.
# shellcheck shell=bash

child=

needs_chroots() {
  [ "$(id -u)" -eq 0 ] || fail "chroots need root: run this with sudo."
  local tool
  for tool in debootstrap unshare git dotnet; do
    command -v "$tool" >/dev/null || fail "$tool is missing: install it, then run this again."
  done
}

# Where the chroots go: the folder that was named, or one that is gone at the end. Sets $folder, and $temporary where there is one.
choose_folder() {
  if [ -z "$folder" ]; then
    temporary=$(mktemp -d "/var/tmp/$1.XXXXXX")
    folder=$temporary
  fi
  mkdir -p "$folder"
  folder=$(cd "$folder" && pwd)
  case $folder/ in "$root"/*) fail "$folder lies in the repository: name a folder outside." ;; esac
}

# Deletes a folder of chroots. The mounts live in a namespace of their own and go with it: only what somebody else mounted there could be
# in the way.
delete_chroots() {
  if grep -qF " $1/" /proc/mounts; then
    say "something is mounted below $1, so it stays: unmount it, then delete the folder."
  else
    # what was killed may still be writing its last file
    rm -rf --one-file-system "$1" 2>/dev/null || { sleep 1; rm -rf --one-file-system "$1"; }
  fi
}

stop_child() {
  if [ -n "$child" ] && kill -KILL "$child" 2>/dev/null; then wait "$child" 2>/dev/null || true; fi
}

# Runs a command whose processes and mounts end with it, and with this script.
apart() {
  unshare --mount --pid --fork --kill-child "$@" </dev/null &
  child=$!
  local status=0
  wait "$child" || status=$?
  child=
  return "$status"
}

# Runs a command in the chroot, with nothing of this machine's environment but the way to the network.
inside() {
  local chroot=$1 passed=() name
  shift
  for name in http_proxy https_proxy no_proxy HTTP_PROXY HTTPS_PROXY NO_PROXY NUGET_CERT_REVOCATION_MODE; do
    if [ -n "${!name:-}" ]; then passed+=("$name=${!name}"); fi
  done
  # shellcheck disable=SC2016 # expanded by the inner shell
  apart sh -c 'mount -t proc proc "$1/proc" && mount --rbind /dev "$1/dev" && exec chroot "$@"' sh "$chroot" \
    /usr/bin/env -i PATH=/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin LANG=C.UTF-8 DEBIAN_FRONTEND=noninteractive \
    SSL_CERT_FILE=/etc/ssl/certs/ca-certificates.crt DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 "${passed[@]}" "$@"
}

# make_chroot RELEASE FOLDER [PACKAGES]: a plain Debian; nothing where there is one already.
make_chroot() {
  local release=$1 chroot=$2 packages=${3:-ca-certificates} suite=$1
  case $release in 12) suite=bookworm ;; 13) suite=trixie ;; esac
  [ ! -e "$chroot/.complete" ] || return 0
  if grep -qF " $chroot/" /proc/mounts; then fail "something is mounted below $chroot: unmount it first."; fi
  rm -rf --one-file-system "$chroot"
  apart debootstrap --variant=minbase --include="$packages" "$suite" "$chroot" ${MIRROR:+"$MIRROR"} || return
  touch "$chroot/.complete"
}

# What a chroot needs of this machine: the SDK and the way to the network.
connect_chroot() {
  local chroot=$1 dotnet certificates=${SSL_CERT_FILE:-/etc/ssl/certs/ca-certificates.crt} file
  dotnet=$(dirname "$(readlink -f "$(command -v dotnet)")")
  mkdir -p "$chroot/usr/share/dotnet"
  cp -au "$dotnet/." "$chroot/usr/share/dotnet/" || return
  ln -sf /usr/share/dotnet/dotnet "$chroot/usr/bin/dotnet"
  if [ -e "$certificates" ]; then cp -L --remove-destination "$certificates" "$chroot/etc/ssl/certs/ca-certificates.crt"; fi
  for file in /etc/resolv.conf /etc/hosts /etc/apt/auth.conf; do
    if [ -e "$file" ]; then cp -L --remove-destination "$file" "$chroot$file"; fi
  done
  { apt-config dump | grep -E '^Acquire::(https?|Retries|ForceIPv|Check)'; } >"$chroot/etc/apt/apt.conf.d/90host" || true
  # an archive that has not been signed anew for a week is as good for this
  echo 'Acquire::Check-Valid-Until "false";' >>"$chroot/etc/apt/apt.conf.d/90host"
}
