// Roles at sites, as rows that can be added and taken away.

import type { JSX } from 'preact';
import { design } from '../state/who';
import { say, text } from '../text';
import type { Grant } from '../types';
import { Button } from '../ui/parts';

/** Roles that are held for the study as a whole have no site. */
const EVERYWHERE: ReadonlySet<string> = new Set(['SAF', 'DM', 'STAT', 'REG', 'ADM']);

interface Props {
  grants: Grant[];
  onChange: (grants: Grant[]) => void;
}

function withRole(role: string, site: string | undefined): Grant {
  if (EVERYWHERE.has(role)) return { role };
  return { role, site: site ?? design.value?.sites[0]?.code ?? '' };
}

function GrantRow({ grant, n, onChange, onRemove }: { grant: Grant; n: number; onChange: (grant: Grant) => void; onRemove: (() => void) | null }): JSX.Element {
  const words = text();
  return (
    <div class="grant">
      <div class="entry">
        <label for={`role-${n}`}>{words.users.role}</label>
        <select
          id={`role-${n}`}
          class="box"
          value={grant.role}
          onChange={(event) => onChange(withRole(event.currentTarget.value, grant.site))}
        >
          {Object.entries(words.roles).map(([role, name]) => (
            <option key={role} value={role}>
              {name}
            </option>
          ))}
        </select>
      </div>
      {grant.site === undefined ? (
        <span class="grant-all">{words.users.allSites}</span>
      ) : (
        <div class="entry">
          <label for={`site-${n}`}>{words.users.site}</label>
          <select
            id={`site-${n}`}
            class="box"
            value={grant.site}
            onChange={(event) => onChange({ ...grant, site: event.currentTarget.value })}
          >
            {(design.value?.sites ?? []).map((site) => (
              <option key={site.code} value={site.code}>
                {site.code} · {say(site.name)}
              </option>
            ))}
          </select>
        </div>
      )}
      {onRemove ? (
        <Button kind="quiet" onClick={onRemove}>
          {words.users.removeRole}
        </Button>
      ) : null}
    </div>
  );
}

export function newGrant(): Grant {
  return withRole('CRC', undefined);
}

export function Grants({ grants, onChange }: Props): JSX.Element {
  const words = text().users;
  return (
    <fieldset class="grants">
      <legend>{words.roles}</legend>
      {grants.map((grant, n) => (
        <GrantRow
          key={n}
          n={n}
          grant={grant}
          onChange={(next) => onChange(grants.map((old, at) => (at === n ? next : old)))}
          onRemove={grants.length > 1 ? () => onChange(grants.filter((_, at) => at !== n)) : null}
        />
      ))}
      <Button kind="quiet" onClick={() => onChange([...grants, newGrant()])}>
        {words.addRole}
      </Button>
    </fieldset>
  );
}
