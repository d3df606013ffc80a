#!/bin/sh
# linkage.sh ROOT BUILD: a function or table that no other object uses is static, or gone.
# Tests and benchmarks count as users, and so does what is built for the browser alone.
set -eu
objects=$2/obj
[ -d "$objects/src" ] || exit 0
{
grep -ohE '\b[a-z_]+\(' "$1"/src/*/browser/*.c 2>/dev/null | sed 's/(//; s/.*/browser: U &/' || true
find "$objects" "$2/generated" -name '*.o' 2>/dev/null | sort | xargs nm -A -g 2>/dev/null
} | awk '
{
    file = $1
    sub(/:.*/, "", file)
    name = $NF
    kind = $(NF - 1)
    if (kind == "U") used[name] = 1
    else if (file ~ /obj\/src\//) home[name] = file
}
END {
    for (name in home) {
        if ((name in used) || name == "main") continue
        file = home[name]
        sub(/.*obj\//, "", file)
        sub(/\.o$/, ".c", file)
        print file ": " name " is used nowhere else: make it static, or remove it"
    }
}' | sort | { ! grep .; }
