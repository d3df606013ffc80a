// The removal: one tap with the time, then the condition of needle and site. Staying longer asks for
// a reason and for a second physician, who proves here who it is.

import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { post, Problem, serverNow } from '../api';
import type { OpenForm } from '../form/save';
import { fetchForm } from '../form/save';
import { dayMinute, secondLately } from '../format';
import { text } from '../text';
import { Button, Notice, ProblemNotice, TextField, useCountdown, useTick } from '../ui/parts';
import { itemNamed, put, read, stampNow, useOpenForm } from './entry';
import { words as shared } from './entry-words';
import { Keypad, NumberButton } from './keypad';
import { CodedField, Tap, WithForm } from './pieces';
import { words } from './removal-words';
import type { Needle } from './types';
import { words as needleWords } from './words';

const OUT = 'I.REM.REMDTM';
const REASON = 'I.REM.EXCR';
const TEXT = 'I.REM.EXCTXT';
const BY = 'I.REM.EXCBY';
const AT = 'I.REM.EXCDTM';
const CODED = ['I.REM.REMR', 'I.REM.INTACT', 'I.REM.TOPH', 'I.REM.NEXTACC', 'I.REM.TIPCX'];
const NUMBERS = ['I.REM.HEMOS', 'I.REM.PAINRM'];

function Times({ needle }: { needle: Needle }): JSX.Element {
  useTick(10_000);
  const said = words();
  const now = serverNow().getTime();
  const target = Date.parse(needle.target_at) - now;
  const limit = Date.parse(needle.limit_at) - now;
  const span = (milliseconds: number): string => needleWords().span(milliseconds > 0 ? Math.ceil(milliseconds / 60_000) : -milliseconds / 60_000);
  return (
    <div class="removal-times">
      <p class={`num line-time${target < 0 && !needle.excepted_until ? ' tone-bad' : ''}`} data-times>
        {target >= 0 ? said.untilTarget(span(target)) : said.pastTarget(span(target))}
      </p>
      {limit <= 0 ? (
        <Notice tone="bad" live="assertive" title={said.limitTitle}>
          <p>{said.limitHint}</p>
        </Notice>
      ) : (
        <p class="num">{said.untilLimit(span(limit))}</p>
      )}
    </div>
  );
}

/** What is entered once the needle is out. */
function Condition({ form }: { form: OpenForm }): JSX.Element {
  const [open, setOpen] = useState('');
  return (
    <>
      <h2>{words().condition}</h2>
      {CODED.map((item) => (
        <CodedField key={item} form={form} item={item} />
      ))}
      <div class="tap-row">
        {NUMBERS.map((oid) => {
          const item = itemNamed(oid);
          if (!item) return null;
          return <NumberButton key={oid} item={item} value={read(form, oid)} open={open === oid} onTap={() => setOpen(open === oid ? '' : oid)} />;
        })}
      </div>
      {NUMBERS.filter((oid) => oid === open).map((oid) => {
        const item = itemNamed(oid);
        if (!item) return null;
        return (
          <Keypad
            key={oid}
            item={item}
            initial={read(form, oid)}
            onDone={(value) => {
              put(form, oid, 0, value);
              setOpen('');
            }}
            onClose={() => setOpen('')}
          />
        );
      })}
    </>
  );
}

/** The justification: typed here, kept by its button, never taken away while somebody types. */
function Justification({ form }: { form: OpenForm }): JSX.Element {
  const kept = read(form, TEXT);
  const [typed, setTyped] = useState<string | null>(null);
  const shown = typed ?? kept;
  return (
    <div class="entry">
      <label for="leave-text">{words().text}</label>
      <textarea id="leave-text" class="box" rows={3} maxLength={itemNamed(TEXT)?.max_length} value={shown} onInput={(event) => setTyped(event.currentTarget.value)} />
      <Tap
        name="keep-text"
        disabled={shown.trim() === '' || shown.trim() === kept}
        onTap={() => {
          put(form, TEXT, 0, shown.trim());
          setTyped(null);
        }}
      >
        {words().keep}
      </Tap>
    </div>
  );
}

