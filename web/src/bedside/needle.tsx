// The needle's label: scanned at any time, read by the camera, or typed. What it says is shown
// before the puncture: expired, of a lot on hold, or used before. Nothing here stops a stamp.

import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { serverNow } from '../api';
import { LotsOnHold } from '../form/lots';
import { correct, type OpenForm } from '../form/save';
import { day } from '../format';
import { say } from '../text';
import type { Source } from '../types';
import { Button, Notice, TextField } from '../ui/parts';
import { localDay } from '../values/dates';
import { Camera, hasCamera } from './camera';
import { labelText, type LabelReading, readLabel } from './gs1';
import { reader } from './stamp';
import { wedge } from './wedge';
import { words } from './words';

const LABEL = 'I.IO.UDIRAW';
/** Expired, does not parse, used before: the study's rules on a label. */
const CHECKS = ['CK040', 'CK041', 'CK042'];

function read(text: string): LabelReading {
  return readLabel(text, serverNow().getFullYear());
}

/** A scan is taken wherever the focus is, but not out of a field that somebody types in. */
function useScans(onScan: (text: string) => void): void {
  useEffect(() => {
    const scanner = wedge();
    const listen = (event: KeyboardEvent): void => {
      if (event.target instanceof HTMLInputElement && event.target.type !== 'checkbox') return;
      const text = scanner.key(event.key, event.ctrlKey, event.timeStamp);
      if (text === null) return;
      // The Enter of a scan presses no button.
      event.preventDefault();
      event.stopPropagation();
      onScan(text);
    };
    document.addEventListener('keydown', listen, true);
    return () => document.removeEventListener('keydown', listen, true);
  });
}

function Said({ raw }: { raw: string }): JSX.Element {
  const said = words();
  const reading = read(raw);
  if ('fault' in reading) return <p class="num">{raw}</p>;
  const { product, lot, serial, expires, made } = reading.label;
  const rows = [
    [said.product, product],
    [said.lot, lot],
    [said.serial, serial],
    [said.made, made && day(made)],
    [said.expires, expires && day(expires)],
  ].filter((row): row is [string, string] => row[1] !== undefined);
  const isExpired = expires !== undefined && expires < localDay(serverNow());
  return (
    <>
      {isExpired ? <Notice tone="bad" live="assertive" title={said.expired(day(expires))} /> : null}
      <dl class="bedside-label num">
        {rows.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </>
  );
}

function Typed({ onText }: { onText: (text: string) => void }): JSX.Element {
  const [text, setText] = useState('');
  const said = words();
  return (
    <form
      class="bedside-typed"
      onSubmit={(event) => {
        event.preventDefault();
        if (text.trim()) onText(text);
      }}
    >
      <TextField id="bedside-label" label={said.needleTyped} value={text} onInput={setText} maxLength={200} />
      <Button type="submit" disabled={text.trim() === ''}>
        {said.needleTake}
      </Button>
    </form>
  );
}

export function Needle({ form }: { form: OpenForm }): JSX.Element {
  const [wrong, setWrong] = useState<{ text: string; source: Source; reading: LabelReading } | null>(null);
  const [isChanging, setChanging] = useState(false);
  const said = words();
  const stands = reader(form)(LABEL, 0);
  const keep = (text: string, source: Source): void => {
    correct(form, LABEL, 0, labelText(text), said.reasonNeedle, { source });
    setWrong(null);
    setChanging(false);
  };
  const take = (text: string, source: Source): void => {
    const reading = read(text);
    if ('label' in reading) keep(text, source);
    else setWrong({ text, source, reading });
  };
  useScans((text) => take(text, 'scanner'));
  const findings = (form.view.value?.findings ?? []).filter((finding) => CHECKS.includes(finding.check));
  const asks = stands === '' || isChanging;
  return (
    <section class="bedside-needle" aria-labelledby="bedside-needle">
      <h2 id="bedside-needle">{said.needle}</h2>
      {stands ? <Said raw={stands} /> : <p>{said.needleHint}</p>}
      {findings.map((finding) => (
        <Notice key={finding.check} tone={finding.severity === 'hard' ? 'bad' : 'wait'} title={say(finding.message)} live="polite" />
      ))}
      <LotsOnHold scanned={reader(form)('I.IO.LOT', 0)} />
      {wrong && 'fault' in wrong.reading ? (
        <Notice tone="bad" live="assertive" title={said.labelFaults[wrong.reading.fault]} class="bedside-wrong">
          <p class="num">{wrong.reading.at}</p>
          <Button onClick={() => keep(wrong.text, wrong.source)}>{said.keepAnyway}</Button>
        </Notice>
      ) : null}
      {asks ? (
        <>
          {hasCamera() ? <Camera onText={(text) => take(text, 'scanner')} /> : null}
          <Typed onText={(text) => take(text, 'person')} />
        </>
      ) : (
        <Button onClick={() => setChanging(true)}>{said.otherLabel}</Button>
      )}
    </section>
  );
}
