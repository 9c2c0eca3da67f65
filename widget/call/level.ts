const EVERY_MS = 80;

/**
 * Shows the level of the current track on a meter until the returned function
 * is called. Another microphone may replace the first one meanwhile.
 */
export function showLevel(
  current: () => MediaStreamTrack | undefined,
  meter: HTMLMeterElement,
): () => void {
  let audio: AudioContext | undefined;
  let analyser: AnalyserNode;
  let source: AudioNode | undefined;
  let heard: MediaStreamTrack | undefined;
  const wave = new Float32Array(2_048);
  const listen = (track: MediaStreamTrack | undefined) => {
    heard = track;
    source?.disconnect();
    meter.value = 0;
    if (!track) return;
    audio ??= new AudioContext();
    analyser ??= audio.createAnalyser();
    source = audio.createMediaStreamSource(new MediaStream([track]));
    source.connect(analyser);
  };
  const timer = setInterval(() => {
    try {
      if (current() !== heard) listen(current());
      if (!heard) return;
      analyser.getFloatTimeDomainData(wave);
      const power = wave.reduce((sum, value) => sum + value * value, 0);
      meter.value = Math.min(1, Math.sqrt(power / wave.length) * 4);
    } catch {
      clearInterval(timer); // The call works without a meter.
    }
  }, EVERY_MS);
  return () => {
    clearInterval(timer);
    audio?.close().catch(() => {}); // It is closed already.
  };
}
