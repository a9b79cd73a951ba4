#!/usr/bin/env bash
# Installs the judges, and the servers that tests publish to, outside the repository, in
# ${XDG_CACHE_HOME:-~/.cache}/bashu-ci (or $BASHU_JUDGES), and Debian's packages where apt-get is to
# be had. A second run finds everything in place and takes no time.

source "$(dirname "$0")/common.sh"

# The network of a build machine is not always there at once.
retry() {
    local attempt
    for attempt in 1 2 3; do
        "$@" && return 0
        echo "$1 failed (attempt $attempt of 3)" >&2
        sleep $((attempt * 5))
    done
    return 1
}

# Debian: xmllint, Java for the HTML checker, a browser, a font without which Chinese is boxes,
# certificates, and servers.
packages=()
command -v xmllint >/dev/null || packages+=(libxml2-utils)
command -v java >/dev/null || packages+=(default-jre-headless)
command -v chromium >/dev/null || packages+=(chromium)
command -v chromedriver >/dev/null || packages+=(chromium-driver)
[ -e /usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc ] || packages+=(fonts-noto-cjk)
command -v openssl >/dev/null || packages+=(openssl)
command -v python3 >/dev/null || packages+=(python3 python3-venv)
command -v npm >/dev/null || packages+=(nodejs npm)
command -v rsync >/dev/null || packages+=(rsync)
[ -e /usr/sbin/sshd ] || packages+=(openssh-server)
[ -e /usr/sbin/nginx ] || packages+=(nginx-light)
if [ ${#packages[@]} -gt 0 ]; then
    echo "Debian packages: ${packages[*]}"
    if ! command -v apt-get >/dev/null; then
        echo "install.sh: install these by hand, then run it again" >&2
        exit 1
    fi
    export DEBIAN_FRONTEND=noninteractive
    retry apt-get update -qq
    retry apt-get install -y -qq --no-install-recommends "${packages[@]}" >/dev/null
fi

# Puts a file beside what was installed from it, to see next time that nothing is to do.
installed() { cmp -s "$1" "$2"; }

mkdir -p "$cache"
if ! installed "$judges/requirements.txt" "$cache/python/requirements.txt"; then
    echo "Python packages: $(paste -sd' ' "$judges/requirements.txt")"
    rm -rf "$cache/python"
    python3 -m venv "$cache/python"
    retry "$cache/python/bin/pip" install --quiet --disable-pip-version-check -r "$judges/requirements.txt"
    cp "$judges/requirements.txt" "$cache/python/requirements.txt"
fi

if ! installed "$judges/package-lock.json" "$cache/npm/installed.json"; then
    echo "npm packages: $(sed -n 's/^    "\([a-z-]*\)": "\([0-9.]*\)",\{0,1\}$/\1@\2/p' "$judges/package.json" | paste -sd' ')"
    rm -rf "$cache/npm"
    mkdir -p "$cache/npm"
    cp "$judges/package.json" "$judges/package-lock.json" "$cache/npm/"
    # Their install scripts only download what comes with the packages or with Debian.
    (cd "$cache/npm" && retry npm ci --ignore-scripts --no-audit --no-fund --loglevel=error)
    cp "$judges/package-lock.json" "$cache/npm/installed.json"
fi

# Programs that come as source, and are compiled quickly rather than well: compile NAME VERSION FEATURES
compile() {
    "$cache/cargo/bin/$1" --version 2>/dev/null | grep -q " $2$" && return 0
    echo "$1 $2"
    local scratch status=0
    scratch=$(mktemp -d)
    CARGO_PROFILE_DEV_DEBUG=0 CARGO_TARGET_DIR=$scratch retry cargo install "$1" --version "$2" \
        --features "$3" --locked --debug --force --quiet --root "$cache/cargo" || status=$?
    rm -rf "$scratch"
    return $status
}
# An S3 of another make, and a judge of structured data.
compile s3s-fs 0.14.1 binary
compile schemaorg-validate 0.3.0 cli
echo "judges: $cache"
