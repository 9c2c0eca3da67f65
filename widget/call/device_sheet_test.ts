import { deepEqual, equal } from "node:assert/strict";
import { chance } from "@/tests/support/chance.ts";
import { FakeClock } from "@/tests/support/fake_clock.ts";
import {
  FakeBrowser,
  installBrowser,
} from "@/tests/support/model/fake_browser.ts";
import {
  replaceGlobals,
  replaceMember,
} from "@/tests/support/replace_globals.ts";
import { type DeviceUser, showDevices } from "./device_sheet.ts";

/** As much of an element as the sheet uses. */
class Part {
  readonly name: string;
  children: unknown[] = [];
  value = "";
  className = "";
  onchange = () => {};

  constructor(name: string) {
    this.name = name;
  }

  append(...children: unknown[]): void {
    this.children.push(...children);
  }

  replaceChildren(...children: unknown[]): void {
    this.children = children;
  }
}

class Choice {
  constructor(
    readonly text: string,
    readonly value: string,
    _byDefault: boolean,
    readonly selected: boolean,
  ) {}
}

interface Device {
  kind: MediaDeviceKind;
  deviceId: string;
  label?: string;
}

const ALL: Device[] = [
  { kind: "audioinput", deviceId: "mic-1", label: "Headset" },
  { kind: "audioinput", deviceId: "mic-2" },
  { kind: "videoinput", deviceId: "cam-1" },
  { kind: "audiooutput", deviceId: "default", label: "Loudspeaker" },
  { kind: "audiooutput", deviceId: "ear-1", label: "Earpiece" },
];

/** A call that notes which devices it is asked for. */
function deviceUser(
  devices: Device[],
  { running = true, camera = false, sharing = false },
) {
  const did: string[] = [];
  const chosen = { microphone: "mic-2", camera: "" };
  const video = { getSettings: () => ({ deviceId: "cam-1" }) };
  const user = {
    running,
    speaker: { id: "ear-1", choose: (id: string) => did.push(`speaker ${id}`) },
    own: {
      chosen,
      sharing,
      audio: undefined,
      video: camera ? video : undefined,
      list: () => Promise.resolve(devices),
      openMicrophone: () => did.push(`microphone ${chosen.microphone}`),
      openCamera: () => did.push(`camera ${chosen.camera}`),
    },
  };
  return { did, chosen, user: user as unknown as DeviceUser };
}

/** A device list on the screen. */
async function shownSheet(
  devices: Device[],
  how: Parameters<typeof deviceUser>[1] = {},
) {
  const stack = new DisposableStack();
  const clock = new FakeClock();
  const browser = new FakeBrowser(clock, chance(1), new Map());
  Object.assign(browser.document, {
    createElement: (name: string) => new Part(name),
  });
  stack.use(installBrowser(() => browser));
  stack.use(replaceGlobals({ Option: Choice }));
  const plugs = new EventTarget();
  stack.defer(replaceMember(navigator, "mediaDevices", plugs));
  const { did, chosen, user } = deviceUser(devices, how);
  const place = new Part("div");
  const text = (key: string | number) => `<${key}>`;
  const close = showDevices(place as unknown as Element, user, text);
  stack.defer(close);
  await settled();
  const parts = () => place.children as Part[];
  return {
    place,
    did,
    chosen,
    clock,
    close,
    /** One row per label: its text, then its choices; `*` marks the used one. */
    rows: () => parts().map(rowOf),
    select(row: number, value: string) {
      const control = parts()[row]?.children[1] as Part;
      Object.assign(control, { value }).onchange();
    },
    async plug(device: Device) {
      devices.push(device);
      plugs.dispatchEvent(new Event("devicechange"));
      await settled();
    },
    [Symbol.dispose]: () => stack.dispose(),
  };
}

function rowOf({ children: [name, control] }: Part) {
  const choices = (control as Part).children as Choice[];
  const texts = choices.map(({ text, selected }) =>
    selected ? `*${text}` : text
  );
  return [name, ...texts];
}

/** Waits until the list of devices is known. */
async function settled(): Promise<void> {
  for (let n = 0; n < 5; n++) await Promise.resolve();
}

Deno.test("the device list shows each kind of device, marks the used ones and numbers those without a name", async () => {
  using sheet = await shownSheet([...ALL]);

  deepEqual(sheet.rows(), [
    ["<microphone>", "Headset", "*<microphone> 2"],
    ["<camera>", "<camera> 1"],
    ["<speaker>", "Loudspeaker", "*Earpiece"],
    ["<level>"],
  ]);
});

Deno.test("without devices the list says so", async () => {
  using sheet = await shownSheet([]);

  deepEqual(sheet.place.children, ["<noDevices>"]);
});

Deno.test("a device that is plugged in appears, until the list is closed", async () => {
  using sheet = await shownSheet([{ kind: "audioinput", deviceId: "mic-1" }]);

  await sheet.plug({ kind: "videoinput", deviceId: "cam-1" });
  const plugged = sheet.rows().map(([name]) => name);
  sheet.close();
  await sheet.plug({ kind: "audiooutput", deviceId: "ear-1" });

  deepEqual(plugged, ["<microphone>", "<camera>", "<level>"]);
  equal(sheet.place.children.length, 3);
  equal(sheet.clock.pending, 0);
});

Deno.test("another microphone, camera or speaker is used immediately", async () => {
  using sheet = await shownSheet([...ALL], { camera: true });

  sheet.select(0, "mic-1");
  sheet.select(1, "cam-1");
  sheet.select(2, "default");

  deepEqual(sheet.did, ["microphone mic-1", "camera cam-1", "speaker default"]);
});

Deno.test("a chosen camera isn't turned on while it is off or the screen is shared", async () => {
  using off = await shownSheet([...ALL]);
  off.select(1, "cam-1");
  using shared = await shownSheet([...ALL], { camera: true, sharing: true });
  shared.select(1, "cam-1");

  deepEqual([off.did, shared.did], [[], []]);
  deepEqual([off.chosen.camera, shared.chosen.camera], ["cam-1", "cam-1"]);
});

Deno.test("devices chosen after a call wait for the next one", async () => {
  using sheet = await shownSheet([...ALL], { running: false, camera: true });

  sheet.select(0, "mic-1");
  sheet.select(1, "cam-1");

  deepEqual(sheet.did, []);
  deepEqual(sheet.chosen, { microphone: "mic-1", camera: "cam-1" });
});
