import type { WidgetTexts } from "@/lib/i18n/widget/texts.ts";
import type { LocalMedia } from "@/lib/media/local_media.ts";
import type { Translate } from "../translate.ts";
import { showLevel } from "./level.ts";
import type { Speaker } from "./speaker.ts";

/** A call with devices. */
export interface DeviceUser {
  readonly own: LocalMedia;
  readonly speaker: Speaker;
  readonly running: boolean;
}

const KINDS: readonly [MediaDeviceKind, keyof WidgetTexts][] = [
  ["audioinput", "microphone"],
  ["videoinput", "camera"],
  ["audiooutput", "speaker"],
];

/**
 * Shows in `place` which devices the call uses, lets the visitor choose others,
 * and shows the level of the microphone. Follows devices that are plugged in
 * and out. Loads when it is opened, and shares nothing with other chunks.
 * Returns the function that ends it.
 */
export function showDevices(
  place: Element,
  run: DeviceUser,
  text: Translate,
): () => void {
  const life = new AbortController();
  const meter = document.createElement("meter");
  const level = labelled(text("level"), meter);
  const hush = showLevel(() => run.own.audio, meter);
  const refresh = async () => {
    const devices = await run.own.list();
    if (life.signal.aborted) return;
    const choices = KINDS.flatMap(([kind, name]) => {
      const some = devices.filter((device) => device.kind === kind);
      if (some.length === 0) return [];
      const select = choice(some, text(name), usedDevice(run, kind));
      select.onchange = () => choose(run, kind, select.value);
      return labelled(text(name), select);
    });
    if (choices.length === 0) place.replaceChildren(text("noDevices"));
    else place.replaceChildren(...choices, level);
  };
  const { mediaDevices } = navigator;
  mediaDevices?.addEventListener("devicechange", refresh, life);
  refresh();
  return () => {
    life.abort();
    hush();
  };
}

function choice(devices: MediaDeviceInfo[], name: string, used: string) {
  const select = document.createElement("select");
  select.className = "field";
  devices.forEach(({ deviceId, label }, i) => {
    const isUsed = deviceId === used;
    select.append(
      new Option(label || `${name} ${i + 1}`, deviceId, false, isUsed),
    );
  });
  return select;
}

function labelled(name: string, control: Element): HTMLLabelElement {
  const label = document.createElement("label");
  label.append(name, control);
  return label;
}

/** Returns the id of the device in use. */
function usedDevice(
  { own, speaker }: DeviceUser,
  kind: MediaDeviceKind,
): string {
  if (kind === "audiooutput") return speaker.id;
  const [track, chosen] = kind === "audioinput"
    ? [own.audio, own.chosen.microphone]
    : [own.video, own.chosen.camera];
  return track?.getSettings().deviceId ?? chosen;
}

/** Switches to another device, immediately or when it is needed. */
function choose(run: DeviceUser, kind: MediaDeviceKind, id: string): void {
  const { own } = run;
  if (kind === "audiooutput") run.speaker.choose(id);
  else if (kind === "audioinput") {
    own.chosen.microphone = id;
    if (run.running) own.openMicrophone();
  } else {
    own.chosen.camera = id;
    if (run.running && own.video && !own.sharing) own.openCamera();
  }
}
