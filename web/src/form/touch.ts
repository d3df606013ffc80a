// What a touch outside of a field does to it.

import { useEffect } from 'preact/hooks';
import { drafts, fieldKey, formKey } from '../state/drafts';
import { watchTouchElsewhere } from './choices';
import { commit, type OpenForm } from './save';

/** A touch outside a field that is still being chosen hands it over. */
export function useTouchElsewhere(form: OpenForm): void {
  useEffect(
    () =>
      watchTouchElsewhere((inside) => {
        const here = inside?.getAttribute('data-field');
        const key = formKey(form.place);
        for (const draft of drafts.value.values()) {
          const isElsewhere = fieldKey(draft.item, draft.row) !== here;
          if (isElsewhere && draft.stage === 'typing' && formKey(draft.place) === key) {
            commit(form, draft.item, draft.row);
          }
        }
      }),
    [form],
  );
}
