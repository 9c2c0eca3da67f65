import { type Signal, signal } from "@preact/signals";

/** The event of Chromium, which other browsers don't have. */
interface InstallEvent extends Event {
  prompt(): Promise<unknown>;
}

/** Offers to install the desk as an app, if the browser can. */
export class Installer {
  readonly canInstall: Signal<boolean> = signal(false);
  #event: InstallEvent | undefined;

  /** Listens to the browser; returns a function that ends it. */
  start(page: EventTarget): () => void {
    const end = new AbortController();
    const { signal } = end;
    page.addEventListener("beforeinstallprompt", (event) => {
      if (!isInstallEvent(event)) return;
      event.preventDefault(); // The desk has its own button.
      this.#event = event;
      this.canInstall.value = true;
    }, { signal });
    page.addEventListener("appinstalled", () => this.#forget(), { signal });
    return () => end.abort();
  }

  /** Lets the browser ask. It asks once for each of its events. */
  async install(): Promise<void> {
    const event = this.#event;
    this.#forget();
    await event?.prompt();
  }

  #forget(): void {
    this.#event = undefined;
    this.canInstall.value = false;
  }
}

function isInstallEvent(event: Event): event is InstallEvent {
  return "prompt" in event && typeof event.prompt === "function";
}
