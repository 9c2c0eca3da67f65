/** The App password of the PBX, as far as an archive has to do with it. It is
 * sealed in the store with a key that stands outside of it. */
export interface StoredAppPassword {
  /** Undefined: none is stored, or it cannot be opened. */
  get(): Promise<string | undefined>;
  set(password: string): Promise<void>;
}

/** Where there is no PBX. */
export const NO_APP_PASSWORD: StoredAppPassword = {
  get: () => Promise.resolve(undefined),
  set: () => Promise.resolve(),
};
