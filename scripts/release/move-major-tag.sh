#!/usr/bin/env bash
# move-major-tag.sh <tag> <commit>
# Points the major tag (v1 for v1.2.3) at a commit, and makes it when there is none.
set -euo pipefail

major=${1%%.*}
commit=$2
git=repos/$GITHUB_REPOSITORY/git

# "ref" is this one tag, 404 when there is none. "refs" would be every tag that begins so (v1.2.3, v10), and never 404.
if answer=$(gh api "$git/ref/tags/$major" --silent 2>&1); then
  gh api --method PATCH "$git/refs/tags/$major" --raw-field sha="$commit" --field force=true --silent
elif [[ $answer == *'HTTP 404'* ]]; then
  gh api --method POST "$git/refs" --raw-field ref="refs/tags/$major" --raw-field sha="$commit" --silent
else
  echo "Whether there is a tag $major could not be found out: $answer" >&2
  exit 1
fi
echo "$major is now $1." >> "$GITHUB_STEP_SUMMARY"
