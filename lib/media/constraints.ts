/** Devices by their ids; "" for the browser's choice. */
export interface Chosen {
  microphone: string;
  camera: string;
}

/** Not `exact`, so that another device replaces one that was unplugged. */
export function microphoneOf({ microphone }: Chosen): MediaTrackConstraints {
  return {
    echoCancellation: true,
    noiseSuppression: true,
    autoGainControl: true,
    ...(microphone === "" ? {} : { deviceId: microphone }),
  };
}

export function cameraOf({ camera }: Chosen): MediaTrackConstraints {
  const size = { width: { ideal: 1280 }, height: { ideal: 720 } };
  return camera === ""
    ? { ...size, facingMode: "user" }
    : { ...size, deviceId: camera };
}
