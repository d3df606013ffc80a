#!/bin/sh
# sql.sh ROOT: no SQL text outside src/store, whose list of statements is closed.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
cd "$1"
set -- $(find src -name '*.[ch]' | grep -v '^src/store/' | sort)
[ $# -gt 0 ] || exit 0
awk -v keep_strings=1 -f "$here/strip.awk" "$@" | awk '
{
    lower = tolower($0)
    if (lower ~ /"[ \t]*(select [^"]*from |insert (or [a-z]+ )?into |replace into |update [a-z_."]+ set |delete from |(create|drop|alter) (temp |temporary |unique |virtual )*(table|index|view|trigger) |pragma +[a-z_]+|vacuum|attach +database|with [a-z_]+ as *\(|begin (immediate|deferred|exclusive|transaction)|savepoint )/ ||
        $0 ~ /"[ \t]*(SELECT|INSERT|UPDATE|DELETE|CREATE|DROP|ALTER|PRAGMA|VACUUM|ATTACH|BEGIN|COMMIT|ROLLBACK|WITH|REPLACE)([ \t;"]|\\n)/) {
        split($0, at, ":")
        print at[1] ":" at[2] ": SQL belongs in src/store"
        failed = 1
    }
}
END { exit failed }'
