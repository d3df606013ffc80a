// Alarms: what calls for this person, what else stands, what has ended.

import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { get, post, serverNow } from '../api';
import { MARKS } from '../alarms/bar';
import { setSound, soundIsBlocked, soundIsOn, sounded } from '../alarms/sound';
import type { Alarm, AlarmLevel, AlarmList } from '../alarms/types';
import { alarms, alarmsError, calling, fetchAlarms, waits } from '../alarms/watch';
import { words } from '../alarms/words';
import { dayMinute } from '../format';
import { formHash, participantHash, route, setSearch } from '../route';
import { spanOf } from '../safety/words';
import { say, text } from '../text';
import { Page } from '../ui/frame';
import { Button, Empty, Notice, ProblemNotice, useTick } from '../ui/parts';
import { Status, type Tone } from '../ui/shape';

const FILTERS = ['mine', 'all', 'ended'] as const;
type Filter = (typeof FILTERS)[number];
const ENDED_SHOWN = 100;
const DAY_MS = 24 * 3600 * 1000;

const TONES: Record<AlarmLevel, Tone> = { critical: 'bad', red: 'bad', amber: 'wait', info: 'data' };

function hashOf(alarm: Alarm): string | null {
  if (alarm.participant === undefined) return null;
  if (!alarm.event || !alarm.form) return participantHash(alarm.participant);
  return formHash({
    participant: alarm.participant,
    event: alarm.event,
    event_repeat: alarm.event_repeat ?? 1,
    form: alarm.form,
    form_repeat: alarm.form_repeat ?? 1,
  });
}

function Place({ alarm }: { alarm: Alarm }): JSX.Element {
  const said = words();
  const hash = hashOf(alarm);
  const where = [alarm.number ?? said.wholeStudy, say(alarm.form_label), alarm.row ? said.row(alarm.row) : ''].filter(Boolean).join(' · ');
  return hash ? (
    <a class="num" href={hash} data-row>
      {where}
    </a>
  ) : (
    <b>{where}</b>
  );
}

/** What is typed lives here: the list around it is drawn anew with every change. */
function Acknowledge({ alarm, onDone }: { alarm: Alarm; onDone: () => void }): JSX.Element {
  const said = words();
  const [open, setOpen] = useState(false);
  const [note, setNote] = useState('');
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const send = (): void => {
    setBusy(true);
    post(`/api/alarms/${alarm.id}/acknowledge`, note.trim() ? { note: note.trim() } : {})
      .then(() => onDone())
      .catch(setError)
      .finally(() => setBusy(false));
  };
  if (!open) {
    return (
      <Button kind="primary" class="alarm-act" onClick={() => setOpen(true)}>
        {said.acknowledge}
      </Button>
    );
  }
  return (
    <form
      class="alarm-note"
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      <label for={`alarm-note-${alarm.id}`}>{said.note}</label>
      <textarea
        id={`alarm-note-${alarm.id}`}
        class="box"
        rows={2}
        maxLength={500}
        value={note}
        onInput={(event) => setNote(event.currentTarget.value)}
      />
      {error === null ? null : <ProblemNotice error={error} />}
      <div class="alarm-acts">
        <Button kind="primary" type="submit" busy={busy} disabled={busy}>
          {said.send}
        </Button>
        <Button onClick={() => setOpen(false)}>{said.cancel}</Button>
      </div>
    </form>
  );
}

