#!/bin/sh
# embed_assets.sh MANIFEST OUTPUT-FOLDER
#
# Writes assets.c (the table that web/assets.h declares) and assets_bytes.S (.incbin of
# each file and, where there is one, of its brotli twin FILE.br).
# A manifest line: url, file beside the manifest, content type, immutable | no-cache;
# separated by tabs. 3 MB as a C array cost gcc 20 seconds and 300 MB; this costs 0.2 s.
set -eu
manifest=$1
output=$2
folder=$(dirname "$manifest")
tab=$(printf '\t')
export LC_ALL=C

table=$output/assets.c.new
bytes=$output/assets_bytes.S.new

incbin() { # SYMBOL FILE
    printf '\t.global %s, %s_end\n\t.balign 16\n%s:\n\t.incbin "%s"\n%s_end:\n\t.byte 0\n' \
        "$1" "$1" "$1" "$2" "$1" >>"$bytes"
    printf 'extern const unsigned char %s[], %s_end[];\n' "$1" "$1" >>"$table"
}

printf '/* Generated from %s. */\n#include "web/assets.h"\n\n' "$manifest" >"$table"
printf '\t.section .rodata\n' >"$bytes"
rows=
count=0
sort "$manifest" >"$output/manifest.sorted"
while IFS=$tab read -r url file type caching; do
    [ -n "$url" ] || continue
    case $caching in
    immutable) is_immutable=true ;;
    no-cache) is_immutable=false ;;
    *)
        echo "$manifest: '$url' has caching '$caching', expected immutable or no-cache" >&2
        exit 1
        ;;
    esac
    path=$folder/$file
    [ -f "$path" ] || { echo "$manifest: '$url' names $path, which is missing" >&2; exit 1; }
    etag=$(sha256sum "$path" | cut -c1-16)
    incbin "asset_$count" "$path"
    brotli='NULL, NULL'
    if [ -f "$path.br" ]; then
        incbin "asset_${count}_brotli" "$path.br"
        brotli="asset_${count}_brotli, asset_${count}_brotli_end"
    fi
    rows="$rows    {\"$url\", \"$etag\", \"$type\", $is_immutable, asset_$count, asset_${count}_end, $brotli},
"
    count=$((count + 1))
done <"$output/manifest.sorted"

# The last row closes the table, which C11 does not allow to be empty.
printf '\nconst struct asset assets[] = {\n%s    {NULL, NULL, NULL, false, NULL, NULL, NULL, NULL},\n};\nconst size_t asset_count = %s;\n' \
    "$rows" "$count" >>"$table"
printf '\t.section .note.GNU-stack, "", @progbits\n' >>"$bytes"
mv "$table" "$output/assets.c"
mv "$bytes" "$output/assets_bytes.S"
