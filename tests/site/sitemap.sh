#!/usr/bin/env bash
# Sitemaps against the schema of sitemaps.org, which the npm package `sitemap` ships: sitemap.xml,
# and, where that is an index, the index and every part.

source "$(dirname "$0")/common.sh"
take_site "$@"
protocol=$cache/npm/node_modules/sitemap/schema/sitemap.xsd
need "$protocol"

# The schema of the protocol knows no alternates; a small one beside this script adds them.
schemas=$(mktemp -d)
trap 'rm -rf "$schemas"' EXIT
cp "$judges"/schemas/*.xsd "$schemas/"
cp "$protocol" "$schemas/sitemap.xsd"

failed=0 count=0
judge() {
    count=$((count + 1))
    xmllint --nonet --noout --schema "$schemas/$1" "$2" 2>&1 | sed "s|^$site/||" | head -n 50 || failed=1
}

if grep -qs '<sitemapindex' "$site/sitemap.xml"; then
    judge sitemap-index.xsd "$site/sitemap.xml"
    base=$(base_url)
    # What the index lists and nothing else: a part that is not listed is never read.
    while read -r loc; do
        judge sitemap-alternates.xsd "$site/${loc#"$base"}"
    done < <(sed -n 's|.*<loc>\(.*\)</loc>.*|\1|p' "$site/sitemap.xml")
else
    judge sitemap-alternates.xsd "$site/sitemap.xml"
fi

echo "sitemap: $count files, $([ $failed -eq 0 ] && echo valid || echo 'NOT valid')"
exit $failed
