// What the program's JSON API says and takes. One type for each struct that crosses the wire.

import type { ItemType } from './values/item-types';
import type { FormVerification, VerificationCount, VerificationPlan } from './verification/types';

export interface Label {
  en: string;
  zh: string;
}

export type Language = 'en' | 'zh';

// ---- who

export interface Grant {
  role: string;
  site?: string;
}

export interface Permission {
  permission: string;
  sites: string[] | 'all' | 'own task';
}

export interface Me {
  id: number;
  name: string;
  full_name: string;
  roles: Grant[];
  totp: boolean;
  language: Language;
  /** Roles that do not act, by the delegation log. */
  resting?: { role: string; site?: string; why: Label }[];
  permissions: Permission[];
  /** From then on signing in asks for another password. Absent: never. */
  password_expires?: string;
  idle_lock_seconds: number;
}

export interface SignedIn {
  user: Me;
  csrf: string;
}

export interface User {
  id: number;
  name: string;
  full_name: string;
  roles: Grant[];
  disabled?: boolean;
  has_password?: boolean;
  totp?: boolean;
  /** The identity behind the account: without it nothing is signed. */
  verified?: boolean;
  created_at?: string;
  last_sign_in?: string;
}

export interface OwnSignIn {
  device: string;
  client?: string;
  since: string;
  last_seen?: string;
  current: boolean;
}

// ---- the design

export type Bound = number | string | null;

export interface Item {
  oid: string;
  name: string;
  label: Label;
  note?: Label;
  type: ItemType;
  source: 'site' | 'system';
  /** A mark of the placement clock. */
  timer?: true;
  required: 'required' | 'conditional' | 'optional' | 'derived';
  codelist?: string;
  multiple: boolean;
  unit?: string;
  decimals?: number;
  max_length?: number;
  hard_range?: [Bound, Bound];
  soft_range?: [Bound, Bound];
  /** The bound itself is outside. */
  hard_open?: [boolean, boolean];
  soft_open?: [boolean, boolean];
  identity: boolean;
  /** The expression that derives it, as the study's language writes it. */
  derives?: string;
  has_condition: boolean;
  derivation?: Label;
  loinc?: string;
  /** What the plan of source verification says of it. */
  verification?: 'always' | 'sampled' | 'never';
}

export interface Group {
  oid: string;
  label: Label;
  repeating: boolean;
  repeat_key?: string;
  items: string[];
}

export interface Form {
  oid: string;
  label: Label;
  repeating: boolean;
  note?: string | Label;
  verification?: 'always' | 'sampled' | 'never';
  groups: Group[];
}

export interface StudyEvent {
  oid: string;
  label: Label;
  kind: string;
  repeating: boolean;
  target?: Label;
  window?: Label;
  forms: string[];
  /** Those of them that are never asked for. */
  optional: string[];
}

export interface Code {
  code: string;
  label: Label;
}

export interface Codelist {
  label: Label;
  codes: Code[];
}

export interface Design {
  oid: string;
  /** The study's registry number: what people call it. */
  study?: string;
  version: string;
  name: Label;
  protocol: string | Label;
  sponsor: string | Label;
  synthetic: boolean;
  now: string;
  target: number;
  events: StudyEvent[];
  forms: Form[];
  items: Record<string, Item>;
  codelists: Record<string, Codelist>;
  missing_reasons: Code[];
  verification?: VerificationPlan;
  sites: { code: string; name: Label }[];
}

// ---- what the registration leaves open

export interface Concern {
  kind: 'item' | 'form' | 'event' | 'codelist' | 'check' | 'setting';
  oid: string;
  label: Label;
  /** Where an item stands. */
  form?: Label;
  /** Of a setting: the value in force. */
  value?: string;
}

export interface OpenPoint {
  name: string;
  label: Label;
  says: Label;
  choice: Label;
  confirm: Label;
  basis: string;
  state: 'open' | 'confirmed';
  /** Newest first. */
  decisions: Decision[];
  concerns: Concern[];
}

