import { err, ok, type Result } from "@/lib/base/result.ts";
import type { EndReason } from "./end_reason.ts";

export interface OwnMedia {
  stream: MediaStream;
  /** A camera was wanted, and there is none that can be used. */
  noCamera: boolean;
}

/** Devices by their ids; "" for the browser's choice. */
export interface Chosen {
  microphone: string;
  camera: string;
  speaker?: string;
}

type Devices = Pick<MediaDevices, "getUserMedia">;

/**
 * Opens the microphone, and the camera if it is wanted and there is one. Where
 * that cannot be, says why in a way that the visitor can act on. Never throws.
 */
export async function openMedia(
  { video, chosen }: { video: boolean; chosen: Chosen },
  devices: Devices | undefined = navigator.mediaDevices,
): Promise<Result<OwnMedia, EndReason>> {
  if (!isSecureContext) return err("insecurePage");
  if (!devices || typeof RTCPeerConnection === "undefined") {
    return err("noWebrtc");
  }
  const constraints = {
    audio: audioOf(chosen),
    video: video && videoOf(chosen),
  };
  try {
    const stream = await devices.getUserMedia(constraints);
    return ok({ stream, noCamera: false });
  } catch (error) {
    if (!video) return err(await reasonOf(error));
  }
  try {
    const stream = await devices.getUserMedia({ ...constraints, video: false });
    return ok({ stream, noCamera: true });
  } catch (error) {
    return err(await reasonOf(error));
  }
}

export function audioOf({ microphone }: Chosen): MediaTrackConstraints {
  return {
    echoCancellation: true,
    noiseSuppression: true,
    autoGainControl: true,
    // No `exact`: a microphone that was unplugged is replaced by another.
    ...(microphone === "" ? {} : { deviceId: microphone }),
  };
}

export function videoOf({ camera }: Chosen): MediaTrackConstraints {
  const size = { width: { ideal: 1280 }, height: { ideal: 720 } };
  return camera === ""
    ? { ...size, facingMode: "user" }
    : { ...size, deviceId: camera };
}

async function reasonOf(error: unknown): Promise<EndReason> {
  switch (
    error instanceof Error || error instanceof DOMException ? error.name : ""
  ) {
    case "NotAllowedError":
    case "SecurityError":
      return await import("./denied.ts").then(
        ({ deniedReason }) => deniedReason(),
        () => "noPermission", // The network is away, or the service was updated.
      );
    case "NotFoundError":
    case "OverconstrainedError":
      return "noDevice";
    default:
      return "deviceBusy";
  }
}