function Physician({ form, needle }: { form: OpenForm; needle: Needle }): JSX.Element {
  const [asked, setAsked] = useState({ name: '', password: '', totp: '' });
  const [error, setError] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const left = useCountdown(error instanceof Problem ? error.retryAfter : 0);
  const said = words();
  const send = async (): Promise<void> => {
    if (busy || left > 0) return;
    setBusy(true);
    try {
      const { participant, ...place } = form.place;
      const { totp, ...who } = asked;
      await post(`/api/participants/${participant}/dwell-leave`, { ...place, ...who, ...(totp ? { totp: totp.replace(/\s/g, '') } : {}) });
      setAsked({ name: '', password: '', totp: '' });
      setError(null);
      await fetchForm(form);
    } catch (problem) {
      setError(problem);
      setAsked({ ...asked, password: '', totp: '' });
    }
    setBusy(false);
  };
  const isLate = serverNow().getTime() > Date.parse(needle.target_at) && !needle.excepted_until;
  return (
    <form
      class="line-card"
      aria-label={said.leave}
      data-leave
      onSubmit={(event) => {
        event.preventDefault();
        void send();
      }}
    >
      <h3>{said.leave}</h3>
      <p class="hint">{said.leaveHint}</p>
      {isLate ? <Notice tone="wait" title={said.late} /> : null}
      <TextField id="leave-name" label={text().signIn.name} value={asked.name} onInput={(name) => setAsked({ ...asked, name })} autocomplete="off" required />
      <TextField
        id="leave-password"
        label={text().signIn.password}
        value={asked.password}
        onInput={(password) => setAsked({ ...asked, password })}
        type="password"
        autocomplete="off"
        required
      />
      <TextField id="leave-totp" label={said.code} value={asked.totp} onInput={(totp) => setAsked({ ...asked, totp })} inputMode="numeric" />
      {error === null ? null : <ProblemNotice error={error} />}
      <Button type="submit" kind="primary" busy={busy} disabled={asked.name === '' || asked.password === '' || left > 0} class="leave-give">
        {said.give}
      </Button>
    </form>
  );
}

function Stay({ form, needle }: { form: OpenForm; needle: Needle }): JSX.Element {
  const said = words();
  const by = read(form, BY);
  const [isAgain, setAgain] = useState(false);
  const hasReason = read(form, REASON) !== '' && read(form, TEXT) !== '';
  const at = read(form, AT);
  useEffect(() => setAgain(false), [at]);
  return (
    <section class="tap-panel" aria-labelledby="stay">
      <h2 id="stay">{said.stay}</h2>
      <p class="hint">{said.stayHint}</p>
      <CodedField form={form} item={REASON} />
      <Justification form={form} />
      {by ? (
        <Notice tone="ok" live="polite" title={<span class="num">{said.given(by, dayMinute(at))}</span>} class="leave-given">
          {needle.excepted_until ? <p class="num">{said.until(dayMinute(needle.excepted_until))}</p> : null}
        </Notice>
      ) : null}
      {by && !isAgain ? (
        <Tap name="leave-again" onTap={() => setAgain(true)}>
          {said.again}
        </Tap>
      ) : null}
      {hasReason && (!by || isAgain) ? <Physician form={form} needle={needle} /> : null}
    </section>
  );
}

export function RemovalPart({ needle }: { needle: Needle }): JSX.Element {
  const form = useOpenForm(needle.removal_place);
  const said = words();
  const out = read(form, OUT);
  const isPast = serverNow().getTime() >= Date.parse(needle.limit_at);
  return (
    <WithForm form={form}>
      {(mayEnter) => (
        <>
          {out ? <p class="num line-time">{said.removed(dayMinute(out))}</p> : <Times needle={needle} />}
          {mayEnter && !out ? (
            <Tap name="out" kind="big" onTap={() => put(form, OUT, 0, stampNow())}>
              {said.out}
              <small>{said.outHint}</small>
            </Tap>
          ) : null}
          {mayEnter && out ? (
            <>
              <Tap name="undo" onTap={() => put(form, OUT, 0, '', shared().reasonUndone)}>
                {shared().undo(said.undoOut, secondLately(out))}
              </Tap>
              <Condition form={form} />
            </>
          ) : null}
          {mayEnter && !out && !isPast ? <Stay form={form} needle={needle} /> : null}
        </>
      )}
    </WithForm>
  );
}
