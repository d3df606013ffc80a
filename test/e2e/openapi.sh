#!/usr/bin/env bash
# What the API answers is what its OpenAPI document says: each answer fits its schema and
# holds no member that the document does not know; and every route of the document is here.
. "$(dirname "$0")/support/harness.bash"

folder_make
for role in CRC PI DM RN SAF MON IMG STAT; do user_add "p-${role,,}" $role; done
serve --hl7 127.0.0.1:0
for name in admin p-crc p-pi p-dm p-rn p-saf p-mon p-img p-stat; do sign_in $name || give_up "signs in" "$body"; done
mkdir "$scratch/answers"
taken=0
keep() { # SCHEMA STATUS NAME METHOD PATH [BODY]
    local schema=$1 expected=$2
    shift 2
    request "$@"
    taken=$((taken + 1))
    is "$2 ${3%%\?*} answers" "$expected" "$status"
    [ "$schema" = - ] || printf '%s' "$body" >"$scratch/answers/$schema.$taken.json"
}

"$osteon" openapi >"$scratch/document.json"
request - GET /api/openapi.json
is "the program prints the document that it serves" "$(jq -cS . "$scratch/document.json")" "$(printf '%s' "$body" | jq -cS .)"
keep Health 200 - GET /api/health
keep Design 200 p-crc GET /api/study
keep OpenPoints 200 p-crc GET /api/study/open-points
keep OpenPoints 200 p-pi POST /api/study/open-points '{"point":"Q4","reference":"SYNTHETIC minutes 3"}'
says "a confirmed point says so" '.open_points[3].state' confirmed
keep Problem 403 p-crc POST /api/study/open-points '{"point":"Q4"}'
keep Overview 200 p-crc GET /api/overview
keep Analysis 200 p-crc GET /api/analysis
keep AnalysisRows 200 p-crc GET /api/analysis/E1.first_attempt
keep - 200 p-crc GET '/api/analysis/report.html?language=zh'
keep - 200 p-crc GET '/api/analysis/report.pdf?language=en'
keep Problem 422 p-crc GET '/api/analysis/report.pdf?language=fr'
keep Problem 404 p-crc GET /api/analysis/E99
keep - 200 p-crc GET '/api/analysis/figures/survival.svg?language=zh'
keep Problem 404 p-crc GET /api/analysis/figures/none.svg
keep Problem 422 p-crc GET '/api/analysis/figures/survival.svg?language=fr'
keep AnalysisNoted 200 p-stat POST /api/analysis/runs '{}'
keep Problem 403 p-crc POST /api/analysis/runs '{}'
keep PlanVersions 200 p-crc GET /api/analysis/plans
keep Problem 404 p-pi POST /api/analysis/plans/1/publish '{}'
sed 's/"version": "1"/"version": "2"/; s/"level": 0.95/"level": 0.9/' studies/io-hematology/plan.json >"$scratch/plan.json"
"$osteon" study "$folder" plan "$scratch/plan.json" --user p-stat --password-file "$scratch/password" --reason SYNTHETIC >/dev/null 2>"$scratch/err"
is "a plan is proposed while the folder is served" 0 $?
keep PlanVersions 200 p-crc GET /api/analysis/plans
plan=$(printf '%s' "$body" | jq '.versions[0].id')
keep PlanVersions 200 p-pi POST "/api/analysis/plans/$plan/publish" '{}'
keep Problem 409 p-pi POST "/api/analysis/plans/$plan/publish" '{}'
keep Rules 200 p-crc GET /api/study/rules
keep ReferenceData 200 p-crc GET /api/study/reference
keep Permissions 200 p-crc GET /api/permissions
for name in p-dm p-pi; do keep RecordDone 200 $name POST /api/database/lock '{"name":"SYNTHETIC cut"}'; done
says "two persons lock the data base" .done true
keep Problem 423 p-crc POST /api/participants '{"site":"01","kind":"screening"}'
for name in p-pi p-dm; do keep RecordDone 200 $name POST /api/database/unlock '{"reason":"SYNTHETIC"}'; done
keep SignedIn 200 p-crc GET /api/me
keep OwnSignIns 200 p-crc GET /api/me/signed-in
keep TotpSecret 200 p-crc POST /api/me/totp/start '{}'
secret=$(printf '%s' "$body" | jq -r .secret)
keep - 204 p-crc POST /api/me/totp/confirm "{\"code\":\"$(oathtool --totp -b "$secret")\"}"
keep Problem 401 - POST /api/login "$(jq -nc --arg p "$password" '{name:"p-crc",password:$p}')"
says "and asks for the code" .needs totp
keep - 204 p-crc POST /api/me/totp/remove "$(jq -nc --arg p "$password" '{password:$p}')"
keep Participant 201 p-crc POST /api/participants '{"site":"01","kind":"screening"}'
keep Participant 201 p-rn POST /api/participants '{"site":"01","kind":"provisional","bed":"SYNTHETIC 7"}'
keep Participants 200 p-crc GET '/api/participants?state=SCREENED&find=S-0'
keep Saved 200 p-crc POST /api/mutations "$(batch 1 SE.SCR F.SCR '[{"item":"I.SCR.HVOL","value":"N"},{"item":"I.SCR.BRTHDT","value":"1950-02"},{"item":"I.SCR.CRITIC","missing":"OTH","missing_text":"SYNTHETIC"},{"item":"I.SCR.NONE","value":"1"},{"item":"I.SCR.XSITE","row":1,"value":"PTL"}]' | jq -c '.view=true')"
version=$(printf '%s' "$body" | jq -r '.results[0].version')
keep Saved 200 p-crc POST /api/mutations "$(batch 1 SE.SCR F.SCR "[{\"item\":\"I.SCR.HVOL\",\"value\":\"Y\",\"base\":\"$version\",\"reason\":\"SYNTHETIC\"}]")"
keep Saved 200 p-crc POST /api/mutations "$(batch 1 SE.SCR F.SCR "[{\"item\":\"I.SCR.HVOL\",\"value\":\"\",\"base\":\"$version\",\"reason\":\"SYNTHETIC\"}]")"
says "a conflict tells the other value" '.results[0].theirs.value' Y
keep FormView 200 p-crc GET /api/participants/1/forms/SE.SCR/F.SCR
keep FormView 200 p-pi GET '/api/participants/1/forms/SE.BL/F.DM?event_repeat=1&form_repeat=1'
keep Sheet 200 p-crc GET /api/participants/1/sheet/SE.SCR/F.SCR
keep Casebook 200 p-crc GET /api/participants/1
check() { # WHAT: a check of the latest weight of participant 1
    request p-crc GET /api/participants/1/forms/SE.BL/F.DM
    printf '%s' "$body" | jq -c --argjson what "$1" '.second_checks[]|select(.item=="I.DM.WEIGHT")|{event,form,item,row,version}+$what'
}
keep Saved 200 p-crc POST /api/mutations "$(batch 1 SE.BL F.DM '[{"item":"I.DM.WEIGHT","value":"61.5"}]')"
keep SecondCheckMade 200 p-rn POST /api/participants/1/second-check "$(check '{"value":"65.1"}')"
says "a second entry that differs is told" .agreed false
keep FormView 200 p-crc GET /api/participants/1/forms/SE.BL/F.DM
says "and asked about" '.queries[0].check' SECOND
keep Casebook 200 p-crc GET /api/participants/1
says "the form cannot be signed" '[.forms[]|select(.form=="F.DM").open_second_checks][0]' 1
keep SecondCheckMade 200 p-pi POST /api/participants/1/second-check "$(check '{"right":true}')"
says "another person agrees" .agreed true
keep Problem 422 p-pi POST /api/participants/1/second-check '{"event":"SE.BL","form":"F.DM","item":"I.DM.HEIGHT","version":"1:0"}'
keep QueryStepped 201 p-dm POST /api/queries '{"participant":1,"event":"SE.BL","form":"F.DM","item":"I.DM.HEIGHT","text":"SYNTHETIC"}'
query=$(printf '%s' "$body" | jq .id)
step() { # PERSON STEP MEMBERS: with the latest step that there is
    keep QueryThread 200 p-crc GET "/api/queries/$query"
    keep QueryStepped 200 "$1" POST "/api/queries/$query/$2" "{\"seen\":$(printf '%s' "$body" | jq .seen)$3}"
}
step p-dm assign ',"assignee":0'
step p-crc answer ',"text":"SYNTHETIC"'
keep Queries 200 p-dm GET '/api/queries?state=answered&kind=person&participant=1'
says "the inbox has what was answered" '.queries|length' 1
step p-dm close ''
step p-dm reopen ',"text":"SYNTHETIC"'
step p-dm cancel ',"text":"SYNTHETIC"'
keep QueryCounts 200 p-dm GET /api/queries/counts
says "and counts it as cancelled" .cancelled 1
keep Problem 409 p-dm POST "/api/queries/$query/reopen" '{"seen":1,"text":"SYNTHETIC"}'
keep Problem 422 p-dm GET '/api/queries?state=settled'
keep Saved 200 p-crc POST /api/mutations "$(batch 1 SE.LOG F.CM '[{"item":"I.CM.CMCAT","value":"ABX"},{"item":"I.CM.CMNAME","value":"SYNTHETIC"},{"item":"I.CM.CMBEG","value":"2026-01"}]')"
shown_cm() { # the hash of what p-pi is shown now
    request p-pi GET /api/participants/1/forms/SE.LOG/F.CM
    printf '%s' "$body" | jq -r .signing.content
}
sign_cm() { # CONTENT: what p-pi sends to sign it
    jq -nc --arg c "$1" --arg p "$password" '{event:"SE.LOG",form:"F.CM",language:"en",content:$c,name:"p-pi",password:$p}'
}
content=$(shown_cm)
keep Signed 200 p-pi POST /api/participants/1/sign "$(sign_cm "$content")"
keep FormView 200 p-pi GET /api/participants/1/forms/SE.LOG/F.CM
says "a signed form says who signed it" '.signatures[0].by.name' p-pi
says "and that it stands" '.signatures[0].stands' true
keep ClinicalFacts 200 p-crc GET /api/participants/1/facts
keep ImageTasks 200 p-crc GET /api/images
says "nobody has given the coordinator an image" '.images|length' 0
keep Problem 404 p-crc GET /api/images/1
keep ImageBoard 200 p-crc GET /api/image-studies
says "no image is recorded yet" '.studies|length' 0
keep Problem 403 p-pi GET /api/image-studies
keep Saved 200 p-crc POST /api/mutations "$(batch 1 SE.D28 F.IM '[{"item":"I.IM.IMREG","value":"SYNTHETIC"}]')"
keep Problem 422 p-crc POST /api/participants/1/images '{"event":"SE.D28","form":"F.IM","person":"p-rn"}'
keep ImageAssigned 201 p-crc POST /api/participants/1/images '{"event":"SE.D28","form":"F.IM","person":"p-img"}'
image=$(printf '%s' "$body" | jq .id)
reading=$(jq -nc '[("QUAL","EXTR","FRAC","HEM")|{item:("I.IM.RD"+.),row:1,value:"N"}]+[("OSTE","FAT","DVT")|{item:("I.IM.RD"+.),row:1,value:"N"}]+[{item:"I.IM.RDTIP",row:1,value:"NA"},{item:"I.IM.RDRES",row:1,value:"NEG"}]')
keep Saved 200 p-img POST /api/mutations "$(batch 1 SE.D28 F.IM "$reading")"
keep FormView 200 p-crc GET /api/participants/1/forms/SE.D28/F.IM
says "one reading is sealed" '.sealed[0]' 1
keep Problem 403 p-img GET /api/participants/1/forms/SE.D28/F.IM
keep ImageTask 200 p-img GET "/api/images/$image"
content=$(printf '%s' "$body" | jq -r .signing.content)
keep Signed 200 p-img POST /api/participants/1/sign-reading "$(jq -nc --arg c "$content" --arg p "$password" '{event:"SE.D28",form:"F.IM",language:"en",content:$c,name:"p-img",password:$p}')"
keep ImageTasks 200 p-img GET /api/images
says "the own reading is signed" '.images[0].signed' true
keep ImageBoard 200 p-crc GET /api/image-studies
says "it lacks its second reader" '.studies[0].stage' unassigned
says "and says that the first has signed" '.studies[0].tasks[0].signed' true
keep Exports 200 p-dm GET /api/exports
says "nothing was exported yet" '.exports|length' 0
signature() { # FILE: who, when and what it means, of the one signature
    xmllint --xpath "concat(//*[local-name()='User'][@OID=//*[local-name()='Signature']/*[local-name()='UserRef']/@UserOID]/*[1], ' ', //*[local-name()='Signature']/*[local-name()='DateTimeStamp'], ' ', //*[local-name()='SignatureDef'][@OID=//*[local-name()='SignatureRef']/@SignatureOID]/*[local-name()='Meaning'])" "$1" 2>&1
}
for format in odm1 'odm1?history=yes' odm; do
    request p-dm GET "/api/exports/$format"
    cp "$scratch/body" "$scratch/signed.xml"
    case $format in odm) xsd=v2.0/ODM.xsd ;; *) xsd=v1.3.2/ODM1-3-2.xsd ;; esac
    xmllint --nonet --noout --schema "$root/../shared/standards/odm/$xsd" "$scratch/signed.xml" 2>"$scratch/told"
    is "a signed record is valid as $format" 0 $? "$(cat "$scratch/told")"
    like "and says who signed, when and what it means" '^p-pi 20[0-9T:.+-]+ I have reviewed this form' "$(signature "$scratch/signed.xml")"
