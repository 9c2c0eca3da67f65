/** A note: its pitch in Hz, and its start and duration in seconds. */
export type Note = readonly [hz: number, at: number, seconds: number];

/** Fade-in, so that no note begins with a click. */
const RISE_S = 0.012;
/** Remaining level of a note at its end. */
const END_LEVEL = 0.001;

/**
 * Returns the samples, from -1 to 1, of `seconds` of soft bells. Each note is a
 * tone with a quiet octave above it that fades sooner.
 */
export function bells(
  notes: readonly Note[],
  { seconds, sampleRate }: { seconds: number; sampleRate: number },
): Float32Array<ArrayBuffer> {
  const samples = new Float32Array(Math.ceil(seconds * sampleRate));
  for (const [hz, at, lasts] of notes) {
    add(samples, { hz, at, lasts, level: 0.45, sampleRate });
    add(samples, { hz: hz * 2, at, lasts: lasts / 2, level: 0.1, sampleRate });
  }
  return samples;
}

function add(
  samples: Float32Array,
  { hz, at, lasts, level, sampleRate }: {
    hz: number;
    at: number;
    lasts: number;
    level: number;
    sampleRate: number;
  },
): void {
  const from = Math.round(at * sampleRate);
  const count = Math.min(samples.length - from, Math.ceil(lasts * sampleRate));
  for (let n = 0; n < count; n++) {
    const time = n / sampleRate;
    const rise = Math.min(1, time / RISE_S);
    const fall = END_LEVEL ** (time / lasts);
    const tone = Math.sin(2 * Math.PI * hz * time) * rise * fall * level;
    samples[from + n] = (samples[from + n] ?? 0) + tone;
  }
}
