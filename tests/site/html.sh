#!/usr/bin/env bash
# The HTML standard, by the Nu HTML Checker: no errors in any page. Warnings are shown and do not fail.

source "$(dirname "$0")/common.sh"
take_site "$@"
checker=$cache/npm/node_modules/vnu-jar/build/dist/vnu.jar
need "$checker"

pages=$(find "$site" -name '*.html' | wc -l)
messages=$(java -jar "$checker" --format gnu --skip-non-html "$site" 2>&1 || true)

# "file:…/page.html":12.3-12.9: error: … ; what is not of this form is the checker's own trouble.
errors=$(grep -cvE '^$|^"[^"]*":[0-9.-]+: info' <<<"$messages" || true)
warnings=$(grep -cE '^"[^"]*":[0-9.-]+: info' <<<"$messages" || true)
grep -v '^$' <<<"$messages" | sed "s|^\"file:$site/|\"|" | sort | head -n 50 || true

echo "html: $pages pages, $errors errors, $warnings warnings"
[ "$pages" -gt 0 ] && [ "$errors" -eq 0 ]
