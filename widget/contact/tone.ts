/** Plays notes of `hz` one after the other, each `ms` long, softly. */
export function play(audio: AudioContext, hz: readonly number[], ms: number) {
  const gain = audio.createGain();
  gain.connect(audio.destination);
  hz.forEach((frequency, i) => {
    const from = audio.currentTime + i * ms / 1_000;
    const to = from + ms / 1_000;
    const note = audio.createOscillator();
    note.frequency.value = frequency;
    gain.gain.setValueAtTime(0, from);
    gain.gain.linearRampToValueAtTime(0.06, from + 0.02);
    gain.gain.setValueAtTime(0.06, to - 0.05);
    gain.gain.linearRampToValueAtTime(0, to);
    note.connect(gain);
    note.start(from);
    note.stop(to);
  });
}

/** Plays a soft tone for a new message. Before the visitor has pressed anything
 * on the page, browsers block sound and warn about the attempt, so the
 * function does nothing. Firefox before 120 cannot tell, and only warns. */
export function chime(): void {
  if (navigator.userActivation?.hasBeenActive === false) return;
  try {
    const audio = new AudioContext();
    play(audio, [660, 880], 140);
    setTimeout(() => audio.close(), 1_000);
  } catch {
    // The visitor sees the message anyway.
  }
}
