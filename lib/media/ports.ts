import type { Clock } from "@/lib/base/clock.ts";
import type { MediaTrouble } from "./trouble.ts";

export type MediaKind = "audio" | "video";

/** Notices about the devices for a person in a call. */
export type Notice =
  /** The browser is still waiting for the user's answer. */
  | "asking"
  /** Another program, a switch or the system has muted the microphone. */
  | "microphoneSilent"
  | "microphoneLost"
  | "cameraSilent"
  | "cameraLost"
  /** Another device has replaced a lost one. */
  | "deviceReplaced";

export type Devices =
  & Pick<
    MediaDevices,
    | "getUserMedia"
    | "enumerateDevices"
    | "addEventListener"
    | "removeEventListener"
  >
  & Partial<Pick<MediaDevices, "getDisplayMedia">>;

export interface LocalMediaDeps {
  clock: Clock;
  /** Undefined on insecure pages. */
  devices: Devices | undefined;
  /** Why this browser cannot make calls on this page, if it cannot. */
  callTrouble(): MediaTrouble | undefined;
  newStream(): MediaStream;
  /** Time for which the browser may ask for a microphone or a camera, in ms. */
  askMs: number;
}

export interface LocalMediaOwner {
  /** Called when a displayed value has changed. */
  changed(): void;
  /** Send this track, or none, from now on. Not called by `open`. */
  send(kind: MediaKind, track: MediaStreamTrack | undefined): void;
}
