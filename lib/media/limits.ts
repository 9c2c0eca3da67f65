/** Limits for everything that a browser promises in a call, in ms. */
export const MEDIA_LIMITS = {
  /** From then on, a person is reminded of the browser's question. */
  remindMs: 4_000,
  /** A screen has to be found and chosen, so its picker may stay open longer. */
  screenMs: 120_000,
  /** Lists of devices, another speaker, the first sound. */
  deviceMs: 5_000,
  /** One step of a connection: a description is made or applied. */
  stepMs: 10_000,
  /** Gathering ends after this time without another candidate … */
  gatherSilenceMs: 1_000,
  /** … and after this time in any case. */
  gatherMs: 5_000,
  /** A camera that comes back later than this stays off: nobody expects it. */
  cameraBackMs: 10_000,
  /** How long the change to another device is shown. */
  replacedShownMs: 8_000,
} as const;
