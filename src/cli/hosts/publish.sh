#!/bin/sh
# Builds the site on a machine of Netlify, Cloudflare Pages or Vercel, which then publish the folder
# that it leaves: sh ci/publish.sh HOST
# HOST is a name below `publish:` in site.yaml. Where Bashu is missing it is installed, and Rust for that.
set -eu
PATH="${CARGO_HOME:-$HOME/.cargo}/bin:$PATH"

if ! command -v bashu >/dev/null; then
    if ! command -v rustup >/dev/null; then
        curl --proto '=https' --tlsv1.2 -sSf https://sh.rustup.rs | sh -s -- -y --profile minimal --no-modify-path
    fi
    rustup toolchain install stable --profile minimal --no-self-update
    # A folder needs neither the preview nor the clients of other hosts.
    cargo +stable install bashu --version {version} --locked --no-default-features
fi

# What is said of translations needs the whole history; these machines fetch the end of it.
if [ "$(git rev-parse --is-shallow-repository 2>/dev/null)" = true ]; then
    git fetch --quiet --unshallow || echo "the git history stays incomplete"
fi

bashu publish "$1"
