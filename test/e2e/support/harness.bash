# Sourced by the end-to-end scripts: TAP, a scratch folder with its own key ring, the
# served program, and curl as a signed-in person.
#
#   . "$(dirname "$0")/support/harness.bash"
#   folder_make; user_add anna RN; serve; sign_in anna
#   request anna POST /api/participants '{"site":"01","kind":"provisional"}'
#   is "begins a provisional record" 201 "$status"
#   finish
#
# `request` sets $status and $body. Everything that was started ends with the script.
set -u
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../../.." && pwd)
cd "$root" || exit 1
osteon=${OSTEON:-$root/build/osteon}
scratch=$(mktemp -d)
export OSTEON_KEYS=$scratch/keys LC_ALL=C.UTF-8
folder=$scratch/study
server=
address=
status=
body=
test_count=0
failure_count=0
password='SYNTHETIC password 1'
printf '%s\n' "$password" >"$scratch/password"

clean_up() {
    [ -z "$server" ] || kill -9 "$server" 2>/dev/null
    wait 2>/dev/null
    rm -rf "$scratch"
}
trap clean_up EXIT

# -- TAP ---------------------------------------------------------------------------------

passes() {
    test_count=$((test_count + 1))
    echo "ok $test_count - $1"
}

fails() { # NAME DETAIL
    test_count=$((test_count + 1))
    failure_count=$((failure_count + 1))
    echo "not ok $test_count - $1"
    printf '%s\n' "$2" | head -n 20 | cut -c 1-500 | sed 's/^/#   /'
}

is() { # NAME EXPECTED ACTUAL
    if [ "$2" = "$3" ]; then
        passes "$1"
    else
        fails "$1" "expected: $2
     got: $3
    body: ${body:0:600}"
    fi
}

isnt() { # NAME UNWANTED ACTUAL
    if [ "$2" != "$3" ]; then passes "$1"; else fails "$1" "got $3"; fi
}

# The text holds the extended regular expression.
like() { # NAME PATTERN TEXT
    if printf '%s\n' "$3" | grep -Eq -- "$2"; then
        passes "$1"
    else
        fails "$1" "no $2 in: ${3:0:600}"
    fi
}

# What jq finds in the latest answer.
says() { # NAME JQ EXPECTED
    is "$1" "$3" "$(printf '%s' "$body" | jq -r "$2" 2>&1)"
}

# Runs a program that is not ours and prints TAP lines without numbers or a plan: each is a
# test here, and that it looked at everything.
another() { # NAME COMMAND…
    local name=$1 told
    shift
    PYTHONDONTWRITEBYTECODE=1 "$@" >"$scratch/told" 2>&1
    told=$?
    while IFS= read -r line; do
        case $line in
        "ok "*) passes "${line#ok }" ;;
        "not ok "*) fails "${line#not ok }" "$(tail -n 20 "$scratch/told")" ;;
        esac
    done <"$scratch/told"
    is "$name has looked at everything" 0 "$told"
}

finish() {
    echo "1..$test_count"
    [ "$failure_count" -eq 0 ]
    exit
}

give_up() {
    fails "$1" "$2"
    finish
}

# -- the program ---------------------------------------------------------------------------

folder_make() {
    "$osteon" init "$folder" --password-file "$scratch/password" \
        >"$scratch/init.out" 2>"$scratch/init.err" ||
        give_up "makes a folder" "$(cat "$scratch/init.err")"
}

user_add() { # NAME ROLE…
    local name=$1 roles=()
    shift
    for role in "$@"; do roles+=(--role "$role"); done
    "$osteon" user "$folder" add "$name" "${roles[@]}" --full-name "SYNTHETIC $name" --identity "SYNTHETIC card" \
        --password-file "$scratch/password" >/dev/null 2>"$scratch/user.err" ||
        give_up "adds user $name" "$(cat "$scratch/user.err")"
}

serve() { # [OPTION…]
    : >"$scratch/address"
    "$osteon" serve "$folder" --listen 127.0.0.1:0 "$@" >"$scratch/address" \
        2>>"$scratch/serve.err" &
    server=$!
    for _ in $(seq 100); do
        address=$(head -n 1 "$scratch/address")
        [ -z "$address" ] || return 0
        kill -0 "$server" 2>/dev/null || break
        sleep 0.05
    done
    give_up "serves" "$(tail -n 20 "$scratch/serve.err")"
}

# The server at $address answers, after a while.
answers() {
    for _ in $(seq 400); do
        curl -s -o /dev/null "$address/api/health" && return
        sleep 0.05
    done
    return 1
}

stop() { # [SIGNAL]
    kill -"${1:-TERM}" "$server"
    wait "$server" 2>/dev/null
    local ended=$?
    server=
    return $ended
}

# -- a person at the page -------------------------------------------------------------------

sign_in() { # NAME [PASSWORD]
    local secret=${2:-$password}
    status=$(curl -s -o "$scratch/body" -w '%{http_code}' -c "$scratch/$1.jar" \
        -H 'Content-Type: application/json' "$address/api/login" \
        --data "$(jq -nc --arg n "$1" --arg p "$secret" '{name:$n,password:$p}')")
    body=$(cat "$scratch/body")
    printf '%s' "$body" | jq -r '.csrf // empty' >"$scratch/$1.csrf"
    echo "POST /api/login $status" >>"$scratch/asked"
    [ "$status" = 200 ]
}

# BODY may be @FILE, or empty for none. NAME - asks without a sign-in; $csrf (or "none")
# and $type stand in for the CSRF token and the body's type.
csrf=
type=application/json
request() { # NAME METHOD PATH [BODY] [CURL-OPTION…]
    local name=$1 method=$2 path=$3 data=() who=()
    shift 3
    if [ $# -gt 0 ] && [ -z "$1" ]; then
        shift
    elif [ $# -gt 0 ]; then
        data=(-H "Content-Type: $type" --data-binary "$1")
        shift
    fi
    if [ "$name" != - ]; then
        who=(-b "$scratch/$name.jar")
        [ "$csrf" = none ] || who+=(-H "X-Osteon-CSRF: ${csrf:-$(cat "$scratch/$name.csrf")}")
    fi
    status=$(curl -s -o "$scratch/body" -w '%{http_code}' --max-time 60 \
        -X "$method" "${who[@]}" "${data[@]}" "$@" "$address$path")
    body=$(tr -d '\0' <"$scratch/body")
    echo "$method $path $status" >>"$scratch/asked"
}

# Version 7 of RFC 9562: milliseconds, then random.
uuid() {
    local random
    random=$(od -An -N10 -tx1 /dev/urandom | tr -d ' \n')
    printf '%08x-%04x-7%s-a%s-%s\n' $(($(date +%s%3N) >> 16)) \
        $(($(date +%s%3N) & 0xffff)) "${random:0:3}" "${random:3:3}" "${random:6:12}"
}

# A batch of mutations of one form: PARTICIPANT EVENT FORM MUTATIONS [BATCH]
batch() {
    jq -nc --arg b "${5:-$(uuid)}" --argjson p "$1" --arg e "$2" --arg f "$3" \
        --argjson m "$4" --arg t "$(date -u +%Y-%m-%dT%H:%M:%S.000Z)" \
        '{batch:$b, participant:$p, event:$e, form:$f, device:"SYNTHETIC tablet",
          device_time:$t, clock_offset_ms:0, language:"en", mutations:$m}'
}

# The head of the log as the API tells it: number and hash.
log_head() { # NAME
    request "$1" GET /api/verify
    printf '%s' "$body" | jq -r '"\(.seq) \(.head)"'
}