done
other() { "$osteon" "$1" "$scratch/other" "${@:2}" >/dev/null 2>"$scratch/told"; }
other init && other user add dana --role DM --password-file "$scratch/password"
other import "$scratch/signed.xml" --user dana --password-file "$scratch/password"
is "it is imported elsewhere" 0 $? "$(cat "$scratch/told")"
other export odm --out "$scratch/back.xml"
is "and the signature comes out again as it was" "$(signature "$scratch/signed.xml")" "$(signature "$scratch/back.xml")"
queries() { xmllint --xpath "//*[local-name()='Query']" "$1" 2>&1; }
is "and so do the queries with what their steps said" "$(queries "$scratch/signed.xml")" "$(queries "$scratch/back.xml")"
like "each step with who took it" '\[answer [^ ]+ U\.[0-9a-f]+\.[0-9]+\]' "$(queries "$scratch/signed.xml")"
like "of which one was asked by a person" 'Type="Manual".*Name="PERSON"' "$(queries "$scratch/signed.xml")"
cm='{"event":"SE.LOG","form":"F.CM"}'
keep Verification 200 p-crc GET '/api/verification?form=F.CM'
says "the form waits for the monitor" '.forms[0]|[.needed,.verified]|@csv' '3,0'
claim=$(request p-mon GET /api/participants/1/forms/SE.LOG/F.CM
    printf '%s' "$body" | jq -c '{event,form,items:[.verification.answers[]|select(.item=="I.CM.CMNAME")|{item,row,version}]}')
