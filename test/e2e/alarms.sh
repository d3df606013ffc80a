#!/usr/bin/env bash
# Alarms of the served program: the hours of a needle come true while nobody serves, none is
# lost and none comes twice, whatever is killed in between. A mail arrives at an SMTP server
# that is not ours (Debian's aiosmtpd), also when that was down at first; a webhook is signed
# so that its receiver can tell; neither holds anything clinical, nothing holds a secret.
. "$(dirname "$0")/support/harness.bash"

secret=SYNTHETIC-webhook-secret
mail_password=SYNTHETIC-mail-password
mailbox=$scratch/mailbox
helpers=()
trap 'for helper in "${helpers[@]}"; do kill "$helper" 2>/dev/null; done; clean_up' EXIT

ago() { date -u -d "-$1 seconds" +%Y-%m-%dT%H:%M:%SZ; }
needle() { # PARTICIPANT SECONDS: a needle that was placed so long ago
    request ivan POST /api/mutations "$(batch "$1" SE.T0 F.IO "[{\"item\":\"I.IO.ATTSITE\",\"row\":1,\"value\":\"PTL\"},
        {\"item\":\"I.IO.PUNDTM\",\"row\":1,\"value\":\"$(ago "$2")\"},{\"item\":\"I.IO.ATTRES\",\"row\":1,\"value\":\"SUC\"}]")"
}
standing() { # PARTICIPANT STEP: how many stand
    request paula GET '/api/alarms'
    jq "[.alarms[]|select(.participant==$1 and .step==\"$2\")]|length" "$scratch/body"
}
wait_for() { # WANTED COMMAND…: at most 60 s
    local wanted=$1 i
    shift
    for i in $(seq 300); do
        [ "$("$@")" = "$wanted" ] && break
        sleep 0.2
    done
    "$@"
}
again() { # starts anew, as after a crash
    stop KILL
    serve
    csrf=
    sign_in carol || give_up "signs in" "$body"
    sign_in ivan || give_up "signs in" "$body"
    sign_in paula || give_up "signs in" "$body"
}
free_port() { python3 -c 'import socket; s=socket.socket(); s.bind(("127.0.0.1",0)); print(s.getsockname()[1])'; }

folder_make
user_add carol CRC
user_add ivan INV
user_add paula PI
user_add rosa RN
serve
sign_in carol || give_up "signs in" "$body"
sign_in ivan || give_up "signs in" "$body"
sign_in paula || give_up "signs in" "$body"

# -- the hours of a needle ------------------------------------------------------------------

id=0
for what in 20:CK102 24:AL05.red 36:AL06.red 48:CK104 92:AL08.92h 96:AL08.96h; do
    hours=${what%%:*}
    step=${what#*:}
    id=$((id + 1))
    request carol POST /api/participants '{"site":"01","kind":"screening"}'
    needle "$id" $((hours * 3600 - 4))
    is "4 s before $hours h nothing stands of it" 0 "$(standing $id "$step")"
    stop KILL
    sleep 5
    serve
    csrf=
    sign_in carol || give_up "signs in" "$body"
    sign_in ivan || give_up "signs in" "$body"
    sign_in paula || give_up "signs in" "$body"
    is "at $hours h it stands, though nobody served at the moment" 1 "$(wait_for 1 standing $id "$step")"
done
again
request paula GET '/api/alarms?past=1000'
is "none has come twice" 0 "$(jq '[.alarms|group_by([.participant,.step])[]|select(length>1)]|length' "$scratch/body")"
is "and none is lost: each needle has all that its hours say" 1,2,3,4,5,6 \
    "$(jq -r '[range(1;7) as $p|[.alarms[]|select(.participant==$p and (.step|test("CK102|AL05.red|AL06.red|CK104|AL08")))]|length]|map(tostring)|join(",")' "$scratch/body")"
request paula GET /api/participants/6
request paula GET '/api/participants/6/forms/SE.LOG/F.PD'
says "the limit has opened its deviation, once" '[.values[]|select(.item=="I.PD.PDCAT").value]|@json' '["DWELL"]'

# -- mail and webhook -------------------------------------------------------------------------

stop
smtp=$(free_port)
printf '%s\n' "$secret" >"$scratch/webhook-secret"
printf '%s\n' "$mail_password" >"$scratch/mail-password"
python3 test/e2e/support/webhook.py "$scratch/webhook-port" "$secret" "$scratch/posted" &
helpers+=($!)
wait_for yes sh -c "[ -s '$scratch/webhook-port' ] && echo yes || echo no" >/dev/null
umask 077
cat >"$folder/alarms.conf" <<END
# SYNTHETIC
mail.server = smtp://127.0.0.1:$smtp
mail.from = osteon@hospital.example
mail.to.RN = ward@hospital.example
mail.to.PI = principal@hospital.example
mail.to.INV = principal@hospital.example
webhook.url = http://127.0.0.1:$(cat "$scratch/webhook-port")/page
webhook.secret-file = $scratch/webhook-secret
END
like "doctor tells whom no mail reaches" 'do: +alarms by mail +no address of OPR CRC DM' "$("$osteon" doctor "$folder")"
serve
csrf=
sign_in carol || give_up "signs in" "$body"
sign_in ivan || give_up "signs in" "$body"
sign_in paula || give_up "signs in" "$body"
request carol POST /api/participants '{"site":"01","kind":"screening"}'
request carol POST /api/mutations "$(batch 7 SE.H6 F.SC '[{"item":"I.SC.SCSWELL","value":"2"}]')"
posted() { grep -c '"alarm":"AL10"' "$scratch/posted" 2>/dev/null; }
is "the webhook is called, and its signature is right" 1 "$(wait_for 1 posted)"
like "with the pseudonymous number and the alarm's id" '"participant":"S-0007"' "$(grep AL10 "$scratch/posted")"
failed() {
    request paula GET '/api/audit?kind=ALARM_MESSAGE_FAILED'
    jq '[.entries[]|select(.detail|test("mail to"))]|length > 0' "$scratch/body"
}
request paula GET '/api/audit?kind=ALARM_MESSAGE_FAILED'
is "that the mail server is down stands on the log" true "$(wait_for true failed)"
/usr/bin/python3 -m aiosmtpd -n -l "127.0.0.1:$smtp" -c aiosmtpd.handlers.Mailbox "$mailbox" 2>/dev/null &
helpers+=($!)
arrived() { grep -ls '^Subject: AL10 critical S-0007' "$mailbox"/new/* 2>/dev/null | wc -l; }
is "and when it is up again the mail arrives" 1 "$(wait_for 1 arrived)"
letter=$(cat "$(grep -ls '^Subject: AL10' "$mailbox"/new/* | head -n 1)")
like "at those whom the alarm calls" 'ward@hospital.example' "$letter"
is "nothing clinical is in what left the house" 0 \
    "$(cat "$mailbox"/new/* "$scratch/posted" | grep -ciE 'swell|extravas|compartment|needle|外渗|置针|SCSWELL')"
is "no secret is in the log, in the folder or in what was said" 0 \
    "$(grep -rls -e "$secret" -e "$mail_password" "$folder" "$scratch/serve.err" | wc -l)"
again
sleep 2
is "after a restart nobody is told again" "1 1" "$(arrived) $(posted)"
stop
like "the tables are what the log says" 'It holds' "$("$osteon" verify "$folder")"

# -- what cannot be understood -------------------------------------------------------------------

echo 'mail.sever = smtps://x' >"$folder/alarms.conf"
refusal=$("$osteon" serve "$folder" --listen 127.0.0.1:0 2>&1)
is "a file that cannot be understood stops the start" 3 $?
like "and the line is named" 'line 1 of alarms.conf' "$refusal"
finish
