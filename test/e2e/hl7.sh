#!/usr/bin/env bash
# Messages of a laboratory by programs that are not ours (node-hl7-client, mllp_send of
# python3-hl7): each gets the acknowledgement that HL7 wants. Senders that are slow, cut off,
# far too large or far too many are bounded, and saves at the bedside go on meanwhile. Killed
# with -9, nothing that was answered AA is lost: 4 kills; ENDURE=1: 60.
. "$(dirname "$0")/support/harness.bash"

kills=4
[ -z "${ENDURE:-}" ] || kills=60
samples=test/fixtures/hl7
folder_make
user_add carol CRC
user_add dora DM
serve_feeds() { # [OPTION…]
    serve --hl7 "127.0.0.1:${hl7_port:-0}" "$@"
    hl7_port=$(sed -n 's/^HL7 v2 over MLLP.*: 127.0.0.1://p' "$scratch/serve.err" | tail -n 1)
}
serve_feeds
for name in admin carol dora; do sign_in $name || give_up "signs in" "$body"; done
other() { node test/e2e/support/hl7_client.mjs "$hl7_port" "$@" 2>"$scratch/client.err"; }
badly() { node test/e2e/support/mllp.mjs "$hl7_port" "$@"; }
python_sends() { timeout 20 mllp_send --loose -p "$hl7_port" -f "$1" 127.0.0.1 2>&1 | tr '\r\013\034' '\n  '; }
open_feed() { request admin POST /api/feeds "$(jq -nc --arg f "$1" '{feed:$f,label:"SYNTHETIC",open:true,silent_after:60,reason:"SYNTHETIC agreement"} + $more' --argjson more "${2:-{\}}")"; }
save_works() {
    request carol POST /api/mutations "$(batch 1 SE.SCR F.SCR "[{\"item\":\"I.SCR.SCROTH\",\"value\":\"SYNTHETIC $1\"${base:+,\"base\":\"$base\",\"reason\":\"SYNTHETIC\"}}]")"
    is "a save at the bedside works meanwhile: $1" "200 ok" "$status $(printf '%s' "$body" | jq -r '.results[0].status')"
    base=$(printf '%s' "$body" | jq -r '.results[0].version')
}
request carol POST /api/participants '{"site":"01","kind":"screening"}'
base=

# -- who may send ------------------------------------------------------------------------

told=$(python_sends $samples/oru_2.3.1.hl7)
like "an unknown sender is refused, with words for its engineer" 'MSA\|AR\|SYN231\|the sender is not known here: LIS@SYNLAB' "$told"
like "in the form of ERR that its version has" 'ERR\|MSH\^1\^3\^204&Unknown key identifier&HL70357' "$told"
request admin GET /api/feeds
says "and the page knows of it" '.feeds[0] | "\(.feed) \(.state) \(.refused_reason)"' "LIS@SYNLAB unknown sender-unknown"
open_feed LIS@SYNLAB
is "an administrator opens the feed" 200 "$status"
open_feed PUMP@SYNWARD

# -- the right acknowledgements ------------------------------------------------------------

is "node-hl7-client gets the answer to each message" "oru_2.3.1.hl7 AA SYN231
oru_2.4.hl7 AA SYN24
oru_2.5.1_utf8.hl7 AA SYN251
oru_2.6_pcd01.hl7 AA SYN26
oru_2.3.1.hl7 AA SYN231
adt_2.5.1.hl7 AR SYNADT
oru_training.hl7 AR SYNT
oru_2.5.1_broken.hl7 AE SYNBROKEN
oru_2.5.1_reused.hl7 AE SYN231" "$(other $samples/oru_2.3.1.hl7 $samples/oru_2.4.hl7 $samples/oru_2.5.1_utf8.hl7 $samples/oru_2.6_pcd01.hl7 $samples/oru_2.3.1.hl7 $samples/adt_2.5.1.hl7 $samples/oru_training.hl7 $samples/oru_2.5.1_broken.hl7 $samples/oru_2.5.1_reused.hl7)"
like "mllp_send gets AA for GB18030" 'MSA\|AA\|SYN25GB' "$(python_sends $samples/oru_2.5_gb18030.hl7)"
like "and AE with the place for a broken one" 'MSA\|AE\|SYNBROKEN\|the message is broken: segment 3 \(OBX\)' "$(python_sends $samples/oru_2.5.1_broken.hl7)"
request dora GET '/api/feed-messages?state=quarantined'
says "what is broken waits for a person, once" '[.messages[].reason | select(IN("control-reused", "structure"))] | sort | join(" ")' "control-reused structure"
request dora GET /api/feed-messages
says "what came twice is there once" '[.messages[] | select(.control == "SYN231" and .state != "rejected" and .reason != "control-reused")] | length' 1
is "a hundred at once are answered in order" 100 "$(badly pipeline 100)"

# -- senders that are not as they should be ------------------------------------------------

is "bytes of no message are passed over" "AA SYNNOISE" "$(badly noise)"
badly half >"$scratch/half" &
half=$!
before=$(ps -o rss= -p "$server")
is "100 MB are refused, and the next message is taken" "AR SYNLARGE, AA SYNAFTER" "$(badly large 100000000)"
grown=$(($(ps -o rss= -p "$server") - before))
like "and take no memory to speak of" yes "$([ "$grown" -lt 20000 ] && echo yes || echo "$grown KiB")"
mkfifo "$scratch/end"
badly crowd 1000 <"$scratch/end" >"$scratch/crowd" &
crowd=$!
exec 9>"$scratch/end"
for _ in $(seq 200); do [ -s "$scratch/crowd" ] && break; sleep 0.05; done
like "of a thousand connections as many stay as there may be" '^1[0-2][0-9]$' "$(cat "$scratch/crowd")"
save_works "a thousand connections"
exec 9>&-
wait $crowd
wait $half
like "half a message is given up after half a minute" '^(29|3[0-9])$' "$(cat "$scratch/half")"
is "and then all is as before" "oru_2.4.hl7 AA SYN24" "$(other $samples/oru_2.4.hl7)"

# -- killed --------------------------------------------------------------------------------

badly insist "$scratch/stop" >"$scratch/taken" &
insist=$!
for _ in $(seq $kills); do
    sleep "0.$((RANDOM % 5 + 3))"
    stop KILL
    serve_feeds
done
sleep 0.5
touch "$scratch/stop"
wait $insist
sign_in dora
before=1000000000
: >"$scratch/kept"
for _ in $(seq 1000); do
    request dora GET "/api/feed-messages?before=$before"
    printf '%s' "$body" | jq -r '.messages[].control' >>"$scratch/kept"
    [ "$(printf '%s' "$body" | jq .more)" = true ] || break
    before=$(printf '%s' "$body" | jq '.messages[-1].id')
done
like "messages went on between the kills" yes "$([ "$(wc -l <"$scratch/taken")" -gt $((kills * 8)) ] && echo yes)"
echo "# $(wc -l <"$scratch/taken") messages answered AA over $kills kills"
is "nothing that was answered AA is lost" "" "$(grep -vxFf "$scratch/kept" "$scratch/taken" | head -n 5)"
is "and nothing is there twice" "" "$(grep SYNK "$scratch/kept" | sort | uniq -d | head -n 5)"
stop

# -- TLS, with certificates of the senders -------------------------------------------------

certificate() { # NAME SUBJECT [CA]
    openssl req -new -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout "$scratch/$1.key" -subj "/CN=$2" \
        -x509 -days 2 ${3:+-CA "$scratch/$3.pem" -CAkey "$scratch/$3.key"} -out "$scratch/$1.pem" 2>/dev/null
}
certificate ca "SYNTHETIC authority"
certificate server localhost ca
certificate laboratory "SYNTHETIC laboratory" ca
certificate stranger "SYNTHETIC stranger"
serve_feeds --hl7-tls "$scratch/server.pem,$scratch/server.key,$scratch/ca.pem"
sign_in admin
digest=$(openssl x509 -in "$scratch/laboratory.pem" -outform DER | sha256sum | cut -d' ' -f1)
open_feed LIS@SYNLAB "{\"certificate\":\"$digest\"}"
says "a feed is bound to a certificate" '.feeds[] | select(.feed == "LIS@SYNLAB").certificate' "$digest"
by() { other --tls "$scratch/ca.pem,$scratch/$1.pem,$scratch/$1.key" $samples/oru_2.4.hl7; }
is "the laboratory sends in TLS with its certificate" "oru_2.4.hl7 AA SYN24" "$(by laboratory)"
is "another certificate of the same authority is not enough" "oru_2.4.hl7 AR SYN24" "$(by server)"
# Until the server ends it: a client of TLS 1.3 is done before its certificate is looked at.
alerts() { timeout 30 openssl s_client -ign_eof -connect "127.0.0.1:$hl7_port" "$@" </dev/null 2>&1 | grep -i alert; }
like "one of another authority gets nowhere" alert "$(alerts -cert "$scratch/stranger.pem" -key "$scratch/stranger.key")"
like "and none at all neither" alert "$(alerts)"
stop
"$osteon" verify "$folder" >"$scratch/verify" 2>&1
is "verify holds" "0 It holds." "$? $(tail -n 1 "$scratch/verify")"
finish
