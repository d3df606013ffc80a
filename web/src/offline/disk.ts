// This device's own store (IndexedDB). A write is done when it is on the disk, not when it is in a
// buffer of the browser: what counts as kept must outlive a crash of tablet and browser.

export type Shelf = 'keys' | 'outbox' | 'refused' | 'kept';

const NAME = 'osteon';
const VERSION = 1;

let opening: Promise<IDBDatabase> | null = null;

function open(): Promise<IDBDatabase> {
  opening ??= new Promise<IDBDatabase>((resolve, reject) => {
    const request = indexedDB.open(NAME, VERSION);
    request.onupgradeneeded = () => {
      const base = request.result;
      base.createObjectStore('keys');
      // The order in which things were entered is the key.
      base.createObjectStore('outbox', { autoIncrement: true });
      base.createObjectStore('refused');
      base.createObjectStore('kept');
    };
    request.onsuccess = () => {
      // A later version of the page that changes the store must not wait for this one.
      request.result.onversionchange = () => request.result.close();
      request.result.onclose = () => {
        opening = null;
      };
      resolve(request.result);
    };
    request.onerror = () => reject(request.error ?? new Error('no store'));
  });
  opening.catch(() => {
    opening = null;
  });
  return opening;
}

function answerOf<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new Error('not read'));
  });
}

/** All of `change` or nothing of it; resolved when it is on the disk. */
export async function write<T>(shelves: Shelf[], change: (on: (shelf: Shelf) => IDBObjectStore) => T): Promise<T> {
  const base = await open();
  const isCopy = shelves.every((shelf) => shelf === 'kept');
  const unit = base.transaction(shelves, 'readwrite', { durability: isCopy ? 'relaxed' : 'strict' });
  const done = new Promise<void>((resolve, reject) => {
    unit.oncomplete = () => resolve();
    unit.onabort = () => reject(unit.error ?? new Error('not written'));
  });
  const result = change((shelf) => unit.objectStore(shelf));
  await done;
  return result;
}

export async function read<T>(shelf: Shelf, key: IDBValidKey): Promise<T | undefined> {
  const base = await open();
  return answerOf(base.transaction(shelf).objectStore(shelf).get(key) as IDBRequest<T | undefined>);
}

/** Everything on a shelf with its keys, in the order of the keys. */
export async function readAll<T>(shelf: Shelf): Promise<[IDBValidKey, T][]> {
  const base = await open();
  const store = base.transaction(shelf).objectStore(shelf);
  const [keys, values] = await Promise.all([answerOf(store.getAllKeys()), answerOf(store.getAll() as IDBRequest<T[]>)]);
  return keys.map((key, n) => [key, values[n] as T]);
}

/** Whether this browser lets the page keep anything encrypted: only over https, or from this machine itself. */
export const canKeep = isSecureContext && 'indexedDB' in self;
