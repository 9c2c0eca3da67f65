import type { Translate } from "../translate.ts";
import type { CallRun } from "./call_run.ts";

/** The keys or the choice of devices, below the call. */
export class Sheet {
  shown: "none" | "keypad" | "devices" = "none";
  readonly #run: CallRun;
  readonly #changed: () => void;
  #hush = () => {};

  constructor(run: CallRun, changed: () => void) {
    this.#run = run;
    this.#changed = changed;
  }

  toggle(sheet: "keypad" | "devices"): void {
    this.shown = this.shown === sheet ? "none" : sheet;
    this.#changed();
  }

  /** Shows the choice of devices in an element; null: no more. */
  async devices(place: Element | null, text: Translate): Promise<void> {
    this.#hush();
    this.#hush = () => {};
    if (place === null) return;
    try {
      const { showDevices } = await import("./device_sheet.ts");
      if (place.isConnected) this.#hush = showDevices(place, this.#run, text);
    } catch { // The network is away: the call goes on as it is.
      this.toggle("devices");
    }
  }

  close(): void {
    this.#hush();
    this.shown = "none";
  }
}
