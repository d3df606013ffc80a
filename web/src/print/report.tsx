// The report of a serious adverse event, or of a device deficiency, as it goes to paper: the forms
// that belong to it out of the copy of the casebook, and lines to sign on.

import type { JSX } from 'preact';
import { useLayoutEffect } from 'preact/hooks';
import { daySecondAt } from '../audit/times';
import { language, say } from '../text';
import type { Design, FormView } from '../types';
import { Facts, studyName } from './document';
import { PrintedForm } from './form';
import { setMargins } from './paper';
import type { Copy } from './types';
import { words } from './words';
import { numberOf } from '../format';

export interface ReportPlace {
  form: string;
  form_repeat: number;
}

function valueOf(view: FormView, item: string): string | undefined {
  return view.values.find((one) => one.item === item)?.value;
}

/** The report itself; of a serious event the event that it names as well. */
export function formsOf(forms: readonly FormView[], place: ReportPlace): FormView[] {
  const report = forms.find((one) => one.form === place.form && one.form_repeat === place.form_repeat);
  if (!report) return [];
  const number = valueOf(report, 'I.SAE.SAEAE');
  const event = number === undefined ? undefined : forms.find((one) => one.form === 'F.CX' && valueOf(one, 'I.CX.AESEQ') === number);
  return event ? [report, event] : [report];
}

function SignHere({ roles }: { roles: string[] }): JSX.Element {
  const name = words();
  return (
    <table class="report-sign">
      <thead>
        <tr>
          {[name.role, name.fullName, name.signature, name.date].map((one) => (
            <th key={one} scope="col">
              {one}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {roles.map((role) => (
          <tr key={role}>
            <th scope="row">{role}</th>
            <td />
            <td />
            <td />
          </tr>
        ))}
      </tbody>
    </table>
  );
}

export function PrintedReport({ found, place }: { found: Copy; place: ReportPlace }): JSX.Element {
  const { copy, designs } = found;
  const name = words();
  const design = designs.get(copy.design) as Design;
  const forms = formsOf(copy.forms, place);
  const title = say(design.forms.find((one) => one.oid === place.form)?.label) || place.form;
  const spoken = language.value;
  useLayoutEffect(() => {
    const time = daySecondAt(copy.at, copy.offset_minutes);
    const head = [studyName(design), title, numberOf(copy.participant), `${name.version} ${copy.design}`, time].join(' · ');
    return setMargins(head, copy.synthetic ? 'SYNTHETIC' : '', name.page);
  }, [copy, spoken]);
  const roles = place.form === 'F.SAE' ? [name.investigator, name.safetyPhysician] : [name.reporter, name.investigator];
  return (
    <div class="copy">
      <Facts copy={copy} design={design} title={`${title} ${place.form_repeat}`} />
      {forms.length === 0 ? <p>{name.noReport}</p> : null}
      {forms.map((view) => (
        <PrintedForm key={`${view.form}/${view.form_repeat}`} view={view} design={designs.get(view.version) ?? design} copy={copy} />
      ))}
      <article class="copy-form">
        <h3>{name.signHere}</h3>
        <SignHere roles={roles} />
      </article>
    </div>
  );
}
