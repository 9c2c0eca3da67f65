import { deepEqual } from "node:assert/strict";
import type { Page } from "playwright-core";
import { agentOf } from "@/tests/support/admin_client.ts";
import { countSockets, openedSockets } from "@/tests/support/count_sockets.ts";
import { openProduct, type Product, signIn } from "@/tests/support/product.ts";
import { received, sounds, watchPeers } from "@/tests/support/media.ts";
import { startProxy } from "@/tests/support/proxy.ts";
import { enter, press, seen } from "@/tests/support/seen.ts";

// deploy/Caddyfile with Debian's Caddy, which closes the sockets on both of its
// sides with 1001 when it is reloaded.

const RELOADS = 3;

Deno.test("reloading Caddy ends no call and no chat, and changes no presence", async () => {
  await using product = await openProduct(
    ["--trusted-proxies=127.0.0.1"],
    "plain",
    ["--ignore-certificate-errors"], // Nobody has signed the proxy's.
  );
  await using proxy = await startProxy("caddy", product.service.url);
  const widget = await product.admin.addWidget("cardset", (content) => {
    content.agents = [agentOf("ada", "Ada Lovelace")];
  });
  const desk = await openDesk(product, proxy.url);
  using onlooker = await Onlooker.open(product.service.url, widget.uuid);
  const page = await openVisitor(product, proxy.url, widget.uuid);

  await press(page.getByRole("button", { name: "Chat with Ada Lovelace" }));
  await say(page, "visitor first");
  await press(desk.getByRole("button", { name: "Join chat" }).first());
  const panel = page.getByRole("dialog");
  await press(panel.getByRole("button", { name: "Call Ada Lovelace" }));
  const ring = desk.getByRole("region", { name: /is calling/ });
  await press(ring.getByRole("button", { name: "Answer" }));
  await received(page, "audio");
  await received(desk, "audio");
  await press(panel.getByRole("button", { name: /^Chat(,|$)/ }));
  await press(desk.locator(".desk-item", { hasText: "visitor first" }));
  for (let count = 1; count <= RELOADS; count++) {
    await say(page, `visitor before ${count}`);
    await say(desk, `agent before ${count}`);
    await proxy.reload();
    await say(page, `visitor after ${count}`);
    await say(desk, `agent after ${count}`);
    await arrived(page, `agent after ${count}`);
    await arrived(desk, `visitor after ${count}`);
    await sounds(page);
    await sounds(desk);
  }
  const socketsOfVisitor = await openedSockets(page);
  const socketsOfDesk = await openedSockets(desk);
  await press(panel.getByRole("button", { name: "Hang up" }));
  await onlooker.until((all) => all.at(-1) === "online" && all.length > 1);

  const expected = (who: string) =>
    Array.from({ length: RELOADS }, (_, n) => [
      `${who} before ${n + 1}`,
      `${who} after ${n + 1}`,
    ]).flat();
  const lines = {
    visitor: page.locator("contact-widget [role=log] .said p"),
    agent: desk.locator("[role=log] .desk-bubble"),
  };
  for (const shown of [lines.visitor, lines.agent]) {
    const texts = await shown.allTextContents();
    const by = (who: string) => texts.filter((text) => text.startsWith(who));
    deepEqual(by("visitor"), ["visitor first", ...expected("visitor")]);
    deepEqual(by("agent"), expected("agent"));
  }
  deepEqual(onlooker.presences, ["online", "busy", "online"]);
  // Each reload has really cut both.
  deepEqual([socketsOfVisitor, socketsOfDesk], [1 + RELOADS, 1 + RELOADS]);
});

async function openDesk(product: Product, url: string): Promise<Page> {
  await product.admin.addPerson("ada", "Ada Lovelace");
  const { page, context } = await product.browser.open({
    permissions: ["camera", "microphone", "notifications"],
  });
  await watchPeers(context);
  await countSockets(page);
  await signIn(page, url, "ada");
  await page.goto(`${url}/desk`);
  await seen(page.getByRole("radio", { name: "Online" }));
  return page;
}

async function openVisitor(
  product: Product,
  url: string,
  uuid: string,
): Promise<Page> {
  const { page, context } = await product.browser.open({
    permissions: ["camera", "microphone"],
  });
  await watchPeers(context);
  await countSockets(page);
  const site = product.websiteOf(
    `<contact-widget uuid="${uuid}"></contact-widget>
     <script type="module" src="${url}/widget.js" async></script>`,
  );
  await page.goto(site.origin);
  return page;
}

async function say(page: Page, text: string): Promise<void> {
  const field = page.getByRole("textbox", { name: "Message" });
  await enter(field, text);
  await field.press("Enter");
}

async function arrived(page: Page, text: string): Promise<void> {
  await seen(page.getByRole("log").getByText(text, { exact: true }));
}

/** A visitor's page that does not come through the proxy, and only looks. */
class Onlooker implements Disposable {
  readonly #socket: WebSocket;
  readonly presences: string[] = [];
  readonly #looks = new Set<() => void>();

  private constructor(socket: WebSocket) {
    this.#socket = socket;
  }

  static async open(url: string, uuid: string): Promise<Onlooker> {
    const address = `${url.replace("http", "ws")}/widgets/service`;
    const socket = new WebSocket(address);
    const onlooker = new Onlooker(socket);
    socket.onopen = () => socket.send(JSON.stringify({ mt: "Start", uuid }));
    socket.onmessage = ({ data }) => {
      const { mt, presence } = JSON.parse(String(data));
      if (mt !== "Info") return;
      onlooker.presences.push(presence);
      for (const look of onlooker.#looks) look();
    };
    await onlooker.until(({ length }) => length === 1);
    return onlooker;
  }

  /** Resolves when the received presences match. */
  until(are: (presences: string[]) => boolean): Promise<void> {
    return new Promise((done) => {
      const look = () => {
        if (!are(this.presences)) return;
        this.#looks.delete(look);
        done();
      };
      this.#looks.add(look);
      look();
    });
  }

  [Symbol.dispose](): void {
    this.#socket.close();
  }
}
