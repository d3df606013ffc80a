// The study's rules in the browser: the same C as in the server, as WebAssembly without imports.
//
// The server compiles the rules and packs them; here they are loaded and run. Values cross as structs
// (src/engine/datum.h, little endian), never as printed numbers; texts as UTF-8. After each call the
// module's memory may have grown, so views of it are made anew.
//
//     const engine = await Engine.load(await (await fetch(url)).arrayBuffer(), packed);
//     const form = engine.instance({ form: 3, event: 1, eventRepeat: 1, formRepeat: 1 });
//     engine.set(form, item, 0, { kind: 'number', text: '36.5' });
//     for (const change of engine.run(Date.now(), 480)) …
//
// Forms, groups, items and events are named by their position in the design, items counted through all
// groups of all forms.

/** As struct datum names them. */
const EMPTY = 0;
const MISSING = 1;
const SEALED = 2;
const FAULT = 3;
const NUMBER = 4;
const REAL = 5;
const TEXT = 6;
const MOMENT = 7;
const TRUTH = 8;

const CHANGE_BYTES = 32;
const TRACE_BYTES = 40;

export type Value =
  | { kind: 'empty' }
  | { kind: 'missing'; reason: number }
  | { kind: 'sealed' }
  | { kind: 'fault'; fault: number }
  | { kind: 'number'; text: string }
  | { kind: 'real'; value: number }
  | { kind: 'text'; text: string }
  | { kind: 'moment'; text: string }
  | { kind: 'truth'; truth: 'no' | 'yes' | 'unknown' };

export interface Change {
  rule: number;
  serial: number;
  row: number;
  value: Value;
}

export interface Step {
  from: number;
  to: number;
  value: Value;
  isAnswer: boolean;
}

export interface InstanceKey {
  form: number;
  event: number;
  eventRepeat: number;
  formRepeat: number;
}

interface Exports {
  memory: WebAssembly.Memory;
  _initialize(): void;
  engine_buffer(size: number): number;
  engine_slot(): number;
  engine_load(length: number): number;
  engine_reset(): void;
  engine_instance(form: number, event: number, eventRepeat: number, formRepeat: number): number;
  engine_rows(serial: number, group: number, rows: number): void;
  engine_row(serial: number, item: number, row: number): void;
  engine_set(serial: number, item: number, row: number): void;
  engine_set_property(property: number): void;
  engine_set_fact(kind: number, which: number, subject: number, serial: number, row: number): void;
  engine_touch_all(): void;
  engine_run(now: number, offset: number): number;
  engine_changes(): number;
  engine_wakes_at(): number;
  engine_explain(rule: number, serial: number, row: number): number;
  engine_trace(): number;
  engine_source(rule: number): number;
  engine_read_number(length: number): number;
  engine_read_moment(length: number, offset: number): number;
  engine_print(offset: number): number;
  engine_digest(now: number, offset: number): bigint;
}

const TRUTHS = ['no', 'yes', 'unknown'] as const;

export class Engine {
  private readonly encoder = new TextEncoder();
  private readonly decoder = new TextDecoder();
  private offset = 0;

  private constructor(readonly exports: Exports) {}

  /** The module and the packed rules of the study; throws when they do not belong together. */
  static async load(module: BufferSource, packed: Uint8Array): Promise<Engine> {
    const { instance } = await WebAssembly.instantiate(module, {});
    const engine = new Engine(instance.exports as unknown as Exports);
    engine.exports._initialize();
    engine.write(packed);
    if (engine.exports.engine_load(packed.length) < 0) throw new Error('the rules are of another version');
    return engine;
  }

  /** A new, empty participant; moments without an offset are at this one. */
  reset(offsetMinutes: number): void {
    this.offset = offsetMinutes;
    this.exports.engine_reset();
  }

  /** The serial number of a form instance, made when there is none. */
  instance(key: InstanceKey): number {
    return this.exports.engine_instance(key.form, key.event, key.eventRepeat, key.formRepeat);
  }

  rows(serial: number, group: number, rows: number): void {
    this.exports.engine_rows(serial, group, rows);
  }

  /** The group of this item has at least so many rows. */
  row(serial: number, item: number, row: number): void {
    this.exports.engine_row(serial, item, row);
  }

  /** Row 0 in a group that does not repeat. */
  set(serial: number, item: number, row: number, value: Value): void {
    this.put(value);
    this.exports.engine_set(serial, item, row);
  }

  setProperty(property: number, value: Value): void {
    this.put(value);
    this.exports.engine_set_property(property);
  }

  /** kind, which and subject as in src/engine/question.h; serial -1: none. */
  setFact(kind: number, which: number, subject: number, serial: number, row: number, value: Value): void {
    this.put(value);
    this.exports.engine_set_fact(kind, which, subject, serial, row);
  }