keep SourceVerified 200 p-mon POST /api/participants/1/verify "$claim"
says "one answer is verified" .done 1
keep FormView 200 p-mon GET /api/participants/1/forms/SE.LOG/F.CM
says "and says by whom" '.verification.answers[]|select(.item=="I.CM.CMNAME")|.by' p-mon
keep SourceVerified 200 p-mon POST /api/participants/1/verify/withdraw '{"event":"SE.LOG","form":"F.CM","reason":"SYNTHETIC","items":[{"item":"I.CM.CMNAME"}]}'
keep Problem 409 p-mon POST /api/participants/1/verify '{"event":"SE.LOG","form":"F.CM","all":true,"seen":1,"items":[]}'
keep Problem 403 p-dm POST /api/participants/1/verify "$claim"
keep History 200 p-mon GET '/api/participants/1/history?event=SE.LOG&form=F.CM'
says "the form's history tells of it" '[.entries[].kind]|index("SOURCE_VERIFIED")|type' number
keep Readiness 200 p-dm GET /api/database/readiness
keep RecordDone 200 p-dm POST /api/participants/1/freeze "$cm"
keep Problem 423 p-crc POST /api/mutations "$(batch 1 SE.LOG F.CM '[{"item":"I.CM.CMDOSE","value":"SYNTHETIC"}]')"
says "a frozen form says who froze it" '.detail|test("frozen by p-dm")' true
keep RecordDone 200 p-dm POST /api/participants/1/unfreeze '{"event":"SE.LOG","form":"F.CM","reason":"SYNTHETIC"}'
keep Problem 422 p-dm POST /api/participants/1/lock "$cm"
says "nothing is locked before it is verified" '.title+.detail|test("source verification")' true
request p-mon GET /api/participants/1/forms/SE.LOG/F.CM
keep SourceVerified 200 p-mon POST /api/participants/1/verify "$(printf '%s' "$body" | jq -c '{event,form,all:true,seen:.verification.seen,items:[]}')"
keep RecordDone 200 p-dm POST /api/participants/1/lock "$cm"
says "one person proposes" .done false
keep RecordDone 200 p-pi POST /api/participants/1/lock "$cm"
says "the second one locks" .done true
keep FormView 200 p-crc GET /api/participants/1/forms/SE.LOG/F.CM
says "and the form says so" .locks.held true
keep RecordDone 200 p-pi POST /api/participants/1/unlock '{"event":"SE.LOG","form":"F.CM","reason":"SYNTHETIC"}'
keep RecordDone 200 p-dm POST /api/participants/1/unlock '{"event":"SE.LOG","form":"F.CM","reason":"SYNTHETIC"}'
keep DatabaseLock 200 p-crc GET /api/database
keep Problem 422 p-dm POST /api/database/lock '{"name":"SYNTHETIC cut"}'
keep Problem 409 p-pi POST /api/participants/1/sign "$(sign_cm "${content//a/b}")"
keep Problem 403 p-crc POST /api/participants/1/sign "$(sign_cm "$content")"
keep History 200 p-crc GET '/api/participants/1/history?event=SE.SCR&form=F.SCR'
keep History 200 p-crc GET /api/participants/1/history
keep CasebookCopy 200 p-crc GET '/api/participants/1/copy?history=yes'
keep VaultValue 200 p-crc POST /api/participants/1/vault/view '{"event":"SE.SCR","form":"F.SCR","item":"I.SCR.BRTHDT"}'
keep Problem 422 p-rn POST /api/participants/1/bone-use '{"answer":"none"}'
keep RecordDone 200 p-rn POST /api/participants/2/bone-use '{"site":"PTL","answer":"two-days"}'
keep Attached 200 p-crc POST /api/participants/2/attach '{"to":1}'
keep Casebook 200 p-crc GET /api/participants/2
says "the proposal is seen" .participant.proposal.by p-crc
says "and what was said of the bone" .bone_use.answer two-days
keep Attached 200 p-pi POST /api/participants/2/attach '{"to":1}'
says "a second person attaches" .state attached
keep Problem 403 p-crc POST /api/participants/1/start-review '{}'
keep RecordDone 200 p-pi POST /api/participants/1/start-review '{"note":"SYNTHETIC"}'
keep Problem 409 p-pi POST /api/participants/1/start-review '{}'
keep StartReview 200 p-crc GET /api/participants/1/start-review
says "the principal investigator has reviewed the emergency start" '[.asked,.may,.reviewed.note]|@json' '[true,false,"SYNTHETIC"]'
keep Casebook 200 p-crc GET /api/participants/1
keep Participant 200 p-pi POST /api/participants/2/detach '{"reason":"SYNTHETIC"}'
keep Problem 422 p-pi POST /api/participants/1/enrol '{}'
answers() { # ITEM VALUE … as mutations; ITEM#1 is in row 1
    jq -nc '[$ARGS.positional|_nwise(2)|(.[0]|split("#")) as $i|{item:$i[0],value:.[1]}
        +(if ($i|length)>1 then {row:1} else {} end)]' --args "$@"
}
keep Participant 201 p-crc POST /api/participants '{"site":"01","kind":"screening"}'
eligible=$(printf '%s' "$body" | jq .id)
mapfile -t screening < <(for n in 1 2 3 4 5 6; do printf 'I.SCR.EXC%d#1\nN\n' $n; done)
keep Saved 200 p-crc POST /api/mutations "$(batch "$eligible" SE.SCR F.SCR "$(answers I.SCR.SCRDTM 2026-11-22T09:30+08:00 \
    I.SCR.BRTHDT 1981-05-17 I.SCR.HVOL N I.SCR.INC2 1 I.SCR.HEMANY Y I.SCR.CRITIC Y I.SCR.IODEC Y I.SCR.SCRRES ENR \
    'I.SCR.XSITE#1' PTL "${screening[@]}")")"
