#!/bin/sh
# wasm_imports.sh MODULE: fails, and removes the module, when it imports anything: the page
# gives it nothing. Section 2 of a module is the imports (WebAssembly core specification,
# 5.5.5); each section is its number, its size as LEB128, its bytes.
set -eu
module=$1
od -An -v -tu1 "$module" | tr -s ' ' '\n' | grep . | awk '
NR <= 8 { next }
state == 0 { section = $1; size = 0; factor = 1; state = 1; next }
state == 1 {
    size += $1 % 128 * factor
    factor *= 128
    if ($1 < 128) { if (section == 2) found = 1; state = size > 0 ? 2 : 0 }
    next
}
state == 2 && --size == 0 { state = 0 }
END { exit found || NR < 9 }
' || {
    rm -f "$module"
    echo "the engine for the browser imports something: wasm-objdump -x tells what" >&2
    exit 1
}
