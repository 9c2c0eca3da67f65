import type { Notice } from "@/lib/media/ports.ts";
import type { MediaTrouble } from "@/lib/media/trouble.ts";

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
  trouble: DeskTrouble | null;
  /** What the agent must know about microphone and camera now. */
  notices: readonly Notice[];
  local: MediaStream | null;
  remote: MediaStream | null;
  /** Whether a picture of the visitor comes in. */
  remoteVideo: boolean;
}

/** Problems with microphone, camera or connection. */
export type DeskTrouble =
  | `${"microphone" | "camera"}-${"denied" | "missing" | "busy" | "late"}`
  | "insecure"
  | "unsupported"
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
    notices: [],
    local: null,
    remote: null,
    remoteVideo: false,
  };
}

/** Returns a device's trouble under the name that the desk's texts have for it. */
export function deskTrouble(
  device: "microphone" | "camera",
  trouble: MediaTrouble,
): DeskTrouble {
  return trouble === "insecure" || trouble === "unsupported"
    ? trouble
    : `${device}-${trouble}`;
}