keep Saved 200 p-crc POST /api/mutations "$(batch "$eligible" SE.SCR F.ICF "$(answers I.ICF.ICFTYPE PRO I.ICF.ICFVER 'SYNTHETIC 1.0' \
    I.ICF.ICFASK 2026-11-22T09:00+08:00 I.ICF.ICFDTM 2026-11-22T09:20+08:00 I.ICF.ICFRES AGR I.ICF.ICFREL SELF \
    I.ICF.ICFCAP Y I.ICF.ICFSENS Y)")"
keep Participant 200 p-pi POST "/api/participants/$eligible/enrol" '{}'
keep AuditTrail 200 admin GET '/api/audit?user=p-crc'
keep AuditTrail 200 admin GET '/api/audit'
keep ExportContents 200 p-dm GET '/api/exports/contents'
request p-dm GET '/api/exports/contents?as_of=9999999'
is "a data cut outside of the log is refused" 422 "$status"
request p-dm GET '/api/audit?from=yesterday'
is "a time that is none is refused" 422 "$status"
for file in csv odm 'odm1?history=yes' 'audit?kind=SIGNED'; do
    keep - 200 p-dm GET "/api/exports/$file" '' -D "$scratch/head"
    hash=$(sha256sum "$scratch/body" | cut -c 1-64)
    like "the file of $file has the hash that its head tells" "SHA256: $hash" "$(cat "$scratch/head")"
    keep Exports 200 p-dm GET /api/exports
    says "and the log has it" '.exports[0].sha256' "$hash"