/** What somebody decided about an open point. */
export interface Decision {
  seq: number;
  choice: string;
  /** Does the study run with it? */
  is_followed: boolean;
  reason?: string;
  reference?: string;
  by: string;
  full_name: string;
  at: string;
}

export interface OpenSetting {
  name: string;
  label: Label;
  value: string;
  basis: string;
}

export interface OpenPoints {
  open_points: OpenPoint[];
  settings: OpenSetting[];
  may_confirm: boolean;
}

// ---- participants

export type ParticipantState =
  | 'PROVISIONAL'
  | 'SCREENED'
  | 'ELIGIBLE'
  | 'CONSENTED'
  | 'DEFERRED'
  | 'ENROLLED'
  | 'WITHDRAWN'
  | 'NOT_ATTACHED'
  | 'ERASED';

export interface Participant {
  id: number;
  site: string;
  screening_number?: string;
  provisional_number?: string;
  subject_number?: string;
  bed?: string;
  state: ParticipantState;
  screened_at?: string;
  enrolled_at?: string;
  created_at: string;
  last_change?: string;
  open_queries: number;
  forms_complete: number;
  forms_started: number;
  attached_to?: number;
  proposal?: { to: number; by: string };
}

export interface ParticipantList {
  participants: Participant[];
  next?: number | string;
}

export interface FormState {
  event: string;
  event_repeat: number;
  form: string;
  form_repeat: number;
  state: 'empty' | 'started' | 'complete';
  answered: number;
  expected: number;
  open_queries: number;
  /** The form cannot be signed while there are any. */
  open_second_checks: number;
  signatures: Signature[];
  verification: VerificationCount;
  /** Its own lock, or its participant's, or the data base's. */
  lock: 'open' | 'frozen' | 'locked';
  last_change?: string;
}

/** A critical value that a person typed and that was not checked a second time yet. */
export interface SecondCheck extends Place, FormPlace {
  row: number;
  /** Of the value that is to be checked. */
  version: string;
  by: string;
  at: string;
  /** How this person may check it: sees it, types it again unseen, or only another person may. */
  way: 'sight' | 'typing' | 'other';
  /** The second entry, which said something else. */
  differs?: { by: string; value?: string; in_vault?: true };
}

/** An electronic signature as it is shown. */
export interface Signature {
  seq: number;
  name: string;
  meaning: Label;
  language: Language;
  /** Not told of a reading. */
  content?: string;
  by: { name: string; full_name?: string };
  at: string;
  /** False: an answer has changed since. */
  stands: boolean;
  changed: Place[];
}

/** Something that is frozen or locked, or proposed to be. */
export interface RecordLock {
  scope: 'form' | 'participant' | 'database';
  form_id?: number;
  state: 'open' | 'frozen' | 'locked';
  by?: string;
  full_name?: string;
  at?: string;
  first?: string;
  reason?: string;
  name?: string;
  cut?: number;
  proposed?: { what: 'lock' | 'unlock'; by: string; at: string; name?: string };
}

export interface Locks {
  at: RecordLock[];
  held: boolean;
  may: { freeze: boolean; unfreeze: boolean; lock: boolean; unlock: boolean };
}

/** What the person would sign here. */
export interface Signing {
  name: string;
  meaning: Label;
  language: Language;
  /** SHA-256 of what came with it. */
  content: string;
  needs_name: boolean;
  needs_totp: boolean;
  signed: boolean;
  obstacles: { label: Label }[];
}

/** When something is due. Without a form: the whole event. */
export interface Due {
  event: string;
  event_repeat: number;
  form?: string;
  /** The event that it counts from. */
  from: string;
  due: string;
  /** Absent: no limit on that side. */
  opens?: string;
  closes?: string;
}

export interface LeftOut {
  event: string;
  event_repeat: number;
  form?: string;
  why?: Label;
}

export interface Schedule {
  moments: { event: string; event_repeat: number; at: string }[];
  dues: Due[];
  /** What is not to be collected, as things are now: a form, or without one the whole event. */
  left_out: LeftOut[];
}

