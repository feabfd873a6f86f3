#!/usr/bin/env bash
# What people do today: list the artifacts with curl, then `xargs -P 16 curl`. The guide's recipe with what it leaves
# out: the pages of the list, and more than one job, 16 jobs at a time. Basic authentication, as curl drops it on the
# way to storage.
#
#   recipe.sh URL TOKEN SLUG FOLDER JOB...    FOLDER may be empty: then it only lists
#
# Prints how many artifacts there were.
set -euo pipefail
export URL=$1 TOKEN=$2 SLUG=$3 FOLDER=$4
shift 4
LISTS=$(mktemp -d)
export LISTS
trap 'rm -rf "$LISTS"' EXIT

# Two lines an artifact: its address and its path.
list_job() {
  local page next=
  while :; do
    page=$(curl -sSf -u "$TOKEN:" "$URL/api/v2/project/$SLUG/$1/artifacts?page-token=$next")
    jq -r '.items[] | .url, .path' <<<"$page" >>"$LISTS/$1"
    next=$(jq -r '.next_page_token // empty' <<<"$page")
    [ -n "$next" ] || break
  done
}
export -f list_job
printf '%s\n' "$@" | xargs -P 16 -I{} bash -c 'list_job {}'

if [ -n "$FOLDER" ]; then
  cat "$LISTS"/* | xargs -P 16 -n 2 sh -c \
    'exec curl -sSfL -u "$TOKEN:" --create-dirs -o "$FOLDER/$1" "$0"'
fi
echo $(($(cat "$LISTS"/* | wc -l) / 2))
