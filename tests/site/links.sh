#!/usr/bin/env bash
# Links and anchors, by lychee: every link within the site leads to a file and to an id that exist,
# in pages, feeds and sitemaps, relative or absolute. Other sites are not asked.

source "$(dirname "$0")/common.sh"
take_site "$@"
lychee=$cache/python/bin/lychee
need "$lychee"
base=$(base_url)
if [ -z "$base" ]; then
    echo "links: $site/robots.txt names no sitemap.xml, so the site's address is unknown" >&2
    exit 1
fi

# A site below a path (https://example.org/path/) links to /path/…, so it is judged at that place.
path=$(sed -E 's|^[a-z]+://[^/]*/?||; s|/$||' <<<"$base")
root=$site
if [ -n "$path" ]; then
    scratch=$(mktemp -d)
    trap 'rm -rf "$scratch"' EXIT
    mkdir -p "$scratch/$(dirname "$path")"
    cp -r "$site" "$scratch/$path"
    root=$scratch
fi
below=$root${path:+/$path}

mapfile -t files < <(find "$below" \( -name '*.html' -o -name '*.xml' -o -name robots.txt \) | sort)
if [ ${#files[@]} -eq 0 ]; then
    echo "links: no pages in $site" >&2
    exit 1
fi
# Without --index-files a link to an empty folder would pass, and without --remap absolute ones would.
failed=0
report=$("$lychee" --offline --no-progress --root-dir "$root" --index-files index.html --include-fragments \
    --remap "^$base(.*) file://$below/\$1" -- "${files[@]}" 2>&1) || failed=1
sed "s|$below/||g" <<<"$report" | head -n 100
exit $failed
