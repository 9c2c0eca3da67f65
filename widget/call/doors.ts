import type { Chosen } from "@/lib/media/constraints.ts";
import type { Devices } from "@/lib/media/ports.ts";
import { callTrouble, type MediaTrouble } from "@/lib/media/trouble.ts";
import { keepAwake } from "@/lib/media/wake_lock.ts";

/** A visitor may have to read, or to look for, the browser's question. */
export const ASK_MS = 60_000;

/** The parts of a browser that a call uses. */
export interface CallDoors {
  devices: Devices | undefined;
  callTrouble(): MediaTrouble | undefined;
  keepAwake(): () => void;
  newStream(): MediaStream;
  newAudio(): HTMLAudioElement;
  openPeer(config: RTCConfiguration): RTCPeerConnection;
}

export function browserDoors(): CallDoors {
  return {
    devices: navigator.mediaDevices,
    callTrouble,
    keepAwake: () => keepAwake(),
    newStream: () => new MediaStream(),
    newAudio: () => new Audio(),
    openPeer: (config) => new RTCPeerConnection(config),
  };
}

/** A choice is valid for later calls as well, until the page is left. */
export const chosen: Chosen & { speaker: string } = {
  microphone: "",
  camera: "",
  speaker: "",
};
