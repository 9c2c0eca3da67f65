#!/bin/sh
# Contact Widgets for @OS@ @ARCH@. This file unpacks itself once, then runs.
# Behind these lines: a compressed tar archive with the runtime and the program.
set -eu

fail() {
  echo "contact-widgets: $1" >&2
  exit 1
}

[ "$(uname -s) $(uname -m)" = "@OS@ @ARCH@" ] ||
  fail "this file is for @OS@ @ARCH@, and this machine is $(uname -s) $(uname -m)"

# What lies there will be run, so nobody but us or root may have put it there.
trusted() {
  [ -O "$1" ] || [ "$(owner "$1")" = 0 ]
}
owner() {
  set -- $(ls -ldn "$1")
  echo "$3"
}

# Whether a program that was unpacked there, or is about to be, is running.
runs() {
  for pid in "$1"/running/*; do
    pid=${pid##*/}
    if kill -0 "$pid" 2>/dev/null || [ -d "/proc/$pid" ]; then return 0; fi
  done
  return 1
}
# Other versions that lie there and do not run, and what a kill has left half.
prune() {
  for old in "$cache"/*/; do
    old=${old%/}
    name=${old##*/}
    case $name in *[!0-9a-f]*) continue ;; esac
    [ ${#name} -eq @HASH_LENGTH@ ] && [ -f "$old/app/main.js" ] &&
      [ ! -h "$old" ] && [ "$old" != "$home" ] && ! runs "$old" || continue
    mv "$old" "$cache/.part-$$-$name" 2>/dev/null || continue
    rm -rf "$cache/.part-$$-$name"
  done
  for old in "$cache"/.part-*-*; do
    pid=${old##*/.part-}
    pid=${pid%%-*}
    kill -0 "$pid" 2>/dev/null || [ -d "/proc/$pid" ] || rm -rf "$old"
  done
}

if [ -n "${CW_CACHE:-}" ]; then
  cache=$CW_CACHE
elif [ -n "${CACHE_DIRECTORY:-}" ]; then # systemd: CacheDirectory=
  cache=$CACHE_DIRECTORY
elif [ -n "${XDG_CACHE_HOME:-}" ]; then
  cache=$XDG_CACHE_HOME/contact-widgets
elif [ -n "${HOME:-}" ] && [ -w "$HOME" ]; then
  cache=$HOME/.cache/contact-widgets
else # A folder that others can write to is not safe to run programs from.
  fail "no folder to unpack into: HOME is not set, or cannot be written to. Name a folder of your own in CW_CACHE"
fi
home=$cache/@HASH@

if [ ! -d "$home" ]; then
  umask 022
  mkdir -p "$cache" 2>/dev/null && [ -O "$cache" ] && [ -w "$cache" ] ||
    fail "cannot unpack into $cache: it must be a folder of user $(id -un) that can be written to. Name another one in CW_CACHE"
  # Two that start at once unpack each on its own; the first to finish stays.
  part=$cache/.part-$$-@HASH@
  trap 'rm -rf "$part"' EXIT
  trap 'exit 1' HUP INT TERM
  mkdir "$part"
  tail -c +@OFFSET@ "$0" | tar -xzf - -C "$part" ||
    fail "cannot unpack into $cache: about 120 MB must be free there, and this file must be whole"
  mv "$part" "$home"
  rm -rf "$home/${part##*/}"
  trap - EXIT HUP INT TERM
  prune
fi
trusted "$cache" && trusted "$home" || fail "$cache belongs to somebody else. Name another folder in CW_CACHE"
[ -x "$home/deno" ] ||
  fail "cannot run what was unpacked into $cache: the file system forbids it (noexec). Name another folder in CW_CACHE"

# The process stays the same when it becomes the program: as long as it lives, no
# other version takes away what it runs.
for mark in "$home"/running/*; do
  kill -0 "${mark##*/}" 2>/dev/null || rm -f "$mark" 2>/dev/null || true
done
mkdir "$home/running" 2>/dev/null || true
touch "$home/running/$$" 2>/dev/null || true # Where root has unpacked it, only root clears it away.

# What the runtime caches lies beside what it runs.
export DENO_DIR="$home/cache" DENO_NO_UPDATE_CHECK=1 DENO_NO_PACKAGE_JSON=1
exec "$home/deno" run --quiet --no-config --no-lock --cached-only @RIGHTS@ "$home/app/main.js" "$@"
