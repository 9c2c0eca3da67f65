/** The media of the call that this page has, as it is shown. */
export interface MediaState {
  call: string;
  /**
   * asking (for the microphone) -> connecting -> connected <-> reconnecting;
   * each may go to over.
   */
  phase: "asking" | "connecting" | "connected" | "reconnecting" | "over";
  /** Whether the visitor offered video, so that the camera is of use. */
  canSendVideo: boolean;
  camera: "off" | "starting" | "on";
  muted: boolean;
  held: boolean;
  trouble: MediaTrouble | null;
  local: MediaStream | null;
  remote: MediaStream | null;
  /** Whether a picture of the visitor comes in. */
  remoteVideo: boolean;
}

/** What is wrong with microphone, camera or connection. */
export type MediaTrouble =
  | "microphone-denied"
  | "microphone-missing"
  | "microphone-busy"
  | "microphone-lost"
  | "camera-denied"
  | "camera-missing"
  | "camera-busy"
  | "insecure"
  | "failed";

export function newMedia(call: string): MediaState {
  return {
    call,
    phase: "asking",
    canSendVideo: false,
    camera: "off",
    muted: false,
    held: false,
    trouble: null,
    local: null,
    remote: null,
    remoteVideo: false,
  };
}

/** What getUserMedia's error says about a device: the names of its spec. */
export function troubleOf(
  error: unknown,
  device: "microphone" | "camera",
): MediaTrouble {
  const name = error instanceof Error || error instanceof DOMException
    ? error.name
    : "";
  switch (name) {
    case "NotAllowedError":
    case "SecurityError":
      return `${device}-denied`;
    case "NotFoundError":
    case "OverconstrainedError":
      return `${device}-missing`;
    case "NotReadableError":
    case "AbortError":
      return `${device}-busy`;
    case "InsecureError":
      return "insecure";
    default:
      return `${device}-missing`;
  }
}
