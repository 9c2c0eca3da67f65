/** Time limits for everything that the browser does in a call, in ms. */
export const MEDIA_LIMITS = {
  /** After this time, the person is reminded of the browser's question. */
  remindMs: 4_000,
  /** The user has to find and choose a screen, so its picker may stay open
   * longer. */
  screenMs: 120_000,
  /** Lists of devices, another speaker, the first sound. */
  deviceMs: 5_000,
  /** A step of a connection: a description is created or applied. */
  stepMs: 10_000,
  /** Gathering ends after this time without another candidate … */
  gatherSilenceMs: 1_000,
  /** … and after this time in any case. */
  gatherMs: 5_000,
  /** A camera that comes back later than this stays off, because the user no
   * longer expects it. */
  cameraBackMs: 10_000,
  /** Time for which the change to another device is shown. */
  replacedShownMs: 8_000,
} as const;
