#!/bin/sh
# Compiles the door for the libtorch that is found, unless that was done before, and prints where it lies. All who need one come here:
# builds in the repository, builds of projects with the package, and the library itself where nothing was built for it.
#   sh build-door.sh [FOLDER]   keeps doors in FOLDER, or else in the user's cache, where all projects find them
#   LIBTORCH                    a folder with include/ and lib/; the system's libtorch when empty
set -eu

native=$(cd "$(dirname "$0")" && pwd)
libtorch=${LIBTORCH:-}
include=${libtorch:-/usr}/include

# MSBuild knows this form of an error
fail() {
  printf 'door : error %s\n' "$*" >&2
  exit 1
}

# where the numbers stand since 2.9 or so; the older header then only includes it
version=$include/torch/headeronly/version.h
[ -e "$version" ] || version=$include/torch/csrc/api/include/torch/version.h
[ -e "$version" ] || fail "DOOR1: libtorch was not found: there is no $version. Install it (in Debian: sudo apt-get install libtorch-dev" \
  "libgloo-dev libopenblas0-openmp; in a checkout: ./nb setup), or point LIBTORCH at a folder with include/ and lib/, such as PyTorch's zip."
number() { sed -n "s/.*TORCH_VERSION_$1 \([0-9]*\).*/\1/p" "$version"; }

# which libtorch, and what is compiled
name=$(number MAJOR).$(number MINOR)
key=$name
[ -z "$libtorch" ] || key=$key-$(printf %s "$libtorch" | cksum | cut -d ' ' -f 1)
# with Gloo's headers the door knows process groups
if [ -e "$include/gloo/context.h" ] || [ -e /usr/include/gloo/context.h ]; then key=$key-gloo; fi
sum=$(find "$native" -name '*.cpp' -o -name '*.h' -o -name CMakeLists.txt | LC_ALL=C sort | xargs -d '\n' cat "$version" | cksum | tr ' ' -)

folder=${1:-${XDG_CACHE_HOME:-${HOME:-/tmp}/.cache}/torch-notebooks/doors/$sum}/$key
door=$folder/libtorchdoor.so
is_there() { [ -e "$door" ] && [ "$(cat "$door.sum" 2>/dev/null)" = "$sum" ]; }
say_where() {
  printf '%s\n' "$door"
  exit 0
}
! is_there || say_where

missing=
command -v cmake >/dev/null || missing="$missing cmake"
command -v make >/dev/null || missing="$missing make"
command -v c++ >/dev/null || missing="$missing g++"
[ -z "$missing" ] || fail "DOOR2: The native door to libtorch is compiled on this machine, which lacks:$missing." \
  "Install that (in Debian: sudo apt-get install$missing; in a checkout: ./nb setup)."

mkdir -p "$folder" || fail "DOOR3: $folder cannot be made; set XDG_CACHE_HOME to a folder that can be written to."
# projects that are built at the same time want the same door
exec 9>"$folder/lock"
flock 9
! is_there || say_where
printf 'Compiling the native door for libtorch %s, once, about a minute\n' "$name" >&2
rm -f "$door.sum"
log=$folder/build.log
if ! { cmake --fresh -S "$native" -B "$folder/cmake" -DCMAKE_BUILD_TYPE=Release -DLIBTORCH="$libtorch" &&
  cmake --build "$folder/cmake" --parallel "$(getconf _NPROCESSORS_ONLN)"; } >"$log" 2>&1; then
  grep -iE -m 5 -A 3 'error' "$log" >&2 || true
  fail "DOOR4: The native door did not compile for the libtorch $name in $include. All that was said is in $log."
fi
# for those who write it; to others, a newer compiler's warnings are noise
[ $# -eq 0 ] || grep -F 'warning:' "$log" >&2 || true
# renamed, so that an interrupted build never leaves half a door, and a process that has the old one open keeps it
cp "$folder/cmake/libtorchdoor.so" "$door.new"
mv -f "$door.new" "$door"
printf '%s\n' "$sum" >"$door.sum"
# objects are kept where the sources change
[ $# -gt 0 ] || rm -rf "$folder/cmake"
say_where