done
keep Transfers 200 p-dm GET /api/transfers
is "nothing is left in the staging place" "" "$(ls -A "$folder/staging")"
keep Problem 415 p-dm POST /api/imports/try '{}'
request p-dm GET /api/exports/odm1
sed 's/SubjectKey="/SubjectKey="SYNTHETIC-/' "$scratch/body" >"$scratch/right.xml"
sed 's/ItemOID="I.SCR.HVOL"/ItemOID="I.SCR.HVOLX"/' "$scratch/right.xml" >"$scratch/wrong.xml"
send() { # PATH FILE
    keep ImportReport 200 p-dm POST "$1?name=$2" '' -H 'Content-Type: application/xml' --data-binary "@$scratch/$2"
}
send /api/imports/try wrong.xml
says "a dry run names what the design does not have" '.unknown[]|select(.oid=="I.SCR.HVOLX")|.nearest' I.SCR.HVOL
says "and that nothing would be imported" '[.imported,(.refused|length>0)]|@json' '[false,true]'
send /api/imports/try right.xml
says "a file that fits is told so" '[.dry_run,.imported,.refused]|@json' '[true,false,null]'
send /api/imports right.xml
says "and is imported" .imported true
send /api/imports right.xml
says "the same again changes nothing" '[.new_participants,.new_values,.changed_values]|@json' '[0,0,0]'
keep DesignVersions 200 p-crc GET /api/study/versions
says "one version is in force" '[.in_force,(.versions|length),(.proposals|length)]|@json' '["0.2",1,0]'
sed 's/MDV\.0\.2/MDV.0.3/; s/Name="0\.2"/Name="0.3"/; s/SPO2 < 70 or/SPO2 < 90 or/' studies/io-hematology/study.xml >"$scratch/amended.xml"
propose() { # STATUS SCHEMA NAME QUERY
    keep "$2" "$1" "$3" POST "/api/study/proposals?$4" '' -H 'Content-Type: application/xml' --data-binary "@$scratch/amended.xml"
}
propose 422 Problem p-dm 'reason=SYNTHETIC&approval=EC-1'
propose 200 DesignVersions p-dm 'reason=SYNTHETIC&approval=EC-1&approved_on=2026-11-20&needs_consent=yes'
proposal=$(printf '%s' "$body" | jq '.proposals[0].id')
propose 403 Problem p-crc 'reason=SYNTHETIC'
keep DesignChanges 200 p-pi GET "/api/study/proposals/$proposal/changes"
says "what it changes is told in words" '[.changes[]|select(.oid=="CK074").sentence.zh][0]' '核查“请核实信号” (CK074)：触发条件已更改'
keep DesignPreview 200 p-pi GET "/api/study/proposals/$proposal/preview"
says "everybody was tried" '.tried == .of' true
keep Problem 403 p-dm POST "/api/study/proposals/$proposal/publish" '{}'
keep DesignVersions 200 p-pi POST "/api/study/proposals/$proposal/publish" '{}'
says "the second person puts it in force" .in_force 0.3
keep Problem 409 p-pi POST "/api/study/proposals/$proposal/withdraw" '{"reason":"SYNTHETIC"}'
keep Reconsent 200 p-pi GET /api/study/reconsent
says "who is enrolled has to consent again" '[.version,(.participants|length),.participants[0].form_version]|@json' '["0.3",1,"SYNTHETIC 1.0"]'
keep WorkList 200 p-pi GET /api/work
says "and that is on the work list" '[.work[].kind]|index("CONSENT_AGAIN") != null' true
t0=$(date -d '2 hours ago' +%Y-%m-%dT%H:%M%:z)
keep Saved 200 p-pi POST /api/mutations "$(batch 1 SE.T0 F.IO "$(jq -nc --arg t "$t0" '[{item:"I.IO.PUNDTM",row:1,value:$t},{item:"I.IO.ATTRES",row:1,value:"SUC"}]')")"
keep Today 200 p-pi GET '/api/today?participant=1'
says "the needle that is in has its 24 hours" '[.needles[0].number != null, ([.needles[0].tasks[].kind]|index("REMOVAL") != null)]|@json' '[true,true]'
leave() { jq -nc --arg n "$1" --arg p "$2" '{event:"SE.REM",form:"F.REM",name:$n,password:$p}'; }
keep Problem 422 p-rn POST /api/participants/1/dwell-leave "$(leave p-pi "$password")"
keep Saved 200 p-rn POST /api/mutations "$(batch 1 SE.REM F.REM '[{"item":"I.REM.EXCR","value":"NOALT"},{"item":"I.REM.EXCTXT","value":"SYNTHETIC"}]')"
keep Problem 422 p-rn POST /api/participants/1/dwell-leave "$(leave p-pi 'SYNTHETIC wrong')"
keep DwellLeft 200 p-rn POST /api/participants/1/dwell-leave "$(leave p-pi "$password")"
keep Problem 422 p-pi POST /api/participants/1/dwell-leave "$(leave p-pi "$password")"
keep Safety 200 p-pi GET /api/safety
keep Problem 404 p-saf POST /api/participants/1/safety-review '{"event":"SE.LOG","form":"F.SAE","seen":1}'
keep Saved 200 p-pi POST /api/mutations "$(batch 1 SE.LOG F.CX '[{"item":"I.CX.AECX","value":"COMP"},{"item":"I.CX.AESER","value":"Y"},{"item":"I.CX.AEAWDTM","value":"2026-11-20T10:00+08:00"}]')"
keep Saved 200 p-pi POST /api/mutations "$(batch 1 SE.LOG F.SAE '[{"item":"I.SAE.SAEAE","value":"1"}]')"
keep Safety 200 p-saf GET /api/safety
seen=$(printf '%s' "$body" | jq '.events[0].report.seen')
keep RecordDone 200 p-saf POST /api/participants/1/safety-review "{\"event\":\"SE.LOG\",\"form\":\"F.SAE\",\"seen\":$seen}"
keep Problem 403 p-pi POST /api/participants/1/safety-review "{\"event\":\"SE.LOG\",\"form\":\"F.SAE\",\"seen\":$seen}"
keep Safety 200 p-saf GET /api/safety
says "a review stands, with its clocks" '[.events[0].report.reviewed.stands,(.events[0].clocks|length)]|@json' '[true,3]'
keep Saved 200 p-crc POST /api/mutations "$(batch 1 SE.H24 F.LB '[{"item":"I.LB.PLT","value":"24"}]')"
keep Safety 200 p-pi GET /api/safety
seen=$(printf '%s' "$body" | jq '.proposed[0].seen')
says "platelets of 24 propose grade 4" '.proposed[0].grade' 4
decide='{"event":"SE.H24","form":"F.LB","term":"Platelet count decreased","accept":true,"seen":'$seen'}'
keep Problem 403 p-saf POST /api/participants/1/grade-decision "$decide"
keep Problem 409 p-pi POST /api/participants/1/grade-decision "${decide/24/48}"
keep RecordDone 200 p-pi POST /api/participants/1/grade-decision "$decide"
keep Safety 200 p-pi GET /api/safety
keep Saved 200 p-crc POST /api/mutations "$(batch 1 SE.LOG F.PD '[{"item":"I.PD.PDCAT","value":"WIND"},{"item":"I.PD.PDSEV","value":"MIN"},{"item":"I.PD.PDDTM","value":"2026-11-20T10:00+08:00"}]')"
keep Safety 200 p-crc GET /api/safety
seen=$(printf '%s' "$body" | jq '.deviations[0].seen')
assess='{"event":"SE.LOG","form":"F.PD","seen":'$seen',"severity":"MAJ","report":"reported","reported_on":"2026-11-21","note":"SYNTHETIC"}'
keep Problem 403 p-crc POST /api/participants/1/deviation-assessment "$assess"
keep Problem 422 p-pi POST /api/participants/1/deviation-assessment "${assess/MAJ/HUGE}"
keep RecordDone 200 p-pi POST /api/participants/1/deviation-assessment "$assess"
keep Safety 200 p-pi GET /api/safety
says "an assessment stands" '.deviations[0].assessed|[.severity,.report,.reported_on,.stands]|@json' '["MAJ","reported","2026-11-21",true]'
keep Saved 200 p-crc POST /api/mutations "$(batch 1 SE.H6 F.SC '[{"item":"I.SC.SCSWELL","value":"2"}]')"
keep Alarms 200 p-pi GET '/api/alarms?past=10'
alarm=$(printf '%s' "$body" | jq '[.alarms[]|select(.alarm=="AL10")][0].id')
keep Problem 403 p-crc POST "/api/alarms/$alarm/acknowledge" '{}'
keep RecordDone 200 p-pi POST "/api/alarms/$alarm/acknowledge" '{"note":"SYNTHETIC"}'
keep Problem 409 p-pi POST "/api/alarms/$alarm/acknowledge" '{}'
keep Problem 404 p-pi POST /api/alarms/1/acknowledge '{}'
keep Alarms 200 p-pi GET /api/alarms
says "an alarm says who acknowledged it" '[.alarms[]|select(.alarm=="AL10")][0].acknowledged.by' 'SYNTHETIC p-pi'
keep Feeds 200 admin POST /api/feeds '{"feed":"LIS@SYNLAB","label":"SYNTHETIC","open":true,"silent_after":60,"reason":"SYNTHETIC"}'
keep Problem 422 admin POST /api/feeds '{"feed":"LIS","open":true,"reason":"SYNTHETIC"}'
for file in oru_2.4 oru_2.5.1_broken adt_2.5.1; do
    mllp_send --loose -p "$(sed -n 's/^HL7 v2.*://p' "$scratch/serve.err")" -f "test/fixtures/hl7/$file.hl7" 127.0.0.1 >/dev/null
