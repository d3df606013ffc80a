#!/bin/sh
# typescript.sh ROOT: the page's types hold.
set -eu
cd "$1"
[ -f web/package.json ] || exit 0
cd web
npm run --silent lint
