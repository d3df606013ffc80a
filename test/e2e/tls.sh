#!/usr/bin/env bash
# serve --tls auto, asked by programs that are not ours: curl and openssl trust the authority
# or do not. In a network namespace of its own, where that is allowed, so that the machine's
# addresses can change.
if [ -z "${OSTEON_OWN_NETWORK:-}" ]; then
    export OSTEON_OWN_NETWORK=no
    if unshare -rn true 2>/dev/null && command -v ip >/dev/null; then
        OSTEON_OWN_NETWORK=yes exec unshare -rn bash "$0"
    fi
fi
. "$(dirname "$0")/support/harness.bash"
here=127.0.0.1
if [ "$OSTEON_OWN_NETWORK" = yes ]; then
    here=198.51.100.7
    ip link set lo up && ip addr add "$here/32" dev lo
fi
free_port() { python3 -c 'import socket; s=socket.socket(); s.bind(("127.0.0.1",0)); print(s.getsockname()[1])'; }

serve_tls() { # [OPTION…]
    : >"$scratch/out" # of the server before
    "$osteon" serve "$folder" --listen 0.0.0.0:0 --tls auto "$@" >"$scratch/out" 2>"$scratch/err" &
    server=$!
    for _ in $(seq 600); do
        [ -s "$scratch/out" ] && break
        kill -0 "$server" 2>/dev/null || break
        sleep 0.1
    done
    port=$(sed -n 's/.*://p' "$scratch/out")
}
end_server() {
    kill "$server" 2>/dev/null
    wait "$server" 2>/dev/null
    server=
}
code() { curl -s -o /dev/null -w '%{http_code}' "$@"; }
shown() { openssl s_client -connect "$here:$port" </dev/null 2>/dev/null | openssl x509 -noout "$@"; }

folder_make
user_add anna RN
trust_port=$(free_port)
serve_tls --trust "0.0.0.0:$trust_port"
page=http://$here:$trust_port/trust
like "the address is one of TLS" '^https://0.0.0.0:[0-9]+$' "$(cat "$scratch/out")"

# -- the plain page ----------------------------------------------------------------------
curl -s -D "$scratch/head" "$page/osteon-ca.crt" -o "$scratch/ca.pem"
is "the plain page gives out the authority" "BEGIN CERTIFICATE" "$(grep -o 'BEGIN CERTIFICATE' "$scratch/ca.pem")"
is "and never its key" 0 "$(grep -c PRIVATE "$scratch/ca.pem")"
fingerprint=$(openssl x509 -in "$scratch/ca.pem" -noout -fingerprint -sha256 | cut -d= -f2)
is "the terminal has the fingerprint that openssl computes" "$fingerprint" "$(grep -x "$fingerprint" "$scratch/err")"
html=$(curl -s "$page")
like "and so has the page" "$fingerprint" "$html"
for words in 'iPad' 'Android' 'Windows' 'Trust this Osteon server' '信任本 Osteon 服务器' '描述文件'; do
    like "the page says $words" "$words" "$html"
done
curl -s "$page/osteon-ca.mobileconfig" | xmllint --noout - 2>/dev/null
is "the profile for the iPad is XML" 0 $?
is "and holds that authority" "$(sed '1d;$d' "$scratch/ca.pem" | tr -d '\n')" \
    "$(curl -s "$page/osteon-ca.mobileconfig" | sed -n '/<data>/,/<\/data>/p' | sed '1d;s/<\/data>//' | tr -d '\n')"
for path in / /index.html /api/health /api/login /app.js /trust/../api/health; do
    is "nothing of the study is there: $path" 404 "$(code --path-as-is "http://$here:$trust_port$path")"
done
is "nobody signs in there" 404 "$(code -X POST -H 'Content-Type: application/json' \
    -d '{"name":"anna","password":"SYNTHETIC password 1"}' "http://$here:$trust_port/api/login")"
is "nor does it speak of TLS for ever" 0 "$(grep -ci strict-transport "$scratch/head")"

