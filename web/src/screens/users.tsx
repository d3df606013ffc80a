// Who may sign in, and as what. Adding a user gives a one-time link, shown once.

import type { JSX } from 'preact';
import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import { get } from '../api';
import { dayMinute } from '../format';
import { route, setSearch } from '../route';
import { afterChanges } from '../state/live';
import { siteName } from '../state/who';
import { text } from '../text';
import type { Grant, User } from '../types';
import { NotKept } from '../registers/kept';
import { AddUser } from '../users/add';
import { UserPanel } from '../users/panel';
import { MisuseSigns, PasswordRules } from '../users/protection';
import { Page } from '../ui/frame';
import { Button, Empty, ProblemNotice } from '../ui/parts';
import { Status } from '../ui/shape';

const REFETCH_MS = 300;

function useUsers(): { users: User[] | null; error: unknown; refetch: () => void } {
  const [users, setUsers] = useState<User[] | null>(null);
  const [error, setError] = useState<unknown>(null);
  const fetchUsers = useCallback(async (): Promise<void> => {
    try {
      setUsers((await get<{ users: User[] }>('/api/users')).users);
      setError(null);
    } catch (problem) {
      setError(problem);
    }
  }, []);
  useEffect(() => {
    void fetchUsers();
    return afterChanges(() => void fetchUsers(), REFETCH_MS);
  }, [fetchUsers]);
  return { users, error, refetch: () => void fetchUsers() };
}

export function roleName(role: string): string {
  const words = text().roles;
  return words[role as keyof typeof words] ?? role;
}

export function grantText(grant: Grant): string {
  return grant.site ? `${roleName(grant.role)} · ${siteName(grant.site)}` : roleName(grant.role);
}

export function UserStatus({ user }: { user: User }): JSX.Element {
  const words = text().users;
  if (user.disabled) return <Status shape="cross" tone="quiet" word={words.disabled} />;
  if (user.has_password === false) return <Status shape="due" tone="wait" word={words.invited} />;
  return <Status shape="complete" tone="ok" word={words.active} />;
}

interface TableProps {
  users: User[];
  chosen: number | null;
  onChoose: (id: number) => void;
}

function Table({ users, chosen, onChoose }: TableProps): JSX.Element {
  const words = text().users;
  const hasSeen = users.some((user) => user.last_sign_in);
  return (
    <div class="table-wrap">
      <table class="table users">
        <thead>
          <tr>
            <th scope="col">{words.name}</th>
            <th scope="col">{words.roles}</th>
            <th scope="col">{words.state}</th>
            <th scope="col">{words.secondStep}</th>
            {hasSeen ? <th scope="col">{words.lastSeen}</th> : null}
          </tr>
        </thead>
        <tbody>
          {users.map((user) => (
            <tr key={user.id} class={chosen === user.id ? 'chosen' : ''}>
              <th scope="row">
                <button
                  type="button"
                  class="link strong"
                  data-row
                  aria-expanded={chosen === user.id}
                  onClick={() => onChoose(user.id)}
                >
                  {user.full_name || user.name}
                </button>
                <small>{user.name}</small>
              </th>
              <td data-name={words.roles} class="grants-text">
                {user.roles.map((grant, n) => (
                  <span key={n}>{`${n > 0 ? ', ' : ''}${grantText(grant)}`}</span>
                ))}
              </td>
              <td data-name={words.state}>
                <UserStatus user={user} />
              </td>
              <td data-name={words.secondStep}>{user.totp ? words.on : <span class="none">{words.off}</span>}</td>
              {hasSeen ? (
                <td data-name={words.lastSeen} class="num">
                  {user.last_sign_in ? dayMinute(user.last_sign_in) : <span class="none">–</span>}
                </td>
              ) : null}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

const STATES = ['active', 'invited', 'disabled'] as const;
type State = (typeof STATES)[number];

const stateOf = (user: User): State => (user.disabled ? 'disabled' : user.has_password === false ? 'invited' : 'active');

/** By what is typed: name, full name, role, site. */
function isFound(user: User, find: string): boolean {
  const said = [user.name, user.full_name, ...user.roles.flatMap((grant) => [grant.role, grantText(grant)])].join(' ').toLowerCase();
  return find
    .toLowerCase()
    .split(/\s+/)
    .every((part) => said.includes(part));
}

/** Both stand in the address. */
function Filters({ users, find, state }: { users: readonly User[]; find: string; state: string }): JSX.Element {
  const words = text().users;
  const [typed, setTyped] = useState(find);
  const own = useRef(find);
  // Another address; what is being typed here is newer than what this was drawn for.
  useEffect(() => {
    const asked = route.value.search.get('find') ?? '';
    if (asked !== own.current) setTyped(asked);
    own.current = asked;
  }, [find]);
  const names: Record<State, string> = { active: words.active, invited: words.invited, disabled: words.disabled };
  return (
    <>
      <div class="find">
        <input
          class="box"
          type="search"
          data-find
          aria-label={words.find}
          placeholder={words.find}
          value={typed}
          autocomplete="off"
          spellcheck={false}
          onInput={(event) => {
            own.current = event.currentTarget.value;
            setTyped(event.currentTarget.value);
            setSearch({ find: event.currentTarget.value });
          }}
        />
        <kbd aria-hidden="true">/</kbd>
      </div>
      <div class="filters" role="group" aria-label={words.state}>
        {['', ...STATES].map((one) => (
          <button key={one} type="button" class="filter num" aria-pressed={state === one} onClick={() => setSearch({ state: one })}>
            {one === '' ? words.everybody : `${names[one as State]} ${users.filter((user) => stateOf(user) === one).length}`}
          </button>
        ))}
      </div>
    </>
  );
}

export default function Users(): JSX.Element {
  const { users, error, refetch } = useUsers();
  const find = (route.value.search.get('find') ?? '').trim();
  const state = route.value.search.get('state') ?? '';
  const shown = users?.filter((one) => isFound(one, find) && (state === '' || stateOf(one) === state)) ?? [];
  const [chosen, setChosen] = useState<number | null>(null);
  const [adding, setAdding] = useState(false);
  const words = text().users;
  const user = users?.find((one) => one.id === chosen);
  return (
    <Page title={words.title} sub={users ? <span class="num">{words.count(users.length)}</span> : null}>
      <div class="list-bar">
        <p class="lead">{words.lead}</p>
        <span class="spring" />
        <Button kind="primary" expanded={adding} onClick={() => setAdding(true)}>
          {words.add}
        </Button>
      </div>
      {adding ? <AddUser onClose={() => setAdding(false)} onAdded={refetch} /> : null}
      {error === null ? null : <ProblemNotice error={error} onRetry={refetch} />}
      <NotKept />
      <MisuseSigns />
      <div class={`work${user ? ' with-history' : ' alone'}`}>
        <div>
          {users ? <Filters users={users} find={route.value.search.get('find') ?? ''} state={state} /> : null}
          {shown.length > 0 ? (
            <Table users={shown} chosen={chosen} onChoose={(id) => setChosen(id === chosen ? null : id)} />
          ) : null}
          {users && shown.length === 0 ? (
            <Empty title={words.nobody}>
              <Button onClick={() => setSearch({ find: '', state: '' })}>{words.everybody}</Button>
            </Empty>
          ) : null}
        </div>
        {user ? (
          <aside class="aside" aria-label={user.full_name || user.name}>
            <UserPanel key={user.id} user={user} onClose={() => setChosen(null)} onChanged={refetch} />
          </aside>
        ) : null}
      </div>
      <PasswordRules />
    </Page>
  );
}
