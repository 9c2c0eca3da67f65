import type { Chosen } from "@/lib/media/constraints.ts";
import type { Devices } from "@/lib/media/ports.ts";
import { callTrouble, type MediaTrouble } from "@/lib/media/trouble.ts";
import { keepAwake } from "@/lib/media/wake_lock.ts";

/** Visitors may have to read the browser's question, or to look for it. */
export const ASK_MS = 60_000;

/** The browser APIs that a call uses. */
export interface CallDeps {
  devices: Devices | undefined;
  callTrouble(): MediaTrouble | undefined;
  keepAwake(): () => void;
  newStream(): MediaStream;
  newAudio(): HTMLAudioElement;
  openPeer(config: RTCConfiguration): RTCPeerConnection;
}

export function browserDeps(): CallDeps {
  return {
    devices: navigator.mediaDevices,
    callTrouble,
    keepAwake: () => keepAwake(),
    newStream: () => new MediaStream(),
    newAudio: () => new Audio(),
    openPeer: (config) => new RTCPeerConnection(config),
  };
}

/** A choice also applies to later calls, until the visitor leaves the page. */
export const chosen: Chosen & { speaker: string } = {
  microphone: "",
  camera: "",
  speaker: "",
};
