#!/usr/bin/env bash
# One folder, one owner: a second server is refused with a sentence; commands go through
# the server that owns the folder, and work the same without one.
. "$(dirname "$0")/support/harness.bash"

folder_make
serve
said=$("$osteon" serve "$folder" --listen 127.0.0.1:0 2>&1 >/dev/null)
is "a second server ends with 1" 1 $?
like "with a sentence" '^osteon: .*(owns|use|served|locked|holds|open)' "$said"
is "and the first goes on" 200 "$(curl -s -o /dev/null -w '%{http_code}' "$address/api/health")"

is "the control socket is for its owner only" "srw-------" "$(stat -c %A "$folder/control.sock")"
is "and so is every file of the folder" "" "$(find "$folder" -type f -perm /077)"
link=$("$osteon" user "$folder" add rosa --role RN 2>/dev/null)
like "a user is added while serving; the link has the server's address" "^$address/#/link/" "$link"
"$osteon" user "$folder" add rosa --role RN >/dev/null 2>"$scratch/again"
is "the same name again is changed by someone else" 5 $?
like "and says so" 'rosa' "$(cat "$scratch/again")"
"$osteon" user "$folder" reset rosa --password-file "$scratch/password" >/dev/null 2>&1
is "a password goes through the socket" 0 $?
sign_in rosa
is "and lets its user in" 200 "$status"
(cd "$scratch" && "$osteon" export study log --out relative.jsonl 2>/dev/null)
is "file names begin where the caller is" 0 $?
like "and hold one event a line" '^[1-9]' "$(jq -s length "$scratch/relative.jsonl")"
"$osteon" export "$folder" log --out "$scratch/relative.jsonl" 2>"$scratch/exists"
is "a file that exists is not overwritten" 3 $?
served=$("$osteon" user "$folder" list)
"$osteon" doctor "$folder" >"$scratch/doctor" 2>&1
like "doctor sees the server" '^ok +server +http' "$(cat "$scratch/doctor")"

stop
[ ! -e "$folder/control.sock" ]
is "the socket goes with the server" 0 $?
is "the list is the same without a server" "$served" "$("$osteon" user "$folder" list)"
"$osteon" verify "$folder" >/dev/null 2>&1
is "the log holds" 0 $?

# A server that was killed leaves its socket: the next command takes it for what it is.
serve
stop KILL
[ -S "$folder/control.sock" ]
is "a killed server leaves its socket" 0 $?
"$osteon" user "$folder" disable rosa --reason "SYNTHETIC left the ward" >/dev/null 2>"$scratch/killed"
is "commands work after a kill" 0 $?
serve
sign_in rosa
is "a disabled user stays out" 401 "$status"
finish
