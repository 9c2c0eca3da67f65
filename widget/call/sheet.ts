import type { Translate } from "../translate.ts";
import type { DeviceUser } from "./device_sheet.ts";

/** The keypad or the device list below the call. */
export class Sheet {
  shown: "none" | "keypad" | "devices" = "none";
  readonly #run: DeviceUser;
  readonly #changed: () => void;
  #hush = () => {};

  constructor(run: DeviceUser, changed: () => void) {
    this.#run = run;
    this.#changed = changed;
  }

  toggle(sheet: "keypad" | "devices"): void {
    this.shown = this.shown === sheet ? "none" : sheet;
    this.#changed();
  }

  /** Shows the device list in an element; null closes it. */
  async devices(place: Element | null, text: Translate): Promise<void> {
    this.#hush();
    this.#hush = () => {};
    if (place === null) return;
    try {
      const { showDevices } = await import("./device_sheet.ts");
      if (place.isConnected) this.#hush = showDevices(place, this.#run, text);
    } catch { // There is no network; the call continues unchanged.
      this.toggle("devices");
    }
  }

  close(): void {
    this.#hush();
    this.shown = "none";
  }
}
