#!/usr/bin/env bash
# A stranger's first minutes: on a plain Debian, somebody who may use sudo clones the repository and follows README; and the dev container's
# commands are run on the Debian that its image is made of.
set -euo pipefail

usage() {
  cat <<'TEXT'
Usage: tests/fresh-machine.sh [--keep DIR] [--all] [12|13|sid|devcontainer]...

Tries what is committed on machines that have nothing but Debian, git, sudo and the .NET SDK: Debian 12, 13, sid and the dev container's,
or those named. What is downloaded is downloaded anew. Needs root, debootstrap and some 6 GB. A line for each step at the end; exit 1 if
one failed.

  --keep DIR   where the plain chroots stay, so that the next time takes minutes less; otherwise a temporary folder
  --all        runs every chapter, not only 15
  MIRROR       where Debian comes from; where debootstrap takes it from unless set
TEXT
}

say() { printf 'fresh: %s\n' "$*" >&2; }
fail() { say "$@"; exit 3; }

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
# shellcheck source=tests/chroots.sh
. "$root/tests/chroots.sh"
folder= temporary= machine= chapters=notebooks/15-many-networks.ipynb
machines=()
while [ $# -gt 0 ]; do
  case $1 in
    --keep) [ $# -gt 1 ] || fail "--keep needs a folder."; folder=$2; shift ;;
    --all) chapters= ;;
    -h | --help) usage; exit 0 ;;
    12 | 13 | sid | devcontainer) machines+=("$1") ;;
    *) usage >&2; fail "there is no machine '$1' here." ;;
  esac
  shift
