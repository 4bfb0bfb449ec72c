# Sourced by preflight.sh: what pacd needs of a host, each thing a function of its own. One that finds something missing
# tells `lacks`, `note` and `wants`, which the sourcing script has. All of them are quick and change nothing.

# Does a list of capabilities, the hexadecimal CapEff of /proc/self/status, hold the one of this number?
has_capability() { [ $(((0x$1 >> $2) & 1)) = 1 ]; }

# The rights to make an interface and to send GRE. FILE stands for /proc/self/status.
need_rights() { # [FILE]
  effective=$(sed -n 's/^CapEff:[[:space:]]*//p' "${1:-/proc/self/status}")
  lacking=
  has_capability "$effective" 12 || lacking=CAP_NET_ADMIN
  has_capability "$effective" 13 || lacking="${lacking:+$lacking and }CAP_NET_RAW"
  [ -n "$lacking" ] || return 0
  if [ "$(id -u)" = 0 ]; then
    lacks "root without $lacking, as in a container: start it with --cap-add NET_ADMIN --cap-add NET_RAW."
    return
  fi
  if [ "${npm_lifecycle_event:-}" = start ]; then command="npm start"; else command="$pacd_root/bin/pacd serve"; fi
  # These run a script as the owner of its folder, whoever typed the command.
  case "${SUDO_UID:+sudo} ${npm_config_user_agent:-}" in
    "sudo npm/7."* | "sudo npm/8."*) command="$pacd_root/bin/pacd serve" ;;
  esac
  lacks "root, this is $(id -un 2>/dev/null || id -u): type \`sudo $command\` (or give pacd $lacking)."
}

# A Linux for which there is a pinned Node, and its C library. FILE stands for the loader of glibc.
need_platform() { # [FILE]
  if [ -z "$pacd_arch" ]; then
    lacks "a platform that pacd runs on: Linux on x86_64 or aarch64; this is $(uname -sm)."
    return
  fi
  if [ "$pacd_arch" = x64 ]; then loader=/lib64/ld-linux-x86-64.so.2; else loader=/lib/ld-linux-aarch64.so.1; fi
  if [ ! -e "${1:-$loader}" ]; then
    if ls /lib/ld-musl-* >/dev/null 2>&1; then found=", it has musl, as Alpine has"; else found=; fi
    lacks "glibc 2.34 or later of 64 bits, as Debian 12 and Ubuntu 22.04 have it: this Linux has no $loader$found." \
      "pacd's container image brings its own."
    return
  fi
  need_glibc "$(getconf GNU_LIBC_VERSION 2>/dev/null || :)"
}

# SQLite's addon wants more than the pinned Node, which would do with 2.28. deploy/debian/glibc.ts has the same number.
need_glibc() { # "glibc 2.36"
  case $1 in "glibc 2."*) ;; *) return 0 ;; esac
  minor=${1#glibc 2.}
  [ "${minor%%.*}" -ge 34 ] || lacks "glibc 2.34 or later, as Debian 12 and Ubuntu 22.04 have it: this host has $1."
}

# The folder of the clone: may be written to, has room, and programs in it may run. FILE stands for /proc/self/mounts.
need_folder() { # [FILE]
  for folder in "$pacd_root" "$pacd_root/node_modules"; do
    [ ! -e "$folder" ] || [ -w "$folder" ] || {
      lacks "the right to write to $folder: it belongs to $(stat -c %U "$folder"), this is $(id -un 2>/dev/null || id -u)," \
        "or it is on a file system that is read-only."
      break
    }
  done
  df -Pk "$pacd_root" >"$work/df" 2>/dev/null || return 0
  { read -r _ && read -r _ _ _ free _ mount; } <"$work/df" || return 0
  # Measured: 262 MB of packages, or 433 with the developer's tools, while npm unpacks them; then the addon, the cache
  # of compiled code and the state.
  [ "$free" -ge 512000 ] || lacks "room in $pacd_root: 500 MB are needed, $((free / 1024)) MB are free."
  barred=
  while read -r _ point _ options _; do
    [ "$point" = "$mount" ] || continue # the last one of a place is what is seen there
    case ,$options, in *,noexec,*) barred=yes ;; *) barred= ;; esac
  done <"${1:-/proc/self/mounts}"
  [ -z "$barred" ] || lacks "a file system from which programs may run: $mount is mounted noexec. Clone pacd elsewhere."
}

# The compiler of the addon, with the headers of the C library and of Linux.
need_compiler() {
  for compiler in ${CC:-} cc gcc clang g++; do
    command -v "$compiler" >/dev/null || continue
    printf '#include <stdio.h>\n#include <linux/bpf.h>\n' | "$compiler" -x c -fsyntax-only - >/dev/null 2>&1 && return
    lacks "the headers of the C library and of Linux: $compiler does not find stdio.h and linux/bpf.h."
    wants compiler
    return
  done
  lacks "a C compiler with the headers of the C library, for pacd's native part (cc, gcc or clang)."
  wants compiler
}

# FILE stands for /dev/net/tun, which must be there before it is opened: opening it to write would make a file.
need_tun() { # [FILE]
  device=${1:-/dev/net/tun}
  if [ ! -c "$device" ]; then
    lacks "$device: run \`modprobe tun\`; a container is given it with --device $device."
  elif ! (: <>"$device") 2>"$work/tun"; then
    said=$(sed 's/.*: //' "$work/tun")
    case $said in
      "Permission denied") [ -n "$lacking" ] || lacks "the right to open $device: \`chmod 666 $device\`, as udev does by itself." ;;
      *) lacks "$device that can be opened ($said): run \`modprobe tun\`; a container is given it with --device $device." ;;
    esac
  fi
}

# Without it pacd serves, but clients are not masqueraded.
need_nft() {
  ! PATH=$PATH:/usr/sbin:/sbin command -v nft >/dev/null || return 0
  note "nft is missing. pacd serves without it, but clients reach this host alone, unless your network routes them back" \
    "or nat.mode is \"off\"."
  wants nft
}

# npm reads our lockfile (version 3) from version 7 on.
need_npm() {
  if ! command -v npm >/dev/null || ! command -v node >/dev/null; then
    lacks "npm and the Node that it runs on, which install what pacd needs (Node 12 or later, npm 7 or later)."
    wants npm
    return 1
  fi
  npm=$(npm --version 2>"$work/npm") || {
    lacks "an npm that runs. \`npm --version\` says: $(grep -m 1 . "$work/npm")"
    return 1
  }
  [ "${npm%%.*}" -ge 7 ] 2>/dev/null || {
    lacks "npm 7 or later: this is npm $npm with Node $(node --version 2>/dev/null || echo "that does not run")." \
      "Debian's own from version 12 on will do, or one of https://nodejs.org."
    return 1
  }
}
