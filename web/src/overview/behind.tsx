// From a figure of the overview to the participants and answers that it is made of.

import type { JSX } from 'preact';
import { words } from '../analysis/words';

export function Behind({ analysis }: { analysis: string }): JSX.Element {
  return (
    <p class="analysis-link">
      <a href={`#/analysis/${analysis}`}>{words().whoLink}</a>
    </p>
  );
}
