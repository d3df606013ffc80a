#!/usr/bin/env bash
# The folder of each release is accepted by osteon verify, with its checkpoint, and a
# changed copy of it is not.
. "$(dirname "$0")/support/harness.bash"

for release in test/fixtures/releases/[0-9]*/; do
    version=$(basename "$release")
    rm -rf "$scratch/copy"
    cp -r "$release" "$scratch/copy"
    export OSTEON_KEYS=$scratch/copy/keys
    "$osteon" verify "$scratch/copy/data" --checkpoint "$scratch/copy/checkpoint" >"$scratch/verify" 2>&1
    is "the folder of $version holds" "0 It holds." "$? $(tail -n 1 "$scratch/verify")"
    like "it was signed by its own key" "signed by this folder's key" "$(cat "$scratch/verify")"
    like "and its tables are what its log says" 'rows compared' "$(cat "$scratch/verify")"
    OSTEON_KEYS=$scratch/nowhere "$osteon" verify "$scratch/copy/data" --checkpoint "$scratch/copy/checkpoint" \
        >"$scratch/verify" 2>&1
    is "without its key the chain holds with the checkpoint" "0 It holds." "$? $(tail -n 1 "$scratch/verify")"
    like "and whose signature it is, is left to the reader" 'compare it with the public key' "$(cat "$scratch/verify")"
    is "it is small" 1 "$(($(du -sb "$release" | cut -f 1) < 200000))"
    sqlite3 "$scratch/copy/data/osteon.db" "UPDATE item_value SET value = '15.3' WHERE value = '14.3'"
    "$osteon" verify "$scratch/copy/data" >"$scratch/verify" 2>&1
    is "with a value changed it does not hold" 1 $?
    like "and the place is named" 'table item_value, row .*column value' "$(cat "$scratch/verify")"
done
finish
