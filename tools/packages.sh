# shellcheck shell=bash disable=SC2034
# Sourced by ./start and ./check: Debian packages, installed only where missing.

BUILD_PACKAGES="gcc make pkg-config libc6-dev libmicrohttpd-dev libqrencode-dev libcurl4-gnutls-dev libgnutls28-dev
    libargon2-dev libjson-c-dev libexpat1-dev libsqlite3-dev zlib1g-dev r-mathlib liblapacke-dev
    libcairo2-dev libpango1.0-dev fonts-inter fonts-noto-cjk
    clang-14 lld-14 wasi-libc libclang-rt-14-dev-wasm32"
TEST_PACKAGES="libcmocka-dev libclang-rt-14-dev clang-format clang-tidy cppcheck
    valgrind chromium fonts-wqy-microhei curl jq sqlite3 oathtool libxml2-utils python3-jsonschema python3-hl7
    openssl libnss3-tools iproute2 zbar-tools poppler-utils r-base-core r-cran-survival
    r-cran-cmprsk r-cran-lme4 r-cran-lmertest r-cran-nlme r-cran-geepack r-cran-jsonlite python3-pandas python3-aiosmtpd"

missing_packages() {
    local package
    for package in "$@"; do
        [ "$(dpkg-query -W -f='${db:Status-Status}' "$package" 2>/dev/null)" = installed ] ||
            echo "$package"
    done
}

as_root() {
    if [ "$(id -u)" -eq 0 ]; then
        "$@"
    elif ! command -v sudo >/dev/null; then
        echo "this needs root, and there is no sudo: run as root: $*" >&2
        return 1
    elif [ -t 0 ]; then
        sudo "$@"
    else
        sudo -n "$@"
    fi
}

apt_install() {
    if [ -z "${apt_is_updated:-}" ]; then
        # An old list may still do: the install says so if it does not.
        as_root timeout -k 30 300 apt-get update -q -o Acquire::Retries=3 || true
        apt_is_updated=1
    fi
    as_root env DEBIAN_FRONTEND=noninteractive timeout -k 30 1500 apt-get install -q -y \
        --no-install-recommends -o DPkg::Lock::Timeout=300 -o Acquire::Retries=3 "$@"
}

# install_packages WHAT-FOR PACKAGE…: says what it installs, then does.
install_packages() {
    local purpose=$1 missing
    shift
    missing=$(missing_packages "$@" | xargs)
    [ -n "$missing" ] || return 0
    if ! command -v apt-get >/dev/null; then
        echo "$purpose needs the Debian packages $missing, and there is no apt-get here" >&2
        return 1
    fi
    echo "Installing for $purpose: $missing"
    # shellcheck disable=SC2086
    apt_install $missing </dev/null || return 1
    missing=$(missing_packages "$@" | xargs)
    [ -z "$missing" ] || { echo "could not be installed: $missing" >&2; return 1; }
}

node_is_new_enough() {
    command -v node >/dev/null &&
        [ "$(node -p 'Number(process.versions.node.split(".")[0]) >= 18' 2>/dev/null)" = true ]
}

# In a call of its own: where another Node is installed already, Debian's pair is refused.
install_node() {
    local missing=
    node_is_new_enough || missing=nodejs
    command -v npm >/dev/null || missing="$missing npm"
    [ -n "$missing" ] || return 0
    echo "Installing for the page:" $missing
    # shellcheck disable=SC2086
    apt_install $missing </dev/null || return 1
    node_is_new_enough && command -v npm >/dev/null ||
        { echo "node 18 or later and npm could not be installed" >&2; return 1; }
}
