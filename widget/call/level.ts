const EVERY_MS = 80;

/** Shows how loud a track is on a meter, until stopped. */
export function showLevel(
  track: MediaStreamTrack,
  meter: HTMLMeterElement,
): () => void {
  try {
    const audio = new AudioContext();
    const analyser = audio.createAnalyser();
    audio.createMediaStreamSource(new MediaStream([track])).connect(analyser);
    const wave = new Float32Array(analyser.fftSize);
    const timer = setInterval(() => {
      analyser.getFloatTimeDomainData(wave);
      const power = wave.reduce((sum, value) => sum + value * value, 0);
      meter.value = Math.min(1, Math.sqrt(power / wave.length) * 4);
    }, EVERY_MS);
    return () => {
      clearInterval(timer);
      audio.close().catch(() => {}); // A second time.
    };
  } catch {
    return () => {}; // No meter, but a call.
  }
}
