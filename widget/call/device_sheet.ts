import type { WidgetTexts } from "@/lib/i18n/widget/texts.ts";
import type { Translate } from "../translate.ts";
import type { CallRun } from "./call_run.ts";
import { showLevel } from "./level.ts";

const KINDS: readonly [MediaDeviceKind, keyof WidgetTexts][] = [
  ["audioinput", "microphone"],
  ["videoinput", "camera"],
  ["audiooutput", "speaker"],
];

/**
 * Shows in `place` which devices the call uses, for another choice, and whether
 * the microphone hears something. Loads when it is opened, and shares nothing
 * with other chunks. Returns what ends it.
 */
export function showDevices(
  place: Element,
  run: CallRun,
  text: Translate,
): () => void {
  let hush = () => {};
  const meter = document.createElement("meter");
  const listen = () => {
    hush();
    const track = place.isConnected && run.own.audio;
    hush = track ? showLevel(track, meter) : () => {};
  };
  navigator.mediaDevices.enumerateDevices().then((devices) => {
    for (const [kind, name] of KINDS) {
      const some = devices.filter((device) => device.kind === kind);
      if (some.length === 0) continue;
      const select = choice(some, text(name), usedDevice(run, kind));
      select.onchange = () => choose(run, kind, select.value).then(listen);
      place.append(labelled(text(name), select));
    }
    place.append(labelled(text("level"), meter));
    listen();
  }, () => {}); // The browser shows none.
  return () => hush();
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

/** The id of the device that is in use. */
function usedDevice({ own, audio }: CallRun, kind: MediaDeviceKind): string {
  if (kind === "audiooutput") return audio.sinkId || "default";
  const [track, chosen] = kind === "audioinput"
    ? [own.audio, own.chosen.microphone]
    : [own.video, own.chosen.camera];
  return track?.getSettings().deviceId ?? chosen;
}

async function choose(
  run: CallRun,
  kind: MediaDeviceKind,
  id: string,
): Promise<void> {
  const { own } = run;
  if (kind === "audiooutput") {
    own.chosen.speaker = id;
    await run.audio.setSinkId(id).catch(() => {}); // The old one goes on.
  } else if (!run.running) {
    own.chosen[kind === "audioinput" ? "microphone" : "camera"] = id;
  } else if (kind === "audioinput") {
    if (await own.openMicrophone(id)) await run.send("audio", own.audio);
  } else if (own.video && !own.sharing) {
    if (await own.openCamera(id)) await run.send("video", own.video);
  } else own.chosen.camera = id;
}