function Entry({ alarm, onDone }: { alarm: Alarm; onDone: () => void }): JSX.Element {
  const said = words();
  const roles = text().roles;
  const audience = alarm.audience.map((role) => roles[role as keyof typeof roles] ?? role).join(' · ');
  const since = new Date(alarm.raised_at);
  return (
    <li class={`alarm-entry level-${alarm.level}${waits(alarm) ? '' : ' is-seen'}`} data-alarm={alarm.alarm} data-id={alarm.id}>
      <p class="alarm-head">
        <Status shape={MARKS[alarm.level]} tone={TONES[alarm.level]} word={said.levels[alarm.level]} />
        <b>
          <span class="num">{alarm.alarm}</span> {say(alarm.label)}
        </b>
      </p>
      {alarm.says ? <p class="alarm-says">{say(alarm.says)}</p> : null}
      <p class="alarm-place">
        <Place alarm={alarm} />
        <span class="quiet num">
          {' '}
          · {alarm.ended_at ? said.ended(dayMinute(alarm.ended_at)) : said.raised(spanOf(since, serverNow()), dayMinute(since))}
        </span>
      </p>
      {alarm.escalations > 0 ? <p class="alarm-went-on">{said.escalated(alarm.escalations)}</p> : null}
      {alarm.notice > alarm.escalations + 1 ? <p class="alarm-went-on">{said.again}</p> : null}
      {alarm.acknowledged ? (
        <p class="alarm-by">
          {said.acknowledged(alarm.acknowledged.by, dayMinute(alarm.acknowledged.at))}
          {alarm.ended_at ? '' : ` · ${said.stands}`}
          {alarm.acknowledged.note ? <q>{alarm.acknowledged.note}</q> : null}
        </p>
      ) : null}
      <small class="quiet">{said.audience(audience)}</small>
      {alarm.may_acknowledge ? <Acknowledge alarm={alarm} onDone={onDone} /> : null}
    </li>
  );
}

function Sound(): JSX.Element {
  const said = words();
  return (
    <div class="alarm-sound" data-sounded={sounded.value}>
      <Button pressed={soundIsOn.value} onClick={() => setSound(!soundIsOn.value || soundIsBlocked.value)}>
        {soundIsOn.value ? said.soundOn : said.soundOff}
      </Button>
      {soundIsBlocked.value ? <Notice tone="wait" title={said.soundBlocked} live="polite" /> : null}
    </div>
  );
}

/** Those that ended are asked for when they are looked at. */
function useEnded(filter: Filter): AlarmList | null {
  const [list, setList] = useState<AlarmList | null>(null);
  const known = alarms.value;
  useEffect(() => {
    if (filter !== 'ended') return;
    get<AlarmList>(`/api/alarms?past=${ENDED_SHOWN}`).then(setList).catch(() => undefined);
  }, [filter, known]);
  return list;
}

/** What waits, and what was acknowledged today: an answer of the past keeps its alarm standing for good. */
function isRecent(alarm: Alarm): boolean {
  return !alarm.acknowledged || serverNow().getTime() - Date.parse(alarm.acknowledged.at) < DAY_MS;
}

export default function AlarmsScreen(): JSX.Element {
  const said = words();
  const asked = route.value.search.get('show') as Filter;
  const filter = FILTERS.includes(asked) ? asked : 'mine';
  const ended = useEnded(filter);
  useTick();
  const standing = (alarms.value?.alarms ?? []).filter((alarm) => !alarm.superseded);
  const shown: Record<Filter, Alarm[]> = {
    mine: standing.filter((alarm) => alarm.for_me && isRecent(alarm)),
    all: standing,
    ended: (ended?.alarms ?? []).filter((alarm) => alarm.ended_at),
  };
  const list = shown[filter];
  const counts: Record<Filter, number | ''> = { mine: calling.value.length, all: standing.length, ended: '' };
  const isThere = filter === 'ended' ? ended !== null : alarms.value !== null;
  const none: Record<Filter, string> = { mine: said.none, all: said.noneAll, ended: said.noneEnded };
  return (
    <Page title={said.title}>
      <p class="quiet lead">{said.lead}</p>
      <div class="list-bar">
        <div class="filters" role="group" aria-label={said.filter}>
          {FILTERS.map((one) => (
            <button key={one} type="button" class="filter num" aria-pressed={filter === one} onClick={() => setSearch({ show: one === 'mine' ? '' : one })}>
              {said.filters[one]} {counts[one]}
            </button>
          ))}
        </div>
        <Sound />
      </div>
      {alarms.value?.quiet ? <Notice tone="quiet" title={said.quiet} /> : null}
      {alarmsError.value === null ? null : <ProblemNotice error={alarmsError.value} onRetry={() => void fetchAlarms()} />}
      {isThere && list.length === 0 ? (
        <Empty title={none[filter]}>
          <p>{said.noneHint}</p>
        </Empty>
      ) : null}
      <ul class="alarm-list">
        {list.map((alarm) => (
          <Entry key={alarm.id} alarm={alarm} onDone={() => void fetchAlarms()} />
        ))}
      </ul>
    </Page>
  );
}