export interface DesignVersion {
  version: string;
  published_at: string;
  by?: string;
  full_name?: string;
  proposal?: number;
  participants?: number;
}

export interface DesignProposal {
  id: number;
  version: string;
  reason: string;
  approval?: string;
  approved_on?: string;
  needs_consent: boolean;
  state: 'open' | 'published' | 'withdrawn';
  by?: string;
  full_name?: string;
  at: string;
  decided_by?: string;
  decided_full_name?: string;
  decided_at?: string;
  may_publish: boolean;
}

export interface DesignVersions {
  in_force: string;
  may_propose: boolean;
  versions: DesignVersion[];
  proposals: DesignProposal[];
}

export interface DesignChange {
  change: 'added' | 'removed' | 'changed';
  thing: string;
  oid: string;
  sentence: Label;
  before?: string;
  after?: string;
}

export interface DesignChanges {
  added: number;
  removed: number;
  changed: number;
  changes: DesignChange[];
}

export interface Reconsent {
  participant: number;
  number: string;
  agreed_at?: string;
  form_version?: string;
  next_repeat: number;
}

export interface ReconsentList {
  version?: string;
  published_at?: string;
  approval?: string;
  approved_on?: string;
  participants: Reconsent[];
}

export interface PreviewExample {
  participant: number;
  number: string;
  event: string;
  event_repeat: number;
  form: string;
  form_repeat: number;
  item: string;
  row: number;
}

export interface PreviewCheck {
  check: string;
  message: Label;
  begins: number;
  ends: number;
  participants: number;
  examples: PreviewExample[];
}

export interface DesignPreview {
  tried: number;
  of: number;
  forms_left_out: number;
  checks: PreviewCheck[];
}

/** What was said of somebody not identified yet: was the bone used in the last 48 hours? */
export interface BoneUse {
  site?: string;
  answer: 'none' | 'day' | 'two-days' | 'unknown';
  by: string;
  at: string;
}

export interface Casebook {
  bone_use?: BoneUse;
  participant: Participant;
  /** The version of the design that the participant is under. */
  design: string;
  forms: FormState[];
  second_checks: SecondCheck[];
  /** Of all forms together. */
  signatures: Signature[];
  signing?: Signing;
  locks: Locks;
  verifying: { sampled: boolean; may: boolean; seen: number };
  schedule: Schedule;
  /** The provisional participant that was attached to this one, with its forms. */
  attached?: { participant: Participant; forms: FormState[] };
}

export interface EnrolFinding {
  check: string;
  message: Label;
  items: string[];
}

// ---- one form

export interface Place {
  item: string;
  row?: number;
}

/** Typed, computed, by the program, tapped on the placement clock, or read from a label. */
export type Source = 'person' | 'derived' | 'system' | 'timer' | 'scanner' | 'feed';

export interface Value extends Place {
  value?: string;
  missing?: string;
  missing_text?: string;
  in_vault?: true;
  version: string;
  source: Source;
  at: string;
  by: string;
}

export interface Finding {
  check: string;
  severity: 'hard' | 'soft';
  message: Label;
  items: Place[];
}

export interface Query extends Place {
  id: number;
  kind: string;
  state: 'open' | 'answered' | 'closed' | 'cancelled';
  text: Label;
  opened_at: string;
  /** The latest step. */
  seen: number;
  values?: Value[];
}

/** A deviation that the program opened because of an answer of the form. */
export interface OpenedDeviation {
  check: string;
  message: Label;
  item: string;
  row: number;
  opened: { event: string; event_repeat: number; form: string; form_repeat: number };
}