done
keep Feeds 200 p-rn GET /api/feeds
says "a feed tells what came" '.feeds[0]|[.state,.today,.waiting + .quarantined,.refused_reason]|@json' '["receiving",3,2,"type"]'
keep FeedMessages 200 p-dm GET /api/feed-messages
keep FeedMessages 200 p-dm GET '/api/feed-messages?state=quarantined&before=1000000'
keep Problem 422 p-dm GET '/api/feed-messages?state=nowhere'
for _ in $(seq 50); do # the thread that files them comes by itself
    request p-dm GET '/api/feed-messages?state=quarantined'
    message=$(printf '%s' "$body" | jq '[.messages[]|select(.reason=="patient")][0].id')
    [ "$message" = null ] || break
    sleep 0.1
done
keep FeedMessage 200 p-dm GET "/api/feed-messages/$message"
says "a message is shown without its patient" '[.patient.matched,(.observations|length > 0)]|@json' '[false,true]'
keep Problem 403 p-rn GET "/api/feed-messages/$message"
keep Problem 404 p-dm GET /api/feed-messages/1
keep FeedMap 200 p-rn GET /api/feed-map
keep Problem 403 p-rn POST /api/feed-map '{"feed":"LIS@SYNLAB","kind":"code","from":"NEW L","to":"I.LB.PLT","reason":"SYNTHETIC"}'
keep Problem 422 p-dm POST /api/feed-map '{"feed":"LIS@SYNLAB","kind":"unit","item":"I.LB.PLT","from":"x","to":"mg","reason":"SYNTHETIC"}'
keep FeedReopened 200 p-dm POST /api/feed-map '{"feed":"LIS@SYNLAB","kind":"code","from":"NEW L","to":"I.LB.PLT","reason":"SYNTHETIC"}'
keep FeedMap 200 p-dm GET /api/feed-map
rule=$(printf '%s' "$body" | jq '.rules[0].id')
keep FeedReopened 200 p-dm POST "/api/feed-map/$rule/end" '{"reason":"SYNTHETIC"}'
keep Problem 404 p-dm POST "/api/feed-map/$rule/end" '{"reason":"SYNTHETIC"}'
keep Problem 422 p-dm POST "/api/feed-messages/$message/patient" '{"number":"H4-001","reason":" "}'
keep FeedReopened 200 p-dm POST "/api/feed-messages/$message/patient" '{"number":"H4-001","reason":"SYNTHETIC"}'
keep FeedReopened 200 p-dm POST "/api/feed-messages/$message/patient" '{"reason":"SYNTHETIC"}'
keep FeedReopened 200 p-dm POST /api/feed-messages/retry '{}'
for _ in $(seq 50); do
    request p-dm GET "/api/feed-messages/$message"
    [ "$(printf '%s' "$body" | jq -r .state)" = waiting ] || break
    sleep 0.1
