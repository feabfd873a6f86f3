#!/usr/bin/env bash
# publish.sh <tag> <file of notes>
# Publishes the release of a tag, from a draft: with immutable releases nobody can change it from then on. Run again, it
# goes on where it stopped.
set -euo pipefail

tag=$1
notes=$2

case $tag in
  *-*) prerelease=true ;;
  *) prerelease=false ;;
esac

if ! gh release view "$tag" > /dev/null 2>&1; then
  gh release create "$tag" --draft --verify-tag --prerelease="$prerelease" --title "$tag" --notes-file "$notes"
fi
gh release edit "$tag" --draft=false

cat >> "$GITHUB_STEP_SUMMARY" <<SUMMARY
$tag is published.

**By hand:** GitHub lists an action in its Marketplace only when somebody ticks "Publish this Action to the GitHub Marketplace"
[on the release's page]($GITHUB_SERVER_URL/$GITHUB_REPOSITORY/releases/edit/$tag). There is no API for that box.

SUMMARY