  /** One call for all rules that the changes since the last run reach. Times in milliseconds. */
  run(now: number, offsetMinutes: number): Change[] {
    this.offset = offsetMinutes;
    const count = this.exports.engine_run(now * 1000, offsetMinutes);
    const first = this.exports.engine_changes();
    const changes: Change[] = [];
    for (let at = first; at < first + count * CHANGE_BYTES; at += CHANGE_BYTES) {
      const view = this.view();
      changes.push({
        rule: view.getInt32(at, true),
        serial: view.getInt32(at + 4, true),
        row: view.getInt32(at + 8, true),
        value: this.take(at + 16),
      });
    }
    return changes;
  }

  /** When to run again although nothing was changed; Infinity: never. */
  wakesAt(): number {
    return this.exports.engine_wakes_at() / 1000;
  }

  /** Why a rule says what it says: the parts of its source with the values they had. */
  explain(rule: number, serial: number, row: number): { source: string; value: Value; steps: Step[] } {
    const count = this.exports.engine_explain(rule, serial, row);
    const value = this.take(this.exports.engine_slot());
    const first = this.exports.engine_trace();
    const steps: Step[] = [];
    for (let at = first; at < first + count * TRACE_BYTES; at += TRACE_BYTES) {
      const view = this.view();
      steps.push({
        from: view.getUint32(at, true),
        to: view.getUint32(at + 4, true),
        value: this.take(at + 8),
        isAnswer: view.getUint8(at + 36) !== 0,
      });
    }
    const source = this.exports.engine_source(rule);
    const length = this.view().getInt32(this.exports.engine_slot() + 4, true);
    return { source: this.text(source, length), value, steps };
  }

  // ---- the border ----

  private view(): DataView {
    return new DataView(this.exports.memory.buffer);
  }

  private write(bytes: Uint8Array): number {
    const at = this.exports.engine_buffer(Math.max(bytes.length, 64));
    new Uint8Array(this.exports.memory.buffer, at, bytes.length).set(bytes);
    return at;
  }

  private text(at: number, length: number): string {
    return this.decoder.decode(new Uint8Array(this.exports.memory.buffer, at, length));
  }

  /** Puts a value into the slot. */
  private put(value: Value): void {
    if (value.kind === 'number' || value.kind === 'moment') {
      const bytes = this.encoder.encode(value.text);
      this.write(bytes);
      const isRead =
        value.kind === 'number'
          ? this.exports.engine_read_number(bytes.length)
          : this.exports.engine_read_moment(bytes.length, this.offset);
      if (isRead === 0) this.putPlain(EMPTY, 0, 0n);
    } else if (value.kind === 'text') {
      const bytes = this.encoder.encode(value.text);
      const at = this.write(bytes);
      this.putPlain(TEXT, 0, BigInt(at), bytes.length);
    } else if (value.kind === 'truth') {
      this.putPlain(TRUTH, 0, BigInt(TRUTHS.indexOf(value.truth)));
    } else if (value.kind === 'missing') {
      this.putPlain(MISSING, value.reason, 0n);
    } else {
      this.putPlain(value.kind === 'sealed' ? SEALED : EMPTY, 0, 0n);
    }
  }

  private putPlain(kind: number, detail: number, payload: bigint, scale = 0): void {
    const slot = this.exports.engine_slot();
    const view = this.view();
    view.setUint8(slot, kind);
    view.setUint8(slot + 1, detail);
    view.setInt16(slot + 2, 0, true);
    view.setInt32(slot + 4, scale, true);
    view.setBigInt64(slot + 8, payload, true);
  }

  /** The value that stands at an address. */
  private take(at: number): Value {
    const view = this.view();
    const kind = view.getUint8(at);
    const detail = view.getUint8(at + 1);
    switch (kind) {
      case MISSING:
        return { kind: 'missing', reason: detail };
      case SEALED:
        return { kind: 'sealed' };
      case FAULT:
        return { kind: 'fault', fault: detail };
      case REAL:
        return { kind: 'real', value: view.getFloat64(at + 8, true) };
      case TEXT:
        return { kind: 'text', text: this.text(view.getUint32(at + 8, true), view.getInt32(at + 4, true)) };
      case TRUTH:
        return { kind: 'truth', truth: TRUTHS[view.getUint8(at + 8)] ?? 'unknown' };
      case NUMBER:
      case MOMENT:
        return { kind: kind === NUMBER ? 'number' : 'moment', text: this.print(at) };
      default:
        return { kind: 'empty' };
    }
  }

  private print(at: number): string {
    const memory = new Uint8Array(this.exports.memory.buffer);
    memory.copyWithin(this.exports.engine_slot(), at, at + 16);
    const length = this.exports.engine_print(this.offset);
    return this.text(this.exports.engine_buffer(0), length);
  }
}