export interface FormView {
  /** Not told of an image task. */
  participant?: Participant;
  /** When the form is due; absent: it has no time, or what it counts from is not known. */
  due?: Due;
  event: string;
  event_repeat: number;
  form: string;
  form_repeat: number;
  version: string;
  values: Value[];
  hidden: Place[];
  rows: Record<string, number[]>;
  /** Rows of image readings that are kept from the person. */
  sealed?: number[];
  findings: Finding[];
  queries: Query[];
  deviations: OpenedDeviation[];
  second_checks: SecondCheck[];
  signatures: Signature[];
  /** For who may sign. */
  signing?: Signing;
  locks: Locks;
  verification: FormVerification;
  may: {
    edit: boolean;
    /** Raise a query. */
    query: boolean;
    /** Enter readings of an image. */
    read?: boolean;
    history: boolean;
    vault_view: boolean;
    break_glass?: boolean;
    vault_edit: boolean;
  };
  /** Items that the person may not enter, though others of the form; absent: none. */
  closed?: string[];
  /** Why, when it is for what the person did before. */
  duty?: Label;
  answered: number;
  expected: number;
}

/** A form as a casebook has it. */
export interface CasebookForm extends FormView {
  participant: Participant;
}

/** Where a form of a participant stands. */
export interface FormPlace {
  participant: number;
  event: string;
  event_repeat: number;
  form: string;
  form_repeat: number;
}

/** What a person answers: a value, or the reason why there is none. */
export type Answer = { value: string } | { missing: string; missing_text?: string };

export interface Mutation extends Place {
  value?: string;
  missing?: string;
  missing_text?: string;
  base?: string;
  settles?: string[];
  reason?: string;
  stated?: string;
  source?: Source;
}

export interface MutationResult {
  status: 'ok' | 'conflict' | 'rejected' | 'duplicate';
  version?: string;
  theirs?: Value;
  why?: { code?: string; detail: string; at?: string };
}

export interface MutationReply {
  seq: number;
  batch: string;
  results: MutationResult[];
  view?: FormView;
  duplicate?: boolean;
}

// ---- history and audit

export interface Person {
  id: number;
  name: string;
  full_name?: string;
}

/** What the source of an import said: its own author, its time as it was written there. */
export interface Imported {
  kind: 'AUDIT' | 'SIGNATURE' | 'ANNOTATION' | 'QUERY';
  author?: string;
  author_name?: string;
  location?: string;
  time?: string;
  reason?: string;
  words?: string;
  state?: string;
  source?: string;
}

export interface HistoryEntry extends Place {
  seq: number;
  kind: string;
  /** A reading of an image that the person may not see yet. */
  sealed?: boolean;
  imported?: Imported[];
  second_check?: { agreed: boolean; typed: boolean; of: string; entered?: { value?: string; missing?: string; in_vault?: true } };
  /** What a signature means; of a proposal: lock or unlock. */
  review?: string;
  /** Of a source verification: how many answers. */
  verified?: number;
  old?: { value?: string; missing?: string; missing_text?: string; in_vault?: true };
  new?: { value?: string; missing?: string; missing_text?: string; in_vault?: true };
  reason?: string;
  by?: Person;
  stated_time?: string;
  device_time?: string;
  server_time: string;
  clock_offset_ms?: number;
  device?: string;
  source?: string;
  version?: string;
  language?: string;
  design_version?: string;
  status?: string;
}

export interface AuditEntry {
  seq: number;
  kind: string;
  server_time: string;
  device_time?: string;
  stated_time?: string;
  user?: Person;
  participant?: number;
  participant_number?: string;
  site?: string;
  form?: string;
  items?: string;
  device?: string;
  detail?: string;
  erased?: boolean;
}

// ---- live stream and problems

export interface LiveChange {
  seq: number;
  kind: string;
  participant?: number;
  event?: string;
  event_repeat?: number;
  form?: string;
  form_repeat?: number;
  /** Id of who did it; 0 is the program. */
  user: number;
  at: string;
}

/** RFC 9457, with the project's own members. */
export interface ProblemBody {
  type?: string;
  title?: string;
  status?: number;
  detail?: string;
  hint?: string;
  at?: string;
  needs?: string;
  /** The password: signing in takes another one with it. */
  expired?: boolean;
  findings?: EnrolFinding[];
}
