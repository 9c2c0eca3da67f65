import { deepEqual, equal, ok } from "node:assert/strict";
import { play } from "./tone.ts";

/** A browser's sound that notes what is played, and how loud. */
function recorder() {
  const notes: { hz: number; from: number; to: number }[] = [];
  const levels: [level: number, at: number][] = [];
  /** Pairs of connected parts, from the notes to the loudspeaker. */
  const wires: [from: string, to: unknown][] = [];
  const level = (value: number, at: number) => void levels.push([value, at]);
  const audio = {
    currentTime: 10,
    destination: "loudspeaker",
    createGain: () => ({
      name: "gain",
      connect: (to: unknown) => void wires.push(["gain", to]),
      gain: { setValueAtTime: level, linearRampToValueAtTime: level },
    }),
    createOscillator: () => {
      const note = { hz: 0, from: 0, to: 0 };
      notes.push(note);
      return {
        frequency: {
          set value(hz: number) {
            note.hz = hz;
          },
        },
        connect: ({ name }: { name: string }) =>
          void wires.push(["note", name]),
        start: (at: number) => note.from = at,
        stop: (at: number) => note.to = at,
      };
    },
  };
  return { audio: audio as unknown as AudioContext, notes, levels, wires };
}

Deno.test("notes are played one after the other", () => {
  const { audio, notes, wires } = recorder();

  play(audio, [660, 880], 500);

  deepEqual(wires, [
    ["gain", "loudspeaker"],
    ["note", "gain"],
    ["note", "gain"],
  ]);
  deepEqual(notes, [
    { hz: 660, from: 10, to: 10.5 },
    { hz: 880, from: 10.5, to: 11 },
  ]);
});

Deno.test("a note is soft and has no click at either end", () => {
  const { audio, levels } = recorder();

  play(audio, [660], 500);

  const [first, ...others] = levels;
  deepEqual([first, others.at(-1)], [[0, 10], [0, 10.5]]);
  equal(Math.max(...levels.map(([level]) => level)), 0.06);
  ok(levels.every(([, at], n) => n === 0 || at > (levels[n - 1]?.[1] ?? 0)));
});
