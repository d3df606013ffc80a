// What comes with whoever signs in: the door alone is small.

import { connectForms } from './form/save';
import { startWorker } from './offline/worker';
import { watchQueries } from './queries/waiting';
import { watchMisuse } from './users/misuse-count';

export { Participants } from './screens/participants';
export { Strip } from './offline/strip';

connectForms();
watchQueries();
watchMisuse();
startWorker();