# -- who trusts, and who does not -----------------------------------------------------------
is "who trusts the authority gets in" 200 "$(code --cacert "$scratch/ca.pem" "https://$here:$port/api/health")"
is "by name too" 200 "$(code --cacert "$scratch/ca.pem" "https://localhost:$port/api/health")"
curl -s "https://$here:$port/api/health" >/dev/null
is "who does not trust it refuses" 60 $?
is "plain HTTP gets nothing from that port" 000 "$(code "http://$here:$port/api/health")"
curl -s --cacert "$scratch/ca.pem" -D "$scratch/head" -o /dev/null -H 'Content-Type: application/json' \
    -d '{"name":"anna","password":"SYNTHETIC password 1"}' "https://$here:$port/api/login"
like "the cookie is for TLS only" 'osteon_session=.*; ?Secure' "$(cat "$scratch/head")"
like "and the browser is told to stay with TLS" '^Strict-Transport-Security: max-age=' "$(cat "$scratch/head")"

# What a thief of the authority's key could do with it: sign another name.
openssl req -new -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -subj /CN=bank -keyout "$scratch/thief.key" \
    -out "$scratch/thief.csr" 2>/dev/null
printf 'subjectAltName=DNS:bank.example\n' >"$scratch/thief.ext"
openssl x509 -req -in "$scratch/thief.csr" -CA "$scratch/ca.pem" -CAkey "$(ls "$OSTEON_KEYS"/*.authority)" -days 9 \
    -extfile "$scratch/thief.ext" -out "$scratch/thief.pem" 2>/dev/null
like "the authority is none for other names" 'permitted subtree violation' \
    "$(openssl verify -CAfile "$scratch/ca.pem" "$scratch/thief.pem" 2>&1)"

# -- addresses and restarts -------------------------------------------------------------------
first=$(shown -serial)
if [ "$OSTEON_OWN_NETWORK" = yes ]; then
    coproc kept { openssl s_client -quiet -connect "$here:$port" 2>/dev/null; }
    ip addr add 198.51.100.8/32 dev lo
    for _ in $(seq 300); do
        [ "$(shown -serial)" = "$first" ] || break
        sleep 0.2
    done
    is "a new address is in the certificate without a restart" 200 \
        "$(code --cacert "$scratch/ca.pem" "https://198.51.100.8:$port/api/health")"
    printf 'GET /api/health HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n' >&"${kept[1]}"
    like "and a connection that was open goes on" '200 OK' "$(head -n 1 <&"${kept[0]}")"
    first=$(shown -serial)
else
    echo "ok $((++test_count)) - a new address is in the certificate # SKIP no network namespace of our own is allowed here"
fi
"$osteon" doctor "$folder" >"$scratch/doctor" 2>&1
like "doctor is content with the way in" '^ok +TLS +https://' "$(cat "$scratch/doctor")"
like "and with the certificate" '^ok +certificate +ends 20' "$(cat "$scratch/doctor")"
like "and its names" "^ok +certificate's names" "$(cat "$scratch/doctor")"
end_server
is "nothing of it is in the data folder" "" "$(grep -rlE 'BEGIN (EC |)PRIVATE|BEGIN CERTIFICATE' "$folder")"
serve_tls --trust off
is "a restart keeps authority and certificate" "$first" "$(shown -serial)"
is "without the page of trust where it is not wanted" "" "$(grep -o 'http://[^ ]*trust' "$scratch/err")"
end_server

chmod 644 "$OSTEON_KEYS"/*.authority
"$osteon" doctor "$folder" >"$scratch/doctor" 2>&1
like "doctor sees a secret that others can read" '^do: +key ring +.*authority is 0644.*chmod 600' "$(cat "$scratch/doctor")"
chmod 600 "$OSTEON_KEYS"/*.authority
"$osteon" serve "$folder" --listen 0.0.0.0:0 >"$scratch/out" 2>"$scratch/err" &
server=$!
for _ in $(seq 600); do [ -s "$scratch/out" ] && break; sleep 0.1; done
"$osteon" doctor "$folder" >"$scratch/doctor" 2>&1
like "and that TLS is off for the network" '^do: +TLS +http://0.0.0.0.*--tls auto' "$(cat "$scratch/doctor")"
end_server
finish