done
keep FeedReopened 200 p-dm POST "/api/feed-messages/$message/retry" '{}'
keep Problem 404 p-dm POST /api/feed-messages/1/retry '{}'
keep RecordDone 200 p-dm POST /api/participants/1/erasure '{"reason":"SYNTHETIC"}'
says "an erasure waits for the second person" .done false
keep Erasure 200 p-pi GET /api/participants/1/erasure
says "who may confirm it, and sees what would go" '[.proposed.by,.may_confirm,(.values > 0)]|@json' '["p-dm",true,true]'
keep Problem 403 p-dm POST /api/participants/1/erasure '{"number":"H4-001"}'
keep Problem 422 p-pi POST /api/participants/1/erasure '{"number":"H4-002"}'
keep RecordDone 200 p-pi POST /api/participants/1/erasure/take-back '{"reason":"SYNTHETIC"}'
keep Moved 200 p-dm POST /api/study/moves '{"version":"0.3","event":"SE.H6","reason":"SYNTHETIC","participants":[1]}'
says "a participant moves" .moved 1
keep FormView 200 p-crc GET /api/participants/1/forms/SE.H6/F.VS
says "and begins its forms under it" .version 0.3
keep FormView 200 p-crc GET /api/participants/1/forms/SE.H1/F.VS
says "but for those before" .version 0.2
keep Casebook 200 p-crc GET /api/participants/1
says "which the casebook tells" .design 0.3
keep Design 200 p-crc GET /api/study/designs/0.2
says "an earlier version is there for its forms" .version 0.2
keep Rules 200 p-crc GET '/api/study/rules?version=0.2'
keep Problem 422 p-crc GET /api/study/designs/9
sed -i 's/"0\.3"/"0.4"/; s/MDV\.0\.3/MDV.0.4/' "$scratch/amended.xml"
propose 200 DesignVersions p-pi reason=SYNTHETIC
proposal=$(printf '%s' "$body" | jq '.proposals[0].id')
keep DesignVersions 200 p-dm POST "/api/study/proposals/$proposal/withdraw" '{"reason":"SYNTHETIC"}'
says "a proposal is taken back" '.proposals[0].state' withdrawn
keep LogState 200 admin GET /api/verify
keep Checkpoint 200 p-dm POST /api/checkpoint '{}'
keep Users 200 admin GET /api/users
for name in CONF ICFV LOT DELEG; do keep Register 200 p-rn GET /api/registers/$name; done
keep Problem 404 p-rn GET /api/registers/NONE
line() { # PAIRS of field and value: the entries
    local first=1
    printf '"entries":['
    while [ $# -gt 0 ]; do
        [ $first = 1 ] || printf ,
        printf '{"field":"%s","value":"%s"}' "$1" "$2"
        first=0
        shift 2
    done
    printf ']'
}
agreed() { jq -nc --arg name "$1" --arg password "$password" --argjson seen "$number" '{$seen,$name,$password}'; } # by NAME, to line $number
keep Register 200 p-dm POST /api/registers/CONF "{$(line KIND deferral SETTING deferral NEW yes REASON SYNTHETIC IN_FORCE 2026-01-01 APPROVAL SYN-1)}"
number=$(printf '%s' "$body" | jq '.lines[0].id')
keep Problem 403 p-dm POST "/api/registers/CONF/$number/agree" "$(agreed p-dm)"
keep Problem 422 p-pi POST "/api/registers/CONF/$number/agree" "$(agreed p-pi | jq -c '.password="SYNTHETIC wrong one"')"
keep Problem 409 p-pi POST "/api/registers/CONF/$number/agree" "$(agreed p-pi | jq -c '.seen=1')"
keep Register 200 p-pi POST "/api/registers/CONF/$number/agree" "$(agreed p-pi)"
says "two persons have switched deferral on" '.lines[0]|[.state,(.history|length)]|@json' '["in_force",2]'
keep Register 200 p-crc POST /api/registers/LOT "{\"site\":\"01\",$(line MODEL SYNTHETIC KIND needle NUMBER SYN1 EXPIRY 2029-01-31 RECEIVED 5 RECEIVED_AT 2026-01-01)}"
number=$(printf '%s' "$body" | jq '.lines[0].id')
says "no needle of it was used" '.lines[0].used' 0
keep Register 200 p-crc POST "/api/registers/LOT/$number/correct" "{\"reason\":\"SYNTHETIC\",$(line HOLD_AT 2026-01-02 HOLD_REASON SYNTHETIC)}"
keep Register 200 p-crc POST "/api/registers/LOT/$number/end" '{"reason":"SYNTHETIC","ends_on":"2026-01-03"}'
says "it has ended" '.lines[0].state' over
keep Problem 403 p-rn POST /api/registers/LOT "{\"site\":\"01\",$(line MODEL SYNTHETIC)}"
request admin GET /api/users
user=$(printf '%s' "$body" | jq '[.users[]|select(.name=="p-rn")][0].id')
keep Users 200 admin POST "/api/users/$user/identity" '{"how":"SYNTHETIC card","certified_on":"2026-01-01"}'
says "the account is verified" '[.users[]|select(.name=="p-rn")][0].verified' true
keep PasswordRules 200 admin GET /api/users/password-rules
keep PasswordRules 200 admin POST /api/users/password-rules '{"longest_days":180,"remembered":3,"reason":"SYNTHETIC"}'
says "who chose the rules is told" .set_by Administrator
keep Misuse 200 admin GET /api/users/misuse
says "a refused act is a sign" '[.signs[]|select(.sign=="refused").name]|contains(["p-rn"])' true
keep Misuse 200 admin POST /api/users/misuse/review "$(printf '%s' "$body" | jq -c '{through,note:"SYNTHETIC"}')"
says "and are looked at" '.signs|length' 0
keep ChangedUser 201 admin POST /api/users '{"name":"new","full_name":"SYNTHETIC","roles":[{"role":"RN","site":"01"}]}'
user=$(printf '%s' "$body" | jq .user.id)
token=$(printf '%s' "$body" | jq -r '.link|split("/")|last')
keep LinkOwner 200 - GET "/api/login/link/$token"
keep SignedIn 200 - POST /api/login/link "$(jq -nc --arg t "$token" --arg p "$password" '{token:$t,password:$p}')"
keep ChangedUser 200 admin POST "/api/users/$user/roles" '{"roles":[{"role":"OPR","site":"01"}]}'
keep ChangedUser 200 admin POST "/api/users/$user/reset" '{}'
keep ChangedUser 200 admin POST "/api/users/$user/sign-out" '{}'
keep ChangedUser 200 admin POST "/api/users/$user/disable" '{"reason":"SYNTHETIC"}'
keep ChangedUser 200 admin POST "/api/users/$user/enable" '{}'
keep - 204 p-rn POST /api/me/password "$(jq -nc --arg p "$password" '{old:$p,new:"SYNTHETIC other one"}')"
sign_in p-rn "SYNTHETIC other one"
is "the new password signs in" 200 "$status"
keep Ended 200 p-rn POST /api/me/sign-out-others '{}'
rescue='{"person":"%s","device":"SYNTHETIC tablet","since":"2026-11-28T02:14:00Z","batches":1,"entries":2}'
keep - 204 p-rn POST /api/rescues "$(printf "$rescue" p-pi)"
keep Problem 422 p-rn POST /api/rescues "$(printf "$rescue" nobody)"
keep - 204 p-rn POST /api/logout '{}'
keep Problem 401 p-rn GET /api/me

live=$(curl -s -N --max-time 2 -b "$scratch/p-crc.jar" "$address/api/live" & sleep 0.5
    request p-crc POST /api/mutations "$(batch 1 SE.SCR F.SCR '[{"item":"I.SCR.IODEC","value":"Y"}]')"
    wait)
like "the live stream says hello" '^event: hello' "$live"
like "and tells a save" '"kind":"VALUES_SAVED".*"participant":1' "$live"
echo "GET /api/live 200" >>"$scratch/asked"

# The delegation log, from when the line of the principal investigator is in force.
trained=(PROTOCOL 1.0 PROTOCOL_DATE 2026-01-01 DEVICE_DATE 2026-01-02 IN_FORCE 2026-01-03 TASKS SYNTHETIC)
keep Register 200 admin POST /api/registers/DELEG "{\"site\":\"01\",\"person\":\"p-pi\",\"document\":\"SYNTHETIC letter\",$(line ROLE PI "${trained[@]}")}"
says "the log is kept at the site" '.sites[0]|[.site,.kept]|@json' '["01",true]'
keep Problem 403 p-crc POST /api/participants '{"site":"01","kind":"screening"}'
like "the refusal names what is missing" 'role CRC at site 01 rests, the delegation log has no line of it' "$body"
keep SignedIn 200 p-crc GET /api/me
says "who is signed in is told" '.user.resting[0].role' CRC
keep Register 200 p-pi POST /api/registers/DELEG "{\"site\":\"01\",\"person\":\"p-crc\",$(line ROLE CRC "${trained[@]}")}"
number=$(printf '%s' "$body" | jq '.lines[0].id')
keep Problem 403 p-crc POST /api/participants '{"site":"01","kind":"screening"}'
keep Register 200 p-crc POST "/api/registers/DELEG/$number/agree" "$(agreed p-crc)"
keep Participant 201 p-crc POST /api/participants '{"site":"01","kind":"screening"}'

keep SignedOut 200 admin POST /api/users/sign-out '{}'
request p-crc GET /api/me
is "the others too" 401 "$status"

faults=$(python3 test/e2e/support/answers.py "$scratch/document.json" "$scratch/answers" "$scratch/asked" 2>&1)
is "every answer fits its schema, every operation answers as the document says" "" "$faults"
finish
