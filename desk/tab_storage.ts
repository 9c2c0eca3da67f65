/** The methods of `sessionStorage` that the desk needs. What it holds belongs to
 * this tab until the tab closes. */
export type TabStorage = Pick<
  Storage,
  "getItem" | "setItem" | "removeItem" | "key" | "length"
>;

/** Begins every key of the desk. */
const PREFIX = "desk-";

/** Stores a text; undefined deletes it. */
export function store(
  storage: TabStorage,
  key: string,
  text: string | undefined,
): void {
  if (text === undefined) return storage.removeItem(PREFIX + key);
  if (stored(storage, key) === text) return;
  try {
    storage.setItem(PREFIX + key, text);
  } catch {
    // The browser's storage is full, so the text lasts only as long as the
    // page.
  }
}

export function stored(storage: TabStorage, key: string): string | null {
  return storage.getItem(PREFIX + key);
}

/** Deletes all that the desk has stored in this tab, for the sign-out. */
export function forgetTab(storage: TabStorage): void {
  const keys = Array.from(
    { length: storage.length },
    (_, index) => storage.key(index) ?? "",
  );
  for (const key of keys) {
    if (key.startsWith(PREFIX)) storage.removeItem(key);
  }
}
