// An identifying item: entered here, kept sealed apart, shown only on request, and each showing
// is in the log.

import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { post } from '../api';
import { text } from '../text';
import { fieldText } from '../values/answer';
import { Button, problemTitle } from '../ui/parts';
import { Shape } from '../ui/shape';
import { WrittenControl } from './controls';
import { type FieldProps, useForm } from './context';

const SHOWN_SECONDS = 30;

function useShown(props: FieldProps): { shown: string | null; error: unknown; show: (reason?: string) => Promise<void>; hide: () => void } {
  const { form } = useForm();
  const [shown, setShown] = useState<string | null>(null);
  const [error, setError] = useState<unknown>(null);
  const version = props.state.value?.version;
  useEffect(() => setShown(null), [version]);
  useEffect(() => {
    if (shown === null) return undefined;
    const timer = setTimeout(() => setShown(null), SHOWN_SECONDS * 1000);
    return () => clearTimeout(timer);
  }, [shown]);
  const show = async (reason = ''): Promise<void> => {
    const { participant, ...place } = form.place;
    try {
      const answer = await post<{ value: string }>(`/api/participants/${participant}/vault/view`, {
        ...place,
        item: props.item.oid,
        ...(props.row ? { row: props.row } : {}),
        ...(reason ? { reason } : {}),
      });
      setShown(answer.value);
      setError(null);
    } catch (problem) {
      setError(problem);
    }
  };
  return { shown, error, show, hide: () => setShown(null) };
}

/** Once, with a reason, and the investigator is told. */
function BreakGlass({ onShow }: { onShow: (reason: string) => void }): JSX.Element {
  const [asks, setAsks] = useState(false);
  const [reason, setReason] = useState('');
  const words = text().vault;
  if (!asks) {
    return (
      <Button class="small" onClick={() => setAsks(true)}>
        {words.breakGlass}
      </Button>
    );
  }
  return (
    <form
      class="ask-own"
      onSubmit={(event) => {
        event.preventDefault();
        if (!reason.trim()) return;
        onShow(reason.trim());
        setAsks(false);
        setReason('');
      }}
    >
      <input
        class="box"
        aria-label={words.whyGlass}
        placeholder={words.whyGlass}
        value={reason}
        maxLength={2000}
        ref={(input) => input?.focus()}
        onInput={(event) => setReason(event.currentTarget.value)}
      />
      <Button type="submit" kind="primary" disabled={!reason.trim()}>
        {words.showAct}
      </Button>
      <Button kind="quiet" onClick={() => setAsks(false)}>
        {text().reason.cancel}
      </Button>
    </form>
  );
}

export function VaultControl(props: FieldProps): JSX.Element {
  const { form } = useForm();
  const [changing, setChanging] = useState(false);
  const { shown, error, show, hide } = useShown(props);
  const may = form.view.value?.may;
  const words = text().vault;
  const isStored = props.state.value?.in_vault === true || props.state.isWaiting;
  const mayEnter = props.mayEdit && (may?.vault_edit ?? false);
  const isOpen = !isStored || changing || props.state.draft !== undefined;
  useEffect(() => {
    if (props.state.isWaiting) setChanging(false);
  }, [props.state.isWaiting]);

  if (isOpen && mayEnter) {
    return (
      <>
        <WrittenControl {...props} />
        <span class="vault-note">
          <Shape name="derived" />
          {words.goesToVault}
        </span>
      </>
    );
  }
  if (!isStored) return <span class="no-value">{words.notYours}</span>;
  return (
    <span class="vault">
      <span class="vault-value num" role="status">
        {shown === null ? words.stored : fieldText(props.item, shown)}
      </span>
      {may?.vault_view && props.state.value?.in_vault ? (
        <Button class="small" onClick={() => (shown === null ? void show() : hide())}>
          {shown === null ? words.show : words.hide}
        </Button>
      ) : null}
      {!may?.vault_view && may?.break_glass && props.state.value?.in_vault && shown === null ? (
        <BreakGlass onShow={(reason) => void show(reason)} />
      ) : null}
      {mayEnter ? (
        <Button class="small" kind="quiet" onClick={() => setChanging(true)}>
          {words.change}
        </Button>
      ) : null}
      {error === null ? null : <span class="tone-bad">{problemTitle(error)}</span>}
    </span>
  );
}
