// Beside the form: its sections with what is answered, and what the checks and queries say.

import type { JSX } from 'preact';
import { isUnsettled, QueryShape } from '../queries/mark';
import { QueryDoor } from '../queries/panel';
import { words as queryWords } from '../queries/words';
import { formHash } from '../route';
import { itemOf } from '../state/who';
import { say, text } from '../text';
import type { Form, Place } from '../types';
import { Button } from '../ui/parts';
import { Shape, type ShapeName } from '../ui/shape';
import { words as reviewWords } from '../verification/words';
import { useForm } from './context';
import { countOf, type Count } from './group';

function sectionShape({ answered, expected }: Count): { name: ShapeName; tone: string; word: string } {
  const words = text().formStates;
  if (expected > 0 && answered === expected) return { name: 'complete', tone: 'tone-ok', word: words.complete };
  if (answered > 0) return { name: 'started', tone: 'tone-data', word: words.started };
  return { name: 'later', tone: 'tone-quiet', word: words.empty };
}

function toGroup(oid: string): void {
  const heading = document.getElementById(`group-title-${oid}`);
  heading?.scrollIntoView({ block: 'start' });
  heading?.focus({ preventScroll: true });
}

function Sections({ definition }: { definition: Form }): JSX.Element {
  const { form } = useForm();
  return (
    <ul class="sections">
      {definition.groups.map((group) => {
        const count = countOf(form, group);
        const { name, tone, word } = sectionShape(count);
        return (
          <li key={group.oid}>
            <button type="button" onClick={() => toGroup(group.oid)}>
              <Shape name={name} class={tone} />
              <span class="section-name">{say(group.label)}</span>
              <span class="num section-count">
                {count.expected > 0 ? `${count.answered} / ${count.expected}` : ''}
                <span class="offscreen">{word}</span>
              </span>
            </button>
          </li>
        );
      })}
    </ul>
  );
}

function placeNames(places: readonly Place[]): string {
  return places
    .map((place) => {
      const item = itemOf(place.item);
      return item ? say(item.label) : place.item;
    })
    .join(', ');
}

function Open(): JSX.Element | null {
  const { form } = useForm();
  const view = form.view.value;
  if (!view) return null;
  const open = view.queries.filter(isUnsettled);
  const soft = view.findings.filter((finding) => finding.severity === 'soft');
  if (open.length === 0 && soft.length === 0 && view.second_checks.length === 0) {
    return <p class="aside-note">{text().form.nothingOpen}</p>;
  }
  return (
    <ul class="open-list">
      {open.map((query) => (
        <li key={query.id}>
          <a href={formHash(form.place, query.item, query.row)}>
            <QueryShape state={query.state} />
            <span>
              <b>{query.kind === 'conflict' ? text().conflict.title : say(query.text)}</b>
              <small>{query.item ? placeNames([query]) : queryWords().ofForm}</small>
            </span>
          </a>
        </li>
      ))}
      {view.second_checks.map((check) => (
        <li key={`${check.item}#${check.row}`}>
          <a href={formHash(form.place, check.item, check.row)}>
            <Shape name="person" class="tone-data" />
            <span>
              <b>{text().second.waits}</b>
              <small>{placeNames([check])}</small>
            </span>
          </a>
        </li>
      ))}
      {soft.map((finding) => (
        <li key={finding.check}>
          <a href={formHash(form.place, finding.items[0]?.item, finding.items[0]?.row)}>
            <Shape name="warning" class="tone-wait" />
            <span>
              <b>{say(finding.message)}</b>
              <small>{placeNames(finding.items)}</small>
            </span>
          </a>
        </li>
      ))}
    </ul>
  );
}

export function Overview({ definition }: { definition: Form }): JSX.Element {
  const { form, showHistory } = useForm();
  const words = text().form;
  return (
    <div class="overview">
      <h2>{words.sections}</h2>
      <Sections definition={definition} />
      <h2>{words.openHere}</h2>
      <Open />
      <p class="form-door">
        <QueryDoor item="" row={0} label={queryWords().ofForm} />
      </p>
      {form.view.value?.may.history ? (
        <p>
          <Button kind="quiet" onClick={() => showHistory('', 0)}>
            {reviewWords().history}
          </Button>
        </p>
      ) : null}
    </div>
  );
}
