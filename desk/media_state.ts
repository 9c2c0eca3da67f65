import type { Notice } from "@/lib/media/ports.ts";
import type { MediaTrouble } from "@/lib/media/trouble.ts";

/** The visible media state of this page's call. */
export interface MediaState {
  call: string;
  /**
   * asking (for the microphone) -> connecting -> connected <-> reconnecting;
   * each may go to over.
   */
  phase: "asking" | "connecting" | "connected" | "reconnecting" | "over";
  /** True if the visitor offered video, so the camera can be used. */
  canSendVideo: boolean;
  camera: "off" | "starting" | "on";
  muted: boolean;
  held: boolean;
  trouble: DeskTrouble | null;
  /** Notices about microphone and camera. */
  notices: readonly Notice[];
  local: MediaStream | null;
  remote: MediaStream | null;
  /** True if a video of the visitor is received. */
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

/** Returns the desk's text key for a problem of a device. */
export function deskTrouble(
  device: "microphone" | "camera",
  trouble: MediaTrouble,
): DeskTrouble {
  return trouble === "insecure" || trouble === "unsupported"
    ? trouble
    : `${device}-${trouble}`;
}
