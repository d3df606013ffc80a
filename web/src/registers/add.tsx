// A new line. A delegation names its person first: the roles to choose from are his.

import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { post } from '../api';
import { can, design } from '../state/who';
import { say } from '../text';
import { Button, ProblemNotice, TextField } from '../ui/parts';
import { Choice, Fields } from './fields';
import type { Register, Staff } from './types';
import { words } from './words';

/** The administrator enters principal investigators, these enter everybody else. */
function rolesOf(person: Staff | undefined, site: string, delegated: readonly string[]): string[] {
  const isAdministrator = can('manage users and roles');
  return (person?.roles ?? [])
    .filter((grant) => (!grant.site || grant.site === site) && delegated.includes(grant.role) && (grant.role === 'PI') === isAdministrator)
    .map((grant) => grant.role);
}

export function AddLine({ register, onDone }: { register: Register; onDone: (register: Register) => void }): JSX.Element {
  const text = words();
  const sites = design.value?.sites ?? [];
  const [site, setSite] = useState(sites[0]?.code ?? '');
  const [person, setPerson] = useState('');
  const [document, setDocument] = useState('');
  const [values, setValues] = useState<Record<string, string>>({});
  const [error, setError] = useState<unknown>(null);
  const isDelegation = register.name === 'DELEG';
  const delegated = register.fields.find((field) => field.name === 'ROLE')?.choices ?? [];
  const staff = register.staff.filter((one) => rolesOf(one, site, delegated).length > 0);
  const roles = rolesOf(staff.find((one) => one.name === person), site, delegated);
  const fields = register.fields
    .filter((field) => !field.by_program)
    .map((field) => (isDelegation && field.name === 'ROLE' ? { ...field, choices: roles } : field));
  const send = (): void => {
    const entries = Object.entries(values)
      .filter(([, value]) => value.trim() !== '')
      .map(([field, value]) => ({ field, value: value.trim() }));
    const body = {
      entries,
      ...(register.of_site ? { site } : {}),
      ...(isDelegation ? { person, document: document.trim() } : {}),
    };
    post<Register>(`/api/registers/${register.name}`, body).then(onDone).catch(setError);
  };
  return (
    <details class="register-add">
      <summary>{text.add}</summary>
      <form
        class="register-form"
        onSubmit={(submit) => {
          submit.preventDefault();
          send();
        }}
      >
        {register.of_site && sites.length > 1 ? (
          <Choice
            id="line-site"
            label={text.site}
            value={site}
            choices={sites.map((one) => one.code)}
            nameOf={(code) => `${code} ${say(sites.find((one) => one.code === code)?.name)}`}
            required
            onChange={setSite}
          />
        ) : null}
        {isDelegation ? (
          <Choice
            id="line-person"
            label={`${text.person} · ${text.needed}`}
            value={person}
            choices={staff.map((one) => one.name)}
            nameOf={(name) => staff.find((one) => one.name === name)?.full_name ?? name}
            required
            onChange={(name) => {
              setPerson(name);
              setValues({ ...values, ROLE: rolesOf(staff.find((one) => one.name === name), site, delegated)[0] ?? '' });
            }}
          />
        ) : null}
        {isDelegation && values.ROLE === 'PI' ? (
          <TextField id="line-document" label={`${text.document} · ${text.needed}`} value={document} onInput={setDocument} maxLength={2000} required />
        ) : null}
        <Fields prefix="line" fields={fields} values={values} onChange={(field, value) => setValues({ ...values, [field]: value })} />
        {error === null ? null : <ProblemNotice error={error} />}
        <div>
          <Button type="submit" kind="primary">
            {text.save}
          </Button>
        </div>
      </form>
    </details>
  );
}
