import { deepEqual, equal } from "node:assert/strict";
import { Installer } from "./installer.ts";

/** The event of a browser that can install the desk. */
class PromptEvent extends Event {
  asked = 0;
  constructor() {
    super("beforeinstallprompt", { cancelable: true });
  }
  prompt(): Promise<void> {
    this.asked++;
    return Promise.resolve();
  }
}

Deno.test("Installer offers the installation while the browser allows it, and asks once", async () => {
  const page = new EventTarget();
  const installer = new Installer();
  const end = installer.start(page);
  const event = new PromptEvent();

  const before = installer.canInstall.value;
  page.dispatchEvent(event);
  const offered = installer.canInstall.value;
  await installer.install();
  await installer.install();

  deepEqual([before, offered, installer.canInstall.value], [
    false,
    true,
    false,
  ]);
  equal(event.asked, 1);
  equal(event.defaultPrevented, true);
  end();
});

Deno.test("Installer stops offering when the desk was installed, or nobody listens any more", () => {
  const page = new EventTarget();
  const installer = new Installer();
  const end = installer.start(page);

  page.dispatchEvent(new PromptEvent());
  page.dispatchEvent(new Event("appinstalled"));
  const installed = installer.canInstall.value;
  page.dispatchEvent(new Event("beforeinstallprompt"));
  const strange = installer.canInstall.value;
  end();
  page.dispatchEvent(new PromptEvent());

  deepEqual([installed, strange, installer.canInstall.value], [
    ...[false, false, false],
  ]);
});
