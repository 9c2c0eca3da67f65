/** The App password of the PBX, as an archive needs it. In the store it is
 * encrypted with a key that is kept outside of the store. */
export interface StoredAppPassword {
  /** Undefined if none is stored, or it cannot be decrypted. */
  get(): Promise<string | undefined>;
  set(password: string): Promise<void>;
}

/** For services without a PBX. */
export const NO_APP_PASSWORD: StoredAppPassword = {
  get: () => Promise.resolve(undefined),
  set: () => Promise.resolve(),
};
