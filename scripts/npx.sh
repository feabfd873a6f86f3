#!/usr/bin/env bash
# npm run npx: runs the committed tree by npx from a git address, as docs/any-ci.md has it, under npm 10, 11 and 12. It has to
# run no script of this package, to bring no other package along, and to find an executable. Fetches those npms.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
git clone --quiet --bare . "$work/action.git"
name=$(node -p "require('./package.json').name")
version=$(node -p "require('./package.json').version")
cd "$work"

for npm in 10 11 12; do
  export npm_config_cache="$work/cache-$npm" npm_config_fund=false npm_config_audit=false npm_config_update_notifier=false
  echo "▶ npx of npm $npm"
  npm install --silent --prefix "$work/npm-$npm" "npm@$npm"
  said=$("$work/npm-$npm/node_modules/.bin/npx" --yes --allow-git=root "git+file://$work/action.git" --version)
  if [ "$said" != "$version" ]; then
    echo "✗ It said \"$said\" instead of \"$version\"." >&2
    exit 1
  fi
  folder=$(dirname "$(ls -d "$npm_config_cache"/_npx/*/node_modules/"$name")")
  if [ "$(ls "$folder")" != "$name" ]; then
    echo "✗ It brought more along: $(ls "$folder" | tr '\n' ' ')" >&2
    exit 1
  fi
done
echo "✓ Runs by npx from a git address, alone."