done
[ ${#machines[@]} -gt 0 ] || machines=(12 13 sid devcontainer)

needs_chroots

clean() {
  local status=$?
  stop_child
  if [ -n "$machine" ]; then delete_chroots "$machine"; fi
  if [ -n "$temporary" ]; then delete_chroots "$temporary"; fi
  return "$status"
}
trap clean EXIT
trap 'exit 130' INT
trap 'exit 143' TERM HUP

choose_folder fresh-machine

# A machine that nobody has used, with an account that may use sudo and the way to the packages.
make_machine() {
  local release=$1 user=$2
  make_chroot "$release" "$folder/$release" ca-certificates,git,sudo && connect_chroot "$folder/$release" || return
  cp -a "$folder/$release" "$machine" || return
  inside "$machine" useradd --create-home --shell /bin/bash "$user" || return
  echo "$user ALL=(ALL) NOPASSWD:ALL" >"$machine/etc/sudoers.d/$user"
  if [ -d "$HOME/.nuget/NuGet" ]; then
    mkdir -p "$machine/home/$user/.nuget" && cp -a "$HOME/.nuget/NuGet" "$machine/home/$user/.nuget/" || return
  fi
  git clone --quiet --bare --no-hardlinks "$root" "$machine/srv/torch-notebooks.git" || return
  git -C "$machine/srv/torch-notebooks.git" update-ref refs/heads/main "$(git -C "$root" rev-parse HEAD)"
  git -C "$machine/srv/torch-notebooks.git" symbolic-ref HEAD refs/heads/main
  inside "$machine" sh -c "chown -R $user: /home/$user /srv"
}

# Seconds and name of each step go to the log behind a mark, by which they are found there again.
mark='fresh-step:'

as_user() {
  inside "$machine" runuser -u "$1" -- env HOME="/home/$1" USER="$1" PATH=/usr/local/bin:/usr/bin:/bin \
    bash -euo pipefail -c "step() { local start=\$SECONDS; \"\${@:2}\"; echo \"$mark \$((SECONDS - start)) s  \$1\"; }
$2"
}

# Jupyter's own list has the kernel, and takes it under the retired one's name too.
jupyter='
  jupyter_lists_the_kernel() {
    local log=$HOME/lab.log url port token
    ./nb lab --no-browser >"$log" 2>&1 &
    local server=$!
    until url=$(grep -om1 "http://127[^ ]*token=[^ ]*" "$log"); do
      kill -0 $server 2>/dev/null || { cat "$log"; return 1; }
      sleep 1
    done
    port=${url#*127.0.0.1:} port=${port%%/*} token=${url#*token=}
    # it says where it is before it listens
    until (: <>"/dev/tcp/127.0.0.1/$port") 2>/dev/null; do
      kill -0 $server 2>/dev/null || { cat "$log"; return 1; }
      sleep 0.2
    done
    exec 3<>"/dev/tcp/127.0.0.1/$port"
    printf "GET /api/kernelspecs HTTP/1.0\r\nAuthorization: token %s\r\n\r\n" "$token" >&3
    kernels=$(cat <&3)
    kill $server
    wait $server || true
    [[ $kernels == *\"csharp\"* && $kernels == *\".net-csharp\"* ]] || { echo "$kernels"; return 1; }
  }'

# The kernel starts as an editor starts it, by its entry alone and without the shell that set it up.
kernel='
  kernel_starts() {
    local entry=$HOME/.local/share/jupyter/kernels/$1/kernel.json connection=$HOME/connection.json command kernel=
    echo "{\"transport\":\"tcp\",\"ip\":\"127.0.0.1\",\"shell_port\":47001,\"iopub_port\":47002,\"stdin_port\":47003,\"control_port\":47004,\"hb_port\":47005,\"key\":\"k\",\"signature_scheme\":\"hmac-sha256\"}" >"$connection"
    mapfile -t command < <(sed -n "/\"argv\"/,/]/s/^ *\"\([^\"]*\)\",\?\$/\1/p" "$entry" | sed "s|{connection_file}|$connection|")
    env -i HOME="$HOME" "${command[@]}" &
    kernel=$!
    until (: <>/dev/tcp/127.0.0.1/47001) 2>/dev/null; do kill -0 $kernel || return 1; sleep 0.2; done
    kill $kernel
    wait $kernel || true
  }'

readme_steps() {
  as_user dev "$jupyter
    cd
    step 'git clone' git clone --quiet /srv/torch-notebooks.git
    cd torch-notebooks
    step './nb run $chapters, the first time' ./nb run $chapters
    step './nb run $chapters, again' ./nb run $chapters
    step './nb lab, until it lists the kernel, the first time' jupyter_lists_the_kernel
    step './nb lab, again' jupyter_lists_the_kernel"
}

# What devcontainer.json says of something
said() { sed -n "s/^  \"$1\": \"\(.*\)\",\?\$/\1/p" "$root/.devcontainer/devcontainer.json"; }

devcontainer_steps() {
  as_user vscode "$kernel
    sudo install -d -o vscode /workspaces
    cd /workspaces
    git clone --quiet /srv/torch-notebooks.git
    cd torch-notebooks
    step '$(said onCreateCommand)' $(said onCreateCommand)
    step '$(said postCreateCommand)' $(said postCreateCommand)
    step 'the kernel starts' kernel_starts csharp
    step 'the kernel starts under its old name' kernel_starts .net-csharp
    step 'chapter 01' ./nb run notebooks/01-hello-torch.ipynb"
}

try() {
  local name=$1 release=$1 user=dev steps=readme_steps log=$folder/$1.log status=0
  machine=$folder/$name.used
  if [ "$name" = devcontainer ]; then
    user=vscode steps=devcontainer_steps
    case $(said image) in
      *:bookworm) release=12 ;;
      *:trixie) release=13 ;;
      *) fail "the dev container's image is $(said image); which Debian is that?" ;;
    esac
  fi
  say "$name, in $machine; all it says is in $log"
  delete_chroots "$machine"
  if ! make_machine "$release" "$user" >"$log" 2>&1; then
    lines+=("$name  the machine could not be made, see $log")
    return 1
  fi
  "$steps" >>"$log" 2>&1 || status=1
  while read -r line; do lines+=("$name  $line"); done < <(sed -n "s/^$mark //p" "$log")
  if [ "$status" -ne 0 ]; then lines+=("$name  FAILED after that, see the end of $log"); fi
  delete_chroots "$machine"
  machine=
  return "$status"
}

if [ -n "$(git -C "$root" status --porcelain)" ]; then say "what is not committed is not tried"; fi
lines=()
status=0
for name in "${machines[@]}"; do try "$name" || status=1; done
printf '%s\n' "${lines[@]}"
# a failure is in a log, which must outlive this
if [ "$status" -ne 0 ] && [ -n "$temporary" ]; then say "the logs stay in $temporary"; temporary=; fi
exit "$status"
