#!/bin/bash
# prove_runner.sh: the test runner counts what happened, and nothing that is broken
# passes for a success. Prints TAP.
set -u
cd "$(dirname "$0")/../.."
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

number=0
bad=0
cases=8
echo "1..$cases"

# counts NAME EXPECTED SENTENCE, the program's text on standard input
counts() {
    number=$((number + 1))
    { echo '#!/bin/sh' && cat; } >"$work/$1"
    chmod +x "$work/$1"
    TEST_SECONDS=2 tools/run_tests.sh "$work/results" "$work/$1" >"$work/output" 2>&1
    status=$?
    seen=$(cat "$work/results/count")
    failures=${2#* }
    expected_status=$((${failures% *} > 0 ? 1 : 0))
    if [ "$seen" = "$2" ] && [ $status -eq $expected_status ]; then
        echo "ok $number - $3"
    else
        bad=1
        echo "not ok $number - $3"
        echo "# counted '$seen' with exit $status, expected '$2' with exit $expected_status"
    fi
}

counts passes '2 0 0' "passed tests are counted" <<'END'
echo 1..2; echo "ok 1 - a"; echo "ok 2 - b"
END
counts fails '1 1 0' "a failed test fails the run" <<'END'
echo 1..2; echo "ok 1 - a"; echo "not ok 2 - b"; exit 1
END
counts skips '1 0 2' "both ways of saying skipped count as skipped" <<'END'
echo 1..3; echo "ok 1 - a"; echo "ok 2 - b # SKIP no such tool"; echo "not ok 3 # SKIP c"
END
counts dies '1 2 0' "a program that dies has failed the tests it did not reach" <<'END'
echo 1..3; echo "ok 1 - a"; kill -ABRT $$
END
counts silent '0 1 0' "a program without a plan has failed" <<'END'
exit 0
END
counts liar '1 1 0' "an exit status that is not zero is a failure after all tests passed" <<'END'
echo 1..1; echo "ok 1 - a"; exit 23
END
counts hangs '0 1 0' "a program that hangs is stopped and has failed" <<'END'
echo 1..1; sleep 60; echo "ok 1 - a"
END

number=$((number + 1))
cat >"$work/nested.test.mjs" <<'END'
import test from "node:test";
import assert from "node:assert";
test("outer", async (t) => {
  await t.test("inner passes", () => {});
  await t.test("inner is skipped", { skip: true }, () => {});
});
test("fails", () => assert.equal(1, 2));
END
tools/run_tests.sh "$work/results" "$work/nested.test.mjs" >/dev/null 2>&1
read -r passed failed skipped <"$work/results/count"
# Versions of node differ in whether the outer test counts.
if [ "$passed" -ge 1 ] && [ "$failed" -eq 1 ] && [ "$skipped" -eq 1 ]; then
    echo "ok $number - node's nested tests are counted"
else
    bad=1
    echo "not ok $number - node's nested tests are counted"
    echo "# counted $passed $failed $skipped"
fi
exit $bad
