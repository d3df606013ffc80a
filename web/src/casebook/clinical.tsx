// The line of clinical facts over the casebook: who, with what, when the needle went in, and the course.

import type { JSX } from 'preact';
import { serverNow } from '../api';
import { day, dayMinute } from '../format';
import { codeWords } from '../safety/codes';
import { useFollowed } from '../safety/fetch';
import { language } from '../text';

interface ClinicalFacts {
  sex?: string;
  age?: number;
  disease?: string;
  first_puncture?: string;
  attempts: number;
  first_attempt?: boolean;
  access_minutes?: number;
  place?: string;
  in_place_since?: string;
  removed?: string;
  dwell_hours?: number;
  died?: string;
  last_alive?: string;
}

const en = {
  clinical: 'Clinical facts',
  years: (n: number) => `${n} y`,
  disease: 'Disease',
  puncture: 'T0',
  access: 'Access',
  first: 'first attempt',
  attempts: (n: number) => (n === 1 ? '1 attempt' : `${n} attempts`),
  minutes: (n: string) => `${n} min`,
  needle: 'Needle',
  hours: (n: string) => `${n} h`,
  removed: 'removed',
  inPlace: 'in place',
  died: 'Died',
  alive: 'Alive',
  lastKnown: (at: string) => `last known ${at}`,
};

const zh: typeof en = {
  clinical: '临床概况',
  years: (n) => `${n} 岁`,
  disease: '诊断',
  puncture: 'T0',
  access: '通路建立',
  first: '首次成功',
  attempts: (n) => `${n} 次尝试`,
  minutes: (n) => `${n} 分钟`,
  needle: '针',
  hours: (n) => `${n} 小时`,
  removed: '已拔针',
  inPlace: '在位',
  died: '死亡',
  alive: '存活',
  lastKnown: (at) => `最后确认 ${at}`,
};

const words = (): typeof en => (language.value === 'zh' ? zh : en);

const HOUR_MS = 3_600_000;

/** Short names of the facts and what they say; those that are not known are left out. */
function linesOf(facts: ClinicalFacts): [string, string][] {
  const said = words();
  const lines: [string, string][] = [];
  const who = [codeWords('I.DM.SEX', facts.sex), facts.age === undefined ? '' : said.years(Math.floor(facts.age))].filter(Boolean).join(' · ');
  const disease = codeWords('I.MH.HEMDX', facts.disease);
  if (who) lines.push([who, '']);
  if (disease) lines.push([said.disease, disease]);
  if (facts.first_puncture) lines.push([said.puncture, dayMinute(facts.first_puncture)]);
  const way = facts.first_attempt ? said.first : facts.attempts > 0 ? said.attempts(facts.attempts) : '';
  const time = facts.access_minutes === undefined ? '' : said.minutes(facts.access_minutes.toFixed(1));
  if (way || time) lines.push([said.access, [way, time].filter(Boolean).join(', ')]);
  if (facts.place) lines.push([said.needle, needleOf(facts).join(', ')]);
  if (facts.died) lines.push([said.died, dayMinute(facts.died)]);
  else if (facts.last_alive) lines.push([said.alive, said.lastKnown(day(facts.last_alive))]);
  return lines;
}

function needleOf(facts: ClinicalFacts): string[] {
  const said = words();
  const place = codeWords('I.IO.ATTSITE', facts.place);
  if (facts.in_place_since) {
    const hours = (serverNow().getTime() - Date.parse(facts.in_place_since)) / HOUR_MS;
    return [place, said.hours(hours.toFixed(1)), said.inPlace];
  }
  if (!facts.removed) return [place];
  return [place, facts.dwell_hours === undefined ? '' : said.hours(facts.dwell_hours.toFixed(1)), said.removed].filter(Boolean);
}

export function Clinical({ id }: { id: number }): JSX.Element | null {
  const { data } = useFollowed<ClinicalFacts>(`/api/participants/${id}/facts`);
  const lines = data ? linesOf(data) : [];
  if (lines.length === 0) return null;
  return (
    <p class="facts clinical num" aria-label={words().clinical} role="group">
      {lines.map(([name, value]) => (
        <span key={name}>
          <b>{name}</b> {value}
        </span>
      ))}
    </p>
  );
}
