// engine_replay.mjs MODULE: reads the records of build/tool/rule_records from standard input, does in
// WebAssembly what they say, and compares bit for bit. Prints TAP: one test.

import { readFileSync, readSync } from 'node:fs';

// What is read at a time: the head, or one record. They come faster than memory for all of them would last.
let bytes = Buffer.alloc(0);
let at = 0;
function take(length) {
  if (bytes.length < length) bytes = Buffer.alloc(length);
  for (let have = 0; have < length; ) {
    const more = readSync(0, bytes, have, length - have, null);
    if (more === 0) throw new Error('the records end early');
    have += more;
  }
  at = 0;
}
const u8 = () => bytes.readUInt8(at++);
const u32 = () => bytes.readUInt32LE((at += 4) - 4);
const i32 = () => bytes.readInt32LE((at += 4) - 4);
const f64 = () => bytes.readDoubleLE((at += 8) - 8);
const u64 = () => bytes.readBigUInt64LE((at += 8) - 8);

const { instance } = await WebAssembly.instantiate(readFileSync(process.argv[2]), {});
const engine = instance.exports;
engine._initialize();

function memory() {
  return new Uint8Array(engine.memory.buffer);
}

function putText(piece) {
  const address = engine.engine_buffer(Math.max(piece.length, 64));
  memory().set(piece, address);
  return address;
}

// Sixteen bytes of struct datum; a text follows them and gets its address here.
function takeValue() {
  const datum = bytes.subarray(at, at + 16);
  at += 16;
  const TEXT = 6;
  let address = 0;
  if (datum[0] === TEXT) {
    const length = datum.readInt32LE(4);
    address = putText(bytes.subarray(at, at + length));
    at += length;
  }
  const slot = engine.engine_slot();
  memory().set(datum, slot);
  if (datum[0] === TEXT) new DataView(engine.memory.buffer).setUint32(slot + 8, address, true);
}

const operations = {
  1: () => engine.engine_instance(i32(), i32(), i32(), i32()),
  2: () => engine.engine_rows(i32(), i32(), i32()),
  3: () => {
    const place = [i32(), i32(), i32()];
    takeValue();
    engine.engine_set(...place);
  },
  4: () => {
    const property = i32();
    takeValue();
    engine.engine_set_property(property);
  },
  5: () => {
    const fact = [i32(), i32(), i32(), i32(), i32()];
    takeValue();
    engine.engine_set_fact(...fact);
  },
};

take(10);
if (bytes.toString('latin1', 0, 6) !== 'OREC3\n') throw new Error('these are no records');
at = 6;
const length = u32();
take(length);
putText(bytes.subarray(0, length));
const rules = engine.engine_load(length);
take(4);
const records = u32();
let different = 0;
for (let record = 0; record < records; record++) {
  take(4);
  const size = u32();
  take(size);
  const count = u32();
  const now = f64();
  const offset = i32();
  engine.engine_reset();
  for (let i = 0; i < count; i++) operations[u8()]();
  const before = BigInt.asUintN(64, engine.engine_digest(now, offset));
  const changes = engine.engine_run(now, offset);
  const wakes = engine.engine_wakes_at();
  const digest = BigInt.asUintN(64, engine.engine_digest(now, offset));
  const expected = { before: u64(), changes: u32(), wakes: f64(), digest: u64() };
  if (at !== size) throw new Error(`record ${record} has another length than it says`);
  if (before !== expected.before || changes !== expected.changes || (wakes === Infinity ? 0 : wakes) !== expected.wakes || digest !== expected.digest) {
    if (different++ < 3) console.log(`# record ${record}: ${before} ${changes} ${wakes} ${digest}, native`, expected);
  }
}
console.log('1..1');
const isRight = rules > 0 && records > 0 && different === 0;
console.log(`${isRight ? 'ok' : 'not ok'} 1 - ${rules} rules give the same bits natively and in WebAssembly on ${records} records`);
process.exit(isRight ? 0 : 1);
