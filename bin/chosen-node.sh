# Sourced by launchers, of a checkout and of the package, where $PACD_NODE names another Node than the one that pacd brings.

# The oldest one that pacd is tested with: types are stripped from the sources, SIGUSR1 can be switched off.
chosen_node_major=24

# Sets $chosen_node to the absolute path of NODE, a path or a name in the PATH; or says why pacd cannot run on it, and
# returns 1. ROOT: the folder whose node_modules has better-sqlite3. ADDON: pacd.node, which may not be built yet.
chosen_node() { # NODE ROOT ADDON
  chosen_node=$(command -v -- "$1") || chosen_node=$1
  case $chosen_node in /*) ;; *) chosen_node=$PWD/$chosen_node ;; esac
  if ! [ -e "$chosen_node" ]; then
    chosen_node_refuse "$1" "there is no such program"
    return 1
  fi
  if ! { [ -f "$chosen_node" ] && [ -x "$chosen_node" ]; }; then
    chosen_node_refuse "$1" "it is no program that this user may run"
    return 1
  fi
  chosen_node_said=$(env -u NODE_OPTIONS "$chosen_node" --version 2>&1 | head -n 1)
  case $chosen_node_said in
    v[0-9]*.[0-9]*) ;;
    *)
      chosen_node_refuse "$chosen_node" "it is no Node that runs here; asked for its --version it says: ${chosen_node_said:-nothing}"
      return 1
      ;;
  esac
  chosen_node_number=${chosen_node_said#v}
  [ "${chosen_node_number%%.*}" -ge "$chosen_node_major" ] || {
    chosen_node_refuse "$chosen_node" "it is Node $chosen_node_said, and pacd needs $chosen_node_major or later"
    return 1
  }
  # Both native parts are loaded, which says more than any number of an interface.
  chosen_node_said=$(env -u NODE_OPTIONS "$chosen_node" --disable-sigusr1 -e '
    const { existsSync } = require("node:fs");
    const { createRequire } = require("node:module");
    const [root, addon] = process.argv.slice(1);
    let part = "better-sqlite3";
    try {
      new (createRequire(`${root}/package.json`)(part))(":memory:").close();
      part = addon;
      if (existsSync(addon)) createRequire(addon)(addon);
    } catch (error) {
      console.log(`it cannot load ${part}: ${String(error.message).split("\n")[0]}`);
      process.exitCode = 1;
    }' "$2" "$3" 2>&1) || {
    chosen_node_refuse "$chosen_node" "$(echo "$chosen_node_said" | head -n 1)"
    return 1
  }
}

chosen_node_refuse() {
  echo "pacd: PACD_NODE=$1 cannot be used: $2. Without PACD_NODE pacd runs on the Node that it brings." >&2
}
