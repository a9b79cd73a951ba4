# Read by the judges written in shell: what each of them needs to know about the folder it judges.

set -euo pipefail
export LC_ALL=C.UTF-8

judges=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
cache=${BASHU_JUDGES:-${XDG_CACHE_HOME:-$HOME/.cache}/bashu-ci}

# Takes the site's folder from the command line into $site, or says how the judge is used.
take_site() {
    if [ $# -lt 1 ] || [ ! -d "$1" ]; then
        echo "usage: $0 FOLDER    (a finished site, such as output/)" >&2
        exit 2
    fi
    site=$(cd "$1" && pwd)
}

# Stops when a file that tests/site/install.sh brings is not there.
need() {
    if [ ! -e "$1" ]; then
        echo "$(basename "$0"): $1 is missing; run $judges/install.sh" >&2
        exit 2
    fi
}

# The site's address, which robots.txt states: https://example.org/ or https://example.org/path/
base_url() {
    sed -n 's/^Sitemap: *\(.*\)sitemap\.xml *$/\1/p' "$site/robots.txt" 2>/dev/null | head -n 1
}
