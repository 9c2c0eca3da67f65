import { err, ok, type Result } from "@/lib/base/result.ts";
import { MEDIA_LIMITS } from "./limits.ts";
import type { LocalMediaDeps } from "./ports.ts";
import { type MediaTrouble, troubleOf } from "./trouble.ts";
import { within } from "./within.ts";

type Asked = Promise<Result<MediaStream, MediaTrouble>>;

/** Requests to the browser for devices and the screen, each with a time limit. */
export class MediaRequests {
  readonly #deps: Pick<LocalMediaDeps, "clock" | "devices" | "askMs">;
  readonly #changed: () => void;
  #slow = 0;

  constructor(
    deps: Pick<LocalMediaDeps, "clock" | "devices" | "askMs">,
    changed: () => void,
  ) {
    this.#deps = deps;
    this.#changed = changed;
  }

  /** True if a request has been waiting so long that the person should be
   * reminded. */
  get isSlow(): boolean {
    return this.#slow > 0;
  }

  devices(constraints: MediaStreamConstraints): Asked {
    const { devices, askMs } = this.#deps;
    if (devices === undefined) return Promise.resolve(err("insecure"));
    return this.#ask(() => devices.getUserMedia(constraints), askMs);
  }

  screen(): Asked {
    const { devices } = this.#deps;
    return this.#ask(
      () =>
        devices?.getDisplayMedia?.() ??
          Promise.reject(new DOMException("", "NotFoundError")),
      MEDIA_LIMITS.screenMs,
    );
  }

  /** Lists the devices; empty if the browser does not list them in time. */
  async list(): Promise<MediaDeviceInfo[]> {
    const { devices, clock } = this.#deps;
    const listed = devices?.enumerateDevices() ?? Promise.resolve([]);
    const ms = MEDIA_LIMITS.deviceMs;
    return await within(listed, { clock, ms }).catch(() => []);
  }

  async #ask(request: () => Promise<MediaStream>, ms: number): Asked {
    const { clock } = this.#deps;
    let isSlow = false;
    const reminder = clock.after(MEDIA_LIMITS.remindMs, () => {
      isSlow = true;
      this.#slow++;
      this.#changed();
    });
    try {
      return ok(await within(request(), { clock, ms, late: stopAll }));
    } catch (error) {
      return err(troubleOf(error));
    } finally {
      reminder[Symbol.dispose]();
      if (isSlow) {
        this.#slow--;
        this.#changed();
      }
    }
  }
}

/** Stops tracks that are no longer needed. */
function stopAll(stream: MediaStream): void {
  for (const track of stream.getTracks()) track.stop();
}
